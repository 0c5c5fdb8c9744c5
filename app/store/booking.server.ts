import { randomUUID } from 'node:crypto';
import { and, asc, eq, type InferSelectModel, inArray, lte, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { type BookingState, booking, isUuid } from './schema.server';
import { db } from './store.server';

/** A counter visit that was asked of the planner, from before the question until long after its answer. */
export type Booking = Readonly<InferSelectModel<typeof booking>>;

export type NewBooking = Omit<Booking, 'id' | 'state' | 'backendKey' | 'code' | 'sequence' | 'createdAt' | 'updatedAt'>;

export type BookingBegun =
  /** `again`: the same form was sent before; ask the planner nothing, show this one. */
  | { readonly ok: true; readonly booking: Booking; readonly again: boolean }
  /** The case has an open booking for this product already. */
  | { readonly ok: false; readonly reason: 'open-booking'; readonly booking: Booking };

export type Settlement =
  | { readonly state: 'booked'; readonly backendKey: string; readonly code: string | null }
  | { readonly state: 'unknown' }
  | { readonly state: 'refused' };

const OPEN: readonly BookingState[] = ['confirming', 'booked', 'cancelling', 'unknown'];

/**
 * Writes down that a booking is about to be asked for (state `confirming`), before the planner is asked. At most one
 * open booking a case and product: of two that come at once the database lets one in.
 */
export async function beginBooking(wanted: NewBooking, now: Temporal.Instant): Promise<BookingBegun> {
  const row = { ...wanted, id: randomUUID(), state: 'confirming' as const, createdAt: now, updatedAt: now };
  const [begun] = await db().insert(booking).values(row).onConflictDoNothing().returning();
  if (begun) return { ok: true, booking: begun, again: false };

  const [same] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.owner, wanted.owner), eq(booking.idempotencyKey, wanted.idempotencyKey)));
  if (same) return { ok: true, booking: same, again: true };

  const open = await openBooking(wanted.caseId, wanted.product);
  if (open) return { ok: false, reason: 'open-booking', booking: open };
  // The one in the way was closed between the two questions; a key of another owner's would repeat for ever, so once.
  const [second] = await db().insert(booking).values(row).onConflictDoNothing().returning();
  if (second) return { ok: true, booking: second, again: false };
  throw new Error('The booking was in conflict with one that is not there');
}

/** Takes back a booking of which the planner made nothing: the same form may be sent again. */
export async function forgetBooking(id: string): Promise<void> {
  await db()
    .delete(booking)
    .where(and(eq(booking.id, id), eq(booking.state, 'confirming')));
}

/** Writes down the planner's answer to a booking that waited for one; null when it did not (any more). */
export async function settleBooking(
  id: string,
  settlement: Settlement,
  now: Temporal.Instant,
): Promise<Booking | null> {
  return change(id, ['confirming', 'unknown'], { ...settlement, updatedAt: now });
}

/** Writes down that the owner's booking is about to be cancelled at the planner; null when it can't be (any more). */
export async function beginCancel(owner: string, id: string, now: Temporal.Instant): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(booking)
    .set({ state: 'cancelling', sequence: sql`${booking.sequence} + 1`, updatedAt: now })
    .where(and(eq(booking.owner, owner), eq(booking.id, id), eq(booking.state, 'booked')))
    .returning();
  return row ?? null;
}

/** The planner's answer to a cancellation: `cancelled`, or `booked` when it refused. Without an answer it stays `cancelling`. */
export async function settleCancel(
  id: string,
  state: 'cancelled' | 'booked',
  now: Temporal.Instant,
): Promise<Booking | null> {
  return change(id, ['cancelling'], { state, updatedAt: now });
}

/** All of an owner's bookings, the earliest visit first. */
export async function bookingsOf(owner: string): Promise<Booking[]> {
  return db().select().from(booking).where(eq(booking.owner, owner)).orderBy(asc(booking.startsAt), asc(booking.id));
}

/** The owner's booking with this id; null when it is nobody's or somebody else's. */
export async function readBooking(owner: string, id: string): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.owner, owner), eq(booking.id, id)));
  return row ?? null;
}

/** The one open booking of a case for a product. */
export async function openBooking(caseId: string, product: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.caseId, caseId), eq(booking.product, product), inArray(booking.state, [...OPEN])));
  return row ?? null;
}

/** Bookings whose answer from the planner is still to come, last touched at or before `before`: to be asked again. */
export async function unsettledBookings(before: Temporal.Instant): Promise<Booking[]> {
  return db()
    .select()
    .from(booking)
    .where(and(inArray(booking.state, ['confirming', 'cancelling', 'unknown']), lte(booking.updatedAt, before)))
    .orderBy(asc(booking.updatedAt));
}

async function change(id: string, from: BookingState[], to: Partial<Booking>): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(booking)
    .set(to)
    .where(and(eq(booking.id, id), inArray(booking.state, from)))
    .returning();
  return row ?? null;
}

/** The booking that a hold became, or tried to become: its id is the booking's idempotency key. */
export async function bookingOfHold(owner: string, holdId: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.owner, owner), eq(booking.idempotencyKey, holdId)));
  return row ?? null;
}
