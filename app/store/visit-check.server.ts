import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import type { Booking } from './booking.server';
import { isUuid } from './columns.server';
import { booking } from './schema/appointment.server';
import { db } from './store.server';

/** A visit's new place and time at its planner. */
export type NewTime = Pick<
  Booking,
  'desk' | 'deskName' | 'place' | 'startsAt' | 'endsAt' | 'localDate' | 'localTime' | 'was'
>;

/** Notes that the planner confirmed a booking as it is stored, or with another code for the desk. */
export const noteAsItStands = (id: string, code: string | null, now: Temporal.Instant): Promise<Booking | null> =>
  whileBooked(id, { askedAt: now, checkedAt: now, ...(code === null ? {} : { code }) });

/** Stores that others cancelled a booking at its planner; `told`: the person says so. Null when it no longer stands. */
export const noteCancelled = (
  id: string,
  changed: 'cancelled' | 'told',
  now: Temporal.Instant,
): Promise<Booking | null> =>
  whileBooked(id, {
    state: 'cancelled',
    changed,
    sequence: sql`${booking.sequence} + 1`,
    askedAt: now,
    checkedAt: now,
    updatedAt: now,
    details: null,
  });

/** Stores where and when others moved a booking to. Null when it no longer stands. */
export const noteMoved = (id: string, to: NewTime, now: Temporal.Instant): Promise<Booking | null> =>
  whileBooked(id, {
    ...to,
    changed: 'moved',
    sequence: sql`${booking.sequence} + 1`,
    askedAt: now,
    checkedAt: now,
    updatedAt: now,
  });

async function whileBooked(
  id: string,
  to: Parameters<ReturnType<ReturnType<typeof db>['update']>['set']>[0],
): Promise<Booking | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(booking)
    .set(to)
    .where(and(eq(booking.id, id), eq(booking.state, 'booked')))
    .returning();
  return row ?? null;
}

/** How long before a visit its planner is asked on its own, and how often. */
const HOURS_BEFORE = 36;
const EVERY_HOURS = 6;

/**
 * Claims the next visit of the coming 36 hours whose planner was not asked for six hours; null when there is none. No
 * other process gets it in that time.
 */
export async function claimVisitToCheck(now: Temporal.Instant): Promise<Booking | null> {
  const next = db()
    .select({ id: booking.id })
    .from(booking)
    .where(
      and(
        inArray(booking.state, ['booked']),
        gt(booking.startsAt, now),
        lte(booking.startsAt, now.add({ hours: HOURS_BEFORE })),
        or(isNull(booking.askedAt), lt(booking.askedAt, now.subtract({ hours: EVERY_HOURS }))),
      ),
    )
    .orderBy(asc(booking.startsAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [row] = await db().update(booking).set({ askedAt: now }).where(eq(booking.id, next)).returning();
  return row ?? null;
}
