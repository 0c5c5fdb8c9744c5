import { z } from 'zod';

type Fields = Pick<FormData, 'getAll'> | Pick<URLSearchParams, 'getAll'>;

/** An address for mail; "" for none. */
export const optionalEmail = z.union([z.literal(''), z.email().max(254)]);

/** The ticked ISO weekdays, ascending. */
export function weekdaysIn(fields: Fields): number[] {
  const ticked = fields.getAll('day').map(Number);
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => ticked.includes(day));
}

/** The keys of the ticked desks, unverified. */
export const desksIn = (fields: Fields): string[] => fields.getAll('desk').map(String).slice(0, 50);
