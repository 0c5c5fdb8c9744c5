import { customType } from 'drizzle-orm/pg-core';
import { seal, unseal } from './seal.server';
import { lastingKeys } from './store.server';

/**
 * With what a planner opens a hold or a booking: plain in the code, sealed in its row, so that nobody can use it who
 * reads the database or a copy of it. "" where no key fits.
 */
export const sealedText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: sealText,
  fromDriver: unsealText,
});

const MARK = 'sealed:';
const CONTEXT = "planner's key";

export function sealText(plain: string): string {
  return plain === '' ? '' : MARK + seal(plain, CONTEXT, lastingKeys()).toString('base64');
}

/** What was written before anything was sealed is taken as it is. */
export function unsealText(text: string): string {
  if (!text.startsWith(MARK)) return text;
  return unseal(Buffer.from(text.slice(MARK.length), 'base64'), CONTEXT, lastingKeys()) ?? '';
}
