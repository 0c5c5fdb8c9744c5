import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, type InferSelectModel, lte, notExists, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { isUuid } from './columns.server';
import { booking, hold } from './schema/appointment.server';
import { db } from './store.server';

/** A slot held for a person. `expiresAt` is what the person was told, `backendUntil` how long the planner keeps it. */
export type Hold = Readonly<InferSelectModel<typeof hold>>;
export type NewHold = Omit<Hold, 'id' | 'state' | 'createdAt' | 'moves'> & Partial<Pick<Hold, 'moves'>>;

export async function createHold(wanted: NewHold, now: Temporal.Instant): Promise<Hold> {
  const row: Hold = { moves: null, ...wanted, id: randomUUID(), state: 'held', createdAt: now };
  await db().insert(hold).values(row);
  return row;
}

/** The hold with this id, in any state. A page must check whose it is. */
export async function readHold(id: string): Promise<Hold | null> {
  if (!isUuid(id)) return null;
  const [row] = await db().select().from(hold).where(eq(hold.id, id));
  return row ?? null;
}

/**
 * Extends a hold whose slot the planner still keeps at `now`; null when it does not, or the hold was used or released.
 */
export async function extendHold(
  owner: string,
  id: string,
  until: Pick<Hold, 'expiresAt' | 'backendUntil'>,
  now: Temporal.Instant,
): Promise<Hold | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(hold)
    .set(until)
    .where(and(mine(owner, id), eq(hold.state, 'held'), gt(hold.backendUntil, now)))
    .returning();
  return row ?? null;
}

/** Ends a hold: its slot was booked (`used`) or released. Null when it had ended already. */
export async function markHold(owner: string, id: string, state: 'used' | 'released'): Promise<Hold | null> {
  if (!isUuid(id)) return null;
  const [row] = await db()
    .update(hold)
    .set({ state })
    .where(and(mine(owner, id), eq(hold.state, 'held')))
    .returning();
  return row ?? null;
}

/** The owner's running hold of a slot (`<desk>.<key>`); null when there is none. */
export async function heldSlot(
  owner: string,
  { caseId, slotId, moves }: Pick<Hold, 'caseId' | 'moves'> & { readonly slotId: string },
  now: Temporal.Instant,
): Promise<Hold | null> {
  const running = await db()
    .select()
    .from(hold)
    .where(and(eq(hold.owner, owner), eq(hold.caseId, caseId), eq(hold.state, 'held'), gt(hold.expiresAt, now)));
  return running.find((each) => `${each.desk}.${each.slot.key}` === slotId && each.moves === moves) ?? null;
}

/**
 * When the owner made holds since then, the newest first. A hold that became a booking which stands does not count: it
 * keeps no time from others that its person does not use.
 */
export async function holdsSince(owner: string, since: Temporal.Instant): Promise<Temporal.Instant[]> {
  const booked = db()
    .select({ id: booking.id })
    .from(booking)
    .where(and(eq(booking.idempotencyKey, sql`${hold.id}::text`), eq(booking.state, 'booked')));
  const rows = await db()
    .select({ createdAt: hold.createdAt })
    .from(hold)
    .where(and(eq(hold.owner, owner), gt(hold.createdAt, since), notExists(booked)))
    .orderBy(desc(hold.createdAt));
  return rows.map(({ createdAt }) => createdAt);
}

export async function deleteHoldsBefore(backendUntil: Temporal.Instant): Promise<number> {
  const gone = await db().delete(hold).where(lte(hold.backendUntil, backendUntil)).returning({ id: hold.id });
  return gone.length;
}

const mine = (owner: string, id: string) => and(eq(hold.owner, owner), eq(hold.id, id));
