import { and, gte, inArray, lt } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { caseChange } from './schema/case-change.server';
import { db, urgently } from './store.server';

/**
 * Notes that a case changed. Returns false for a notification that is not newer than the last one about this case: a
 * repeated one, or one that came out of order, changes nothing.
 *
 * @param toldAt the notification's own time
 * @param at now
 */
export async function noteCaseChange(
  caseHash: string,
  toldAt: Temporal.Instant,
  at: Temporal.Instant,
): Promise<boolean> {
  const noted = await db()
    .insert(caseChange)
    .values({ caseHash, toldAt, noticedAt: at })
    .onConflictDoUpdate({
      target: caseChange.caseHash,
      set: { toldAt, noticedAt: at },
      setWhere: lt(caseChange.toldAt, toldAt),
    })
    .returning({ caseHash: caseChange.caseHash });
  return noted.length > 0;
}

/** Whether one of these cases changed at `since` or later, as far as the registry told. */
export async function anyChangedSince(caseHashes: readonly string[], since: Temporal.Instant): Promise<boolean> {
  if (caseHashes.length === 0) return false;
  const found = await urgently(() =>
    db()
      .select({ caseHash: caseChange.caseHash })
      .from(caseChange)
      .where(and(inArray(caseChange.caseHash, [...caseHashes]), gte(caseChange.noticedAt, since)))
      .limit(1),
  );
  return found.length > 0;
}

export async function deleteCaseChangesBefore(moment: Temporal.Instant): Promise<void> {
  await db().delete(caseChange).where(lt(caseChange.noticedAt, moment));
}
