import { Temporal } from 'temporal-polyfill';
import type { Visitor } from '~/model/appointment';
import type { FoundBooking } from '../planner-port';
import type { Appointment } from './schema.server';

/** The only status of a booked visit seen in the field. */
const BOOKED = 20;

/** The instant of a stamp with "Z", "+00:00" or "+0000", as ISO; null for anything else. */
export function instantOfStamp(stamp: string): string | null {
  try {
    return Temporal.Instant.from(stamp.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')).toString();
  } catch {
    return null;
  }
}

/** Booked once confirmed with at least one person; before that only reserved. `nowMs`: epoch milliseconds. */
export function stateOf({ status, customers, end, start }: Appointment, nowMs: number): FoundBooking['state'] {
  if ((status !== null && status !== BOOKED) || customers.rows.length === 0) return 'held';
  const ended = instantOfStamp(end ?? start);
  return ended !== null && Date.parse(ended) < nowMs ? 'past' : 'booked';
}

/** The people of a visit. Our booking reference goes with the first one, so that a lost booking can be found by it. */
export function customersOf(visitors: readonly Visitor[], email: string, phone: string, reference: string) {
  return visitors.map(({ givenName, familyName, vNumber }, index) => ({
    firstName: givenName,
    lastName: familyName,
    email,
    phone,
    ...(vNumber ? { identificationNumber: vNumber } : {}),
    ...(index === 0 ? { externalId: reference } : {}),
  }));
}
