import { and, desc, eq, getTableColumns, type InferSelectModel, lt } from 'drizzle-orm';
import { rangeShown } from './schema/estimate.server';
import { db } from './store.server';

/** A range that an applicant was shown on a day. Dates are ISO. */
export type RangeShown = Readonly<Omit<InferSelectModel<typeof rangeShown>, 'owner' | 'caseId'>>;

/** Stores what was shown; a second page view on the same day changes nothing. */
export async function keepRange(owner: string, caseId: string, range: RangeShown): Promise<void> {
  await db()
    .insert(rangeShown)
    .values({ owner, caseId, ...range })
    .onConflictDoNothing();
}

/** The ranges shown before a day (ISO date), latest first, at most `most`. */
export async function rangesShown(owner: string, caseId: string, before: string, most: number): Promise<RangeShown[]> {
  const { owner: _owner, caseId: _caseId, ...range } = getTableColumns(rangeShown);
  return db()
    .select(range)
    .from(rangeShown)
    .where(and(eq(rangeShown.owner, owner), eq(rangeShown.caseId, caseId), lt(rangeShown.shownOn, before)))
    .orderBy(desc(rangeShown.shownOn))
    .limit(most);
}
