import { randomUUID } from 'node:crypto';
import { and, asc, eq, type InferSelectModel, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { type StoredOffer, watch } from './schema/appointment.server';
import { seal, unseal } from './seal.server';
import { db, rowKeys } from './store.server';

/** A person's watch for an earlier slot. One per person, case and product. */
export type Watch = Readonly<InferSelectModel<typeof watch>>;
export type NewWatch = Pick<
  Watch,
  | 'owner'
  | 'setBy'
  | 'caseId'
  | 'product'
  | 'desks'
  | 'before'
  | 'weekdays'
  | 'part'
  | 'partySize'
  | 'moves'
  | 'quietFrom'
  | 'quietUntil'
  | 'language'
  | 'addressId'
>;

/**
 * Starts or changes a watch. A change keeps its place in the queue.
 *
 * @param secret who watches, stored sealed
 */
export async function setWatch(wanted: NewWatch, secret: string, now: Temporal.Instant): Promise<Watch> {
  const known = await watchOf(wanted.owner, wanted.caseId, wanted.product);
  const id = known?.id ?? randomUUID();
  const wish = {
    ...wanted,
    sealed: seal(secret, id, rowKeys()),
    state: 'waiting' as const,
    endedWhy: null,
    offer: null,
    offerHoldId: null,
    offerUntil: null,
    updatedAt: now,
  };
  const [row] = await db()
    .insert(watch)
    .values({ ...wish, id, waitingSince: now })
    .onConflictDoUpdate({ target: [watch.caseId, watch.product, watch.owner], set: wish })
    .returning();
  if (!row) throw new Error('A watch that was written is not there');
  return row;
}

export async function watchOf(owner: string, caseId: string, product: string): Promise<Watch | null> {
  const [row] = await db()
    .select()
    .from(watch)
    .where(and(eq(watch.owner, owner), eq(watch.caseId, caseId), eq(watch.product, product)));
  return row ?? null;
}

/** A watch by its id alone, for background work. */
export async function watchWith(id: string): Promise<Watch | null> {
  const [row] = await db().select().from(watch).where(eq(watch.id, id));
  return row ?? null;
}

/** Deletes a watch, with its unsent mail. */
export async function deleteWatch(owner: string, caseId: string, product: string): Promise<void> {
  await db()
    .delete(watch)
    .where(and(eq(watch.owner, owner), eq(watch.caseId, caseId), eq(watch.product, product)));
}

/** All watches that have not ended, the longest waiting first. */
export const allWatches = (): Promise<Watch[]> =>
  db().select().from(watch).where(ne(watch.state, 'ended')).orderBy(asc(watch.waitingSince));

export const secretOf = ({ id, sealed }: Watch): string | null => unseal(sealed, id, rowKeys());

/** Offers are made one after another over all processes; any constant will do as the lock. */
const OFFERING = 7_246_004;

/** Offers a slot to a waiting watch; false when it no longer waits, or another watch has that slot on offer. */
export async function offer(
  { id, product }: Watch,
  made: { readonly offer: StoredOffer; readonly holdId: string | null; readonly until: Temporal.Instant },
  now: Temporal.Instant,
): Promise<boolean> {
  return db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${OFFERING})`);
    const sameSlot = and(eq(watch.product, product), sql`${watch.offer} ->> 'slotId' = ${made.offer.slotId}`);
    const taken = await transaction
      .select({ id: watch.id })
      .from(watch)
      .where(and(eq(watch.state, 'offered'), sameSlot));
    if (taken.length > 0) return false;
    const rows = await transaction
      .update(watch)
      .set({ state: 'offered', offer: made.offer, offerHoldId: made.holdId, offerUntil: made.until, updatedAt: now })
      .where(and(eq(watch.id, id), eq(watch.state, 'waiting')))
      .returning({ id: watch.id });
    return rows.length === 1;
  });
}

const MOST_SEEN = 200;

/** Ends expired offers: their watches wait on, and are not offered the same slot again. */
export async function endOffers(now: Temporal.Instant): Promise<void> {
  const ended = await db()
    .select()
    .from(watch)
    .where(and(eq(watch.state, 'offered'), isNotNull(watch.offerUntil), lte(watch.offerUntil, now)));
  for (const { id, offer: old, seen } of ended) {
    const all = old ? [...seen, old.slotId].slice(-MOST_SEEN) : seen;
    const none = { state: 'waiting' as const, offer: null, offerHoldId: null, offerUntil: null, seen: all };
    await db()
      .update(watch)
      .set({ ...none, updatedAt: now })
      .where(and(eq(watch.id, id), eq(watch.state, 'offered')));
  }
}

/** Deletes watches that have no day left before their date. @param today ISO date */
export async function deleteOldWatches(today: string): Promise<void> {
  await db().delete(watch).where(lte(watch.before, today));
}
