import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, type InferSelectModel, inArray, lte, or, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { type MoveState, retryDelaySeconds } from '~/model/move';
import { type Booking, bookingOfHold, CLAIM_SECONDS, type NewBooking, newRow } from './booking.server';
import { booking, move } from './schema/appointment.server';
import { db } from './store.server';

/** One booking that is to replace another: stored before the planner is called, so that it survives a crash. */
export type Move = Readonly<InferSelectModel<typeof move>>;

export type MoveBegun =
  /** `again`: the same form was sent before. */
  | { readonly ok: true; readonly booking: Booking; readonly move: Move | null; readonly again: boolean }
  /** The old booking can't be moved, or a move of it is running. */
  | { readonly ok: false };

const RUNNING: readonly MoveState[] = ['booking', 'cancelling'];

/**
 * Stores a move and its new booking, both or neither. The new one takes over the old one's calendar entry.
 *
 * @param details what a retry after a crash needs; sealed until the new booking is settled
 */
export async function beginMove(
  wanted: NewBooking,
  { oldId, goesFirst }: Pick<Move, 'oldId' | 'goesFirst'>,
  now: Temporal.Instant,
  details: string,
): Promise<MoveBegun> {
  const again = await bookingOfHold(wanted.owner, wanted.idempotencyKey);
  if (again) return { ok: true, booking: again, move: null, again: true };
  return db().transaction(async (transaction): Promise<MoveBegun> => {
    const [old] = await transaction
      .select()
      .from(booking)
      .where(and(eq(booking.id, oldId), eq(booking.owner, wanted.owner), eq(booking.state, 'booked')))
      .for('update');
    if (!old || old.inMove || old.caseId !== wanted.caseId || old.product !== wanted.product) return { ok: false };
    const { calendarId, sequence } = old;
    const row = { ...newRow(wanted, now, details), calendarId, sequence: sequence + 1, inMove: true };
    const [made] = await transaction.insert(booking).values(row).onConflictDoNothing().returning();
    if (!made) return { ok: false };
    const [begun] = await transaction
      .insert(move)
      .values({
        id: randomUUID(),
        owner: wanted.owner,
        oldId,
        newId: made.id,
        goesFirst,
        state: 'booking',
        retryAt: row.retryAt,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!begun) throw new Error('A move that was written is not there');
    return { ok: true, booking: made, move: begun, again: false };
  });
}

/** The latest move of a booking, as the old or the new one. */
export async function moveOf(owner: string, bookingId: string): Promise<Move | null> {
  const [row] = await db()
    .select()
    .from(move)
    .where(and(eq(move.owner, owner), or(eq(move.oldId, bookingId), eq(move.newId, bookingId))))
    .orderBy(desc(move.createdAt))
    .limit(1);
  return row ?? null;
}

/** Claims the move that has waited longest; null when none is due. No other process gets it for a minute. */
export async function claimMove(now: Temporal.Instant): Promise<Move | null> {
  const oldest = db()
    .select({ id: move.id })
    .from(move)
    .where(and(inArray(move.state, [...RUNNING]), lte(move.retryAt, now)))
    .orderBy(asc(move.updatedAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db()
    .update(move)
    .set({ retryAt: now.add({ seconds: CLAIM_SECONDS }) })
    .where(eq(move.id, oldest))
    .returning();
  return row ?? null;
}

/** Schedules the next step after a delay that grows with each failure. */
export async function carryOn(
  { id, attempts }: Pick<Move, 'id' | 'attempts'>,
  state: 'booking' | 'cancelling',
  now: Temporal.Instant,
): Promise<void> {
  const retryAt = now.add({ seconds: retryDelaySeconds(attempts + 1) });
  await db()
    .update(move)
    .set({ state, attempts: attempts + 1, retryAt, updatedAt: now })
    .where(and(eq(move.id, id), inArray(move.state, [...RUNNING])));
}

/** Ends a move; its remaining bookings are ordinary ones from now on. */
export async function endMove(
  { id, newId }: Pick<Move, 'id' | 'newId'>,
  state: 'done' | 'failed' | 'lost',
  now: Temporal.Instant,
): Promise<void> {
  await db().transaction(async (transaction) => {
    await transaction
      .update(move)
      .set({ state, updatedAt: now })
      .where(and(eq(move.id, id), inArray(move.state, [...RUNNING])));
    const inMove = state !== 'done';
    // A cancellation of the new booking may still be running.
    const details = sql`case when ${booking.state} = 'cancelling' then ${booking.details} end`;
    await transaction.update(booking).set({ inMove, details, updatedAt: now }).where(eq(booking.id, newId));
  });
}
