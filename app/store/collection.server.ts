import { and, desc, eq, type InferSelectModel, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { collectedCounts, collection } from './schema/collection.server';
import { db } from './store.server';

export type Collection = Readonly<InferSelectModel<typeof collection>>;
export type CollectedCounts = Readonly<Omit<InferSelectModel<typeof collectedCounts>, 'asOf'>>;

/** The newest finished run, with its tables; null when there is none. */
export async function finishedCollection(): Promise<(Collection & { tables: readonly CollectedCounts[] }) | null> {
  const [run] = await db()
    .select()
    .from(collection)
    .where(isNotNull(collection.finishedAt))
    .orderBy(desc(collection.asOf))
    .limit(1);
  return run ? { ...run, tables: await countsOf(run.asOf) } : null;
}

/** The Monday of the newest finished run; null when there is none. A small query, for what runs often. */
export async function finishedAsOf(): Promise<string | null> {
  const { asOf, finishedAt } = collection;
  const [run] = await db().select({ asOf }).from(collection).where(isNotNull(finishedAt)).orderBy(desc(asOf)).limit(1);
  return run?.asOf ?? null;
}

/**
 * The run of a Monday with its sums so far, begun when there is none. One of other weeks or rules, and an unfinished one of
 * another Monday, is deleted: its sums can't be added to.
 */
export async function beginCollection(
  wanted: Pick<Collection, 'asOf' | 'firstWeek' | 'rules' | 'cursorOn'>,
): Promise<Collection & { counts: readonly CollectedCounts[] }> {
  const { asOf, firstWeek, rules } = wanted;
  await db().transaction(async (transaction) => {
    const differs = or(ne(collection.firstWeek, firstWeek), ne(collection.rules, rules));
    await transaction
      .delete(collection)
      .where(
        or(and(eq(collection.asOf, asOf), differs), and(ne(collection.asOf, asOf), isNull(collection.finishedAt))),
      );
    await transaction
      .insert(collection)
      .values({ ...wanted, gaps: 0 })
      .onConflictDoNothing();
  });
  const [run] = await db().select().from(collection).where(eq(collection.asOf, asOf));
  if (!run) throw new Error('the run is gone');
  return { ...run, counts: await countsOf(asOf) };
}

/**
 * Stores the sums together with the day that they reach. False, and nothing is stored, when another process went on from
 * the same day meanwhile: its cases would be counted twice.
 */
export function keepCounts(
  { asOf, cursorOn: from }: Pick<Collection, 'asOf' | 'cursorOn'>,
  reached: { readonly cursorOn: string; readonly gaps: number; readonly finishedAt: Temporal.Instant | null },
  counts: readonly CollectedCounts[],
): Promise<boolean> {
  return db().transaction(async (transaction) => {
    const moved = await transaction
      .update(collection)
      .set(reached)
      .where(and(eq(collection.asOf, asOf), eq(collection.cursorOn, from), isNull(collection.finishedAt)))
      .returning({ asOf: collection.asOf });
    if (moved.length === 0) return false;
    for (const { procedure, ...sums } of counts)
      await transaction
        .insert(collectedCounts)
        .values({ asOf, procedure, ...sums })
        .onConflictDoUpdate({ target: [collectedCounts.asOf, collectedCounts.procedure], set: sums });
    if (reached.finishedAt !== null) await transaction.delete(collection).where(lt(collection.asOf, asOf));
    return true;
  });
}

const countsOf = (asOf: string): Promise<CollectedCounts[]> => {
  const { procedure, counted, skipped, termDays, body } = collectedCounts;
  return db()
    .select({ procedure, counted, skipped, termDays, body })
    .from(collectedCounts)
    .where(eq(collectedCounts.asOf, asOf))
    .orderBy(sql`${procedure} collate "C"`);
};
