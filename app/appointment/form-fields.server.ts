import { z } from 'zod';
import { emailOf } from '~/model/contact-address';

type Fields = Pick<FormData, 'getAll'> | Pick<URLSearchParams, 'getAll'>;

/** An address for mail, as mail servers take it; "" for none. */
export const optionalEmail = z.string().transform((text, context) => {
  const email = text === '' ? '' : emailOf(text);
  if (email !== null) return email;
  context.addIssue('is no e-mail address');
  return z.NEVER;
});

/** The ticked ISO weekdays, ascending. */
export function weekdaysIn(fields: Fields): number[] {
  const ticked = fields.getAll('day').map(Number);
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => ticked.includes(day));
}

/** The keys of the ticked desks, unverified. */
export const desksIn = (fields: Fields): string[] => fields.getAll('desk').map(String).slice(0, 50);
