import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, type InferSelectModel, inArray, isNull, lte, not, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Temporal } from 'temporal-polyfill';
import { type BookingState, retryDelaySeconds } from '~/model/move';
import { isUuid } from './columns.server';
import { booking } from './schema/appointment.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** A counter visit, from before the planner is asked for it until long after the visit. */
export type Booking = Readonly<InferSelectModel<typeof booking>>;

export type NewBooking = Omit<
  Booking,
  | 'id'
  | 'state'
  | 'backendKey'
  | 'code'
  | 'sequence'
  | 'createdAt'
  | 'updatedAt'
  | 'inMove'
  | 'calendarId'
  | 'attempts'
  | 'retryAt'
  | 'details'
  | 'askedAt'
  | 'checkedAt'
  | 'changed'
  | 'was'
>;

export type BookingBegun =
  /** `again`: the same form was sent before. Do not call the planner; show this booking. */
  | { readonly ok: true; readonly booking: Booking; readonly again: boolean }
  /** The person has an open booking for this product of the case already. */
  | { readonly ok: false; readonly reason: 'open-booking'; readonly booking: Booking };

export type Settlement =
  | { readonly state: 'booked' | 'awaiting-mail'; readonly backendKey: string | null; readonly code: string | null }
  | { readonly state: 'unknown' }
  | { readonly state: 'refused' };

const OPEN: readonly BookingState[] = ['confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown'];
/** States that still need a request to the planner. */
const UNSETTLED: readonly BookingState[] = ['confirming', 'awaiting-mail', 'cancelling', 'unknown'];

/**
 * Stores a booking in state `confirming` before the planner is asked for it. A person has at most one open booking for a
 * case's product: of two concurrent inserts the database accepts one.
 *
 * @param details what a retry after a crash needs; sealed until the booking is settled
 */
export async function beginBooking(
  wanted: NewBooking,
  now: Temporal.Instant,
  details: string | null = null,
): Promise<BookingBegun> {
  const row = newRow(wanted, now, details);
  const [begun] = await db().insert(booking).values(row).onConflictDoNothing().returning();
  if (begun) return { ok: true, booking: begun, again: false };

  const same = await bookingOfHold(wanted.owner, wanted.idempotencyKey);
  if (same) return { ok: true, booking: same, again: true };

  const open = await openBooking(wanted.caseId, wanted.product, wanted.owner);
  if (open) return { ok: false, reason: 'open-booking', booking: open };
  // The blocking booking was closed between the two queries: try once more. Not again, since another owner's key would
  // repeat for ever.
  const [second] = await db().insert(booking).values(row).onConflictDoNothing().returning();
  if (second) return { ok: true, booking: second, again: false };
  throw new Error('The booking was in conflict with one that is not there');
}

export function newRow(wanted: NewBooking, now: Temporal.Instant, details: string | null) {
  const id = randomUUID();
  return {
    ...wanted,
    id,
    calendarId: id,
    state: 'confirming' as const,
    details: details === null ? null : seal(details, id, rowKeys()),
    retryAt: now.add({ seconds: FIRST_LOOK_SECONDS }),
    createdAt: now,
    updatedAt: now,
  };
}

/** Longer than any request to a planner: until then the first caller is still waiting for its answer. */
const FIRST_LOOK_SECONDS = 20;

/** The sealed details of an unsettled booking; null when there are none. */
export const detailsOf = ({ id, details }: Booking): string | null =>
  details === null ? null : unseal(details, id, rowKeys());

/** Deletes a booking that the planner did not make, so that the same form may be sent again. */
export async function forgetBooking(id: string): Promise<void> {
  await db()
    .delete(booking)
    .where(and(eq(booking.id, id), eq(booking.state, 'confirming')));
}

/** Stores the planner's answer to a booking that waited for one; null when it no longer did. */
export async function settleBooking(
  id: string,
  settlement: Settlement,
  now: Temporal.Instant,
): Promise<Booking | null> {
  const settled = settlement.state !== 'unknown' && settlement.state !== 'awaiting-mail';
  // The rest of a move needs them for the same person.
  const done = { ...DONE, details: sql`case when ${booking.inMove} then ${booking.details} end` };
  const followed = settled ? done : { retryAt: now.add({ seconds: retryDelaySeconds(1) }) };
  return change(id, ['confirming', 'unknown', 'awaiting-mail'], { ...settlement, ...followed, updatedAt: now });
}

/** A settled booking needs no retry, so its details are deleted. */
const DONE = { attempts: 0, retryAt: null, details: null };

/**
 * Marks the owner's booking as being cancelled; null when it can't be cancelled any more.
 *
 * @param details what a retry after a crash needs; sealed until the planner has answered
 */
export async function beginCancel(
  owner: string,
  id: string,
  now: Temporal.Instant,
  details: string | null = null,
): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(booking)
    .set({
      state: 'cancelling',
      sequence: sql`${booking.sequence} + 1`,
      details: details === null ? null : seal(details, id, rowKeys()),
      attempts: 0,
      retryAt: now.add({ seconds: FIRST_LOOK_SECONDS }),
      updatedAt: now,
    })
    .where(and(eq(booking.owner, owner), eq(booking.id, id), eq(booking.state, 'booked')))
    .returning();
  return row ?? null;
}

