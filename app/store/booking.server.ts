import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, type InferSelectModel, inArray, isNull, lte, not, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Temporal } from 'temporal-polyfill';
import { retryDelaySeconds } from '~/model/move';
import { isUuid } from './columns.server';
import { type BookingState, booking } from './schema/appointment.server';
import { seal, unseal } from './seal.server';
import { db, sealingKeys } from './store.server';

/** A counter visit that was asked of the planner, from before the question until long after its answer. */
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
>;

export type BookingBegun =
  /** `again`: the same form was sent before; ask the planner nothing, show this one. */
  | { readonly ok: true; readonly booking: Booking; readonly again: boolean }
  /** The case has an open booking for this product already. */
  | { readonly ok: false; readonly reason: 'open-booking'; readonly booking: Booking };

export type Settlement =
  | { readonly state: 'booked' | 'awaiting-mail'; readonly backendKey: string | null; readonly code: string | null }
  | { readonly state: 'unknown' }
  | { readonly state: 'refused' };

const OPEN: readonly BookingState[] = ['confirming', 'awaiting-mail', 'booked', 'cancelling', 'unknown'];
/** Those that somebody still has to ask the planner about. */
const UNSETTLED: readonly BookingState[] = ['confirming', 'awaiting-mail', 'cancelling', 'unknown'];

/**
 * Writes down that a booking is about to be asked for (state `confirming`), before the planner is asked. At most one
 * open booking a case and product: of two that come at once the database lets one in.
 *
 * @param details what is needed to ask again after a crash; kept sealed until the booking is settled
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

  const open = await openBooking(wanted.caseId, wanted.product);
  if (open) return { ok: false, reason: 'open-booking', booking: open };
  // The one in the way was closed between the two questions; a key of another owner's would repeat for ever, so once.
  const [second] = await db().insert(booking).values(row).onConflictDoNothing().returning();
  if (second) return { ok: true, booking: second, again: false };
  throw new Error('The booking was in conflict with one that is not there');
}

/** A row as it is before the planner was asked. */
export function newRow(wanted: NewBooking, now: Temporal.Instant, details: string | null) {
  const id = randomUUID();
  return {
    ...wanted,
    id,
    calendarId: id,
    state: 'confirming' as const,
    details: details === null ? null : seal(details, id, sealingKeys()),
    retryAt: now.add({ seconds: FIRST_LOOK_SECONDS }),
    createdAt: now,
    updatedAt: now,
  };
}

/** Longer than any question to a planner takes: until then whoever asked is still at it. */
const FIRST_LOOK_SECONDS = 20;

/** What was kept sealed with a booking that is not settled; null when there is nothing (any more). */
export const detailsOf = ({ id, details }: Booking): string | null =>
  details === null ? null : unseal(details, id, sealingKeys());

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
  const settled = settlement.state !== 'unknown' && settlement.state !== 'awaiting-mail';
  // A move still has to go on, for the same person.
  const done = { ...DONE, details: sql`case when ${booking.inMove} then ${booking.details} end` };
  const followed = settled ? done : { retryAt: now.add({ seconds: retryDelaySeconds(1) }) };
  return change(id, ['confirming', 'unknown', 'awaiting-mail'], { ...settlement, ...followed, updatedAt: now });
}

/** Nothing more to ask, so nothing more to know. */
const DONE = { attempts: 0, retryAt: null, details: null };

/**
 * Writes down that the owner's booking is about to be cancelled at the planner; null when it can't be (any more).
 *
 * @param details what is needed to try again after a crash; kept sealed until the planner has answered
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
      details: details === null ? null : seal(details, id, sealingKeys()),
      attempts: 0,
      retryAt: now.add({ seconds: FIRST_LOOK_SECONDS }),
      updatedAt: now,
    })
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
  return change(id, ['cancelling'], { state, ...DONE, updatedAt: now });
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

/** A booking by its id alone: for the portal's own work, never for a page. */
export async function bookingWith(id: string): Promise<Booking | null> {
  const [row] = await db().select().from(booking).where(eq(booking.id, id));
  return row ?? null;
}

/** The one open booking of a case for a product; of the two of a move the one that certainly stands. */
export async function openBooking(caseId: string, product: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.caseId, caseId), eq(booking.product, product), inArray(booking.state, [...OPEN])))
    .orderBy(desc(sql`${booking.state} = 'booked'`), desc(booking.inMove))
    .limit(1);
  return row ?? null;
}

/** Longer than all questions about one booking take; after it the claim of a process that died is void. */
export const CLAIM_SECONDS = 60;

/**
 * Claims the unsettled booking that waits longest for a question to the planner; null when none is due. No other process
 * gets it for a minute. A new booking in a running move belongs to the move, unless it is being cancelled.
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

/** Closes what has had its time: it stands in nobody's way any more, and nothing is left to ask about. */
export async function closePast(now: Temporal.Instant): Promise<void> {
  await db()
    .update(booking)
    .set({ state: 'over', ...DONE })
    .where(and(inArray(booking.state, [...OPEN]), lte(booking.endsAt, now)));
}

/** Asked in vain: not again before a while, which grows. */
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

/** The booking that a hold became, or tried to become: its id is the booking's idempotency key. */
export async function bookingOfHold(owner: string, holdId: string): Promise<Booking | null> {
  const [row] = await db()
    .select()
    .from(booking)
    .where(and(eq(booking.owner, owner), eq(booking.idempotencyKey, holdId)));
  return row ?? null;
}
