import { and, desc, eq, gt, type InferSelectModel, lt, or, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { estimate } from './schema/estimate.server';
import { db } from './store.server';

/** A trained estimate, shared by all processes. The estimate room defines `body`. */
export type StoredEstimate = Readonly<Omit<InferSelectModel<typeof estimate>, 'trainedAt'>>;

/** An estimate that is newer or more complete than the caller's; null when there is none. */
export async function newerEstimate(than: { asOf: string; complete: boolean } | null): Promise<StoredEstimate | null> {
  const { asOf, complete, body } = estimate;
  const newer = than
    ? or(gt(asOf, than.asOf), than.complete ? undefined : and(eq(asOf, than.asOf), complete))
    : undefined;
  const [row] = await db().select({ asOf, complete, body }).from(estimate).where(newer).orderBy(desc(asOf)).limit(1);
  return row ?? null;
}

/** Stores an estimate for all processes and deletes those over four weeks older. A complete one is not overwritten. */
export async function keepEstimate({ asOf, ...rest }: StoredEstimate, now: Temporal.Instant): Promise<void> {
  const set = { ...rest, trainedAt: now };
  await db()
    .insert(estimate)
    .values({ asOf, ...set })
    .onConflictDoUpdate({ target: estimate.asOf, set, setWhere: sql`not ${estimate.complete}` });
  await db()
    .delete(estimate)
    .where(lt(estimate.asOf, sql`${asOf}::date - 28`));
}