/**
 * Stores the planner's answer to a cancellation: `cancelled`, or `booked` when it refused. Without an answer it stays
 * `cancelling`.
 */
export async function settleCancel(
  id: string,
  state: 'cancelled' | 'booked',
  now: Temporal.Instant,
): Promise<Booking | null> {
  return change(id, ['cancelling'], { state, ...DONE, updatedAt: now });
}

/** A case's open bookings, the earliest visit first. @param of only those that are for this person; null: for anybody */
export async function openBookingsIn(caseId: string, of: string | null): Promise<Booking[]> {
  return db()
    .select()
    .from(booking)
    .where(and(eq(booking.caseId, caseId), inArray(booking.state, [...OPEN]), of === null ? undefined : isFor(of)))
    .orderBy(asc(booking.startsAt), asc(booking.id));
}

const isFor = (person: string) => or(eq(booking.owner, person), sql`${person} = any(${booking.visitors})`);

/** The open bookings of several cases, the earliest visit first. A page must check whose they are. */
export async function openBookingsOf(caseIds: readonly string[]): Promise<Booking[]> {
  if (caseIds.length === 0) return [];
  return db()
    .select()
    .from(booking)
    .where(and(inArray(booking.caseId, [...caseIds]), inArray(booking.state, [...OPEN])))
    .orderBy(asc(booking.startsAt), asc(booking.id));
}

/** A booking by its id alone. A page must check whose it is. */
export async function bookingWith(id: string): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db().select().from(booking).where(eq(booking.id, id));
  return row ?? null;
}

/** A person's open booking for a product of a case. During a move it is the one that certainly stands. */
export async function openBooking(caseId: string, product: string, person: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(
      and(eq(booking.caseId, caseId), eq(booking.product, product), inArray(booking.state, [...OPEN]), isFor(person)),
    )
    .orderBy(desc(sql`${booking.state} = 'booked'`), desc(booking.inMove))
    .limit(1);
  return row ?? null;
}

/** Longer than all requests about one booking take; after it the claim of a dead process is void. */
export const CLAIM_SECONDS = 60;

/**
 * Claims the unsettled booking that has waited longest for a request to the planner; null when none is due. No other
 * process gets it for a minute. A new booking in a running move belongs to the move, unless it is being cancelled.
 */
export async function claimUnsettled(now: Temporal.Instant): Promise<Booking | null> {
  const oldest = db()
    .select({ id: booking.id })
    .from(booking)
    .where(
      and(
        inArray(booking.state, [...UNSETTLED]),
        or(isNull(booking.retryAt), lte(booking.retryAt, now)),
        or(not(booking.inMove), eq(booking.state, 'cancelling')),
      ),
    )
    .orderBy(asc(booking.updatedAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db()
    .update(booking)
    .set({ retryAt: now.add({ seconds: CLAIM_SECONDS }) })
    .where(eq(booking.id, oldest))
    .returning();
  return row ?? null;
}

/** Closes bookings whose time has passed, so that they block nothing and need no request. */
export async function closePast(now: Temporal.Instant): Promise<void> {
  await db()
    .update(booking)
    .set({ state: 'over', ...DONE })
    .where(and(inArray(booking.state, [...OPEN]), lte(booking.endsAt, now)));
}

/** Schedules the next attempt after a delay that grows with each one. */
export async function putOff({ id, attempts }: Booking, now: Temporal.Instant): Promise<void> {
  const retryAt = now.add({ seconds: retryDelaySeconds(attempts + 1) });
  await db()
    .update(booking)
    .set({ attempts: attempts + 1, retryAt })
    .where(eq(booking.id, id));
}

async function change(
  id: string,
  from: BookingState[],
  to: PgUpdateSetSource<typeof booking>,
): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(booking)
    .set(to)
    .where(and(eq(booking.id, id), inArray(booking.state, from)))
    .returning();
  return row ?? null;
}

/** The booking made from a hold, by or for a person: the hold's id is its idempotency key. */
export async function bookingOfHold(person: string, holdId: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(or(eq(booking.owner, person), eq(booking.madeBy, person)), eq(booking.idempotencyKey, holdId)));
  return row ?? null;
}

/**
 * The booking made from a hold, for any person of its case. The caller has checked that the viewer may see the hold. Null when
 * none was made.
 */
export async function bookingFromHold({ id, caseId }: { readonly id: string; readonly caseId: string }) {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.caseId, caseId), eq(booking.idempotencyKey, id)));
  return row ?? null;
}

/** The key of the desk of the owner's last visit; null when they had none. */
export async function lastDeskOf(owner: string): Promise<string | null> {
  const [row] = await db()
    .select({ desk: booking.desk })
    .from(booking)
    .where(eq(booking.owner, owner))
    .orderBy(desc(booking.createdAt))
    .limit(1);
  return row?.desk ?? null;
}
