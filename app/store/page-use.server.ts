import { gte, type InferSelectModel, lt, sql } from 'drizzle-orm';
import { pageUse } from './schema/page-use.server';
import { db } from './store.server';

export type PageUse = Readonly<InferSelectModel<typeof pageUse>>;

/** Adds counts in one statement. No two of them may have the same key. */
export async function addPageUses(uses: readonly PageUse[]): Promise<void> {
  if (uses.length === 0) return;
  const { week, use, procedure, stage, language, count } = pageUse;
  await db()
    .insert(pageUse)
    .values([...uses])
    .onConflictDoUpdate({
      target: [week, use, procedure, stage, language],
      set: { count: sql`${count} + excluded.count` },
    });
}

/** @param week ISO Monday of the first one */
export const pageUsesSince = (week: string): Promise<PageUse[]> =>
  db().select().from(pageUse).where(gte(pageUse.week, week));

/** Counts go after 25 months, as readers' answers do. */
export async function deleteOldPageUses(): Promise<void> {
  await db().delete(pageUse).where(lt(pageUse.week, sql`(current_date - interval '25 months')::date`));
}
