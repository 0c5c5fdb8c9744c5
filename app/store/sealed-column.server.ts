import { customType } from 'drizzle-orm/pg-core';
import { seal, unseal } from './seal.server';
import { lastingKeys } from './store.server';

/**
 * A column with the key that opens a hold or booking at the planner: plain in the code, sealed in the row, so that a
 * copy of the database opens nothing. "" when no key fits.
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

/** Values from before sealing was introduced are read as they are. */
export function unsealText(text: string): string {
  if (!text.startsWith(MARK)) return text;
  return unseal(Buffer.from(text.slice(MARK.length), 'base64'), CONTEXT, lastingKeys()) ?? '';
}
