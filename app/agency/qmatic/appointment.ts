import { Temporal } from 'temporal-polyfill';
import type { Visitor } from '~/model/appointment';
import type { FoundBooking } from '../planner-port';
import type { Appointment } from './schema.server';

/** The statuses of a visit that is reserved and not confirmed, and of a booked one, as numbers and as words. */
const HELD = ['10', 'RESERVED'];
const BOOKED = ['20', 'CREATED', 'BOOKED', 'CONFIRMED', 'RESCHEDULED'];
const CANCELLED = ['CANCELLED', 'CANCELED', 'DELETED', 'REMOVED'];
const PAST = ['ARRIVED', 'CALLED', 'SERVING', 'COMPLETED', 'NO_SHOW', 'NOSHOW', 'NEVER_ARRIVED'];

/** The instant of a stamp with "Z", "+00:00" or "+0000", as ISO; null for anything else. */
export function instantOfStamp(stamp: string): string | null {
  try {
    return Temporal.Instant.from(stamp.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')).toString();
  } catch {
    return null;
  }
}

/**
 * Booked once confirmed with at least one person; before that only reserved. Null for a status that is not known, which
 * proves neither.
 *
 * @param nowMs epoch milliseconds
 */
export function stateOf({ status, customers, end, start }: Appointment, nowMs: number): FoundBooking['state'] | null {
  const word = status?.toUpperCase().replace(/[\s-]+/g, '_') ?? null;
  if (word !== null && CANCELLED.includes(word)) return 'cancelled';
  if (word !== null && PAST.includes(word)) return 'past';
  if ((word !== null && HELD.includes(word)) || customers.rows.length === 0) return 'held';
  if (word !== null && !BOOKED.includes(word)) return null;
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
