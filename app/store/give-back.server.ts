import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { isUuid } from './columns.server';
import { mayBegin, oneAtATime } from './mandate-replace.server';
import { COLUMNS, type Mandate, NOW, read, sealNames } from './mandate-row.server';
import type { Witness } from './mandate-transition.server';
import { mandate } from './schema/mandate.server';
import { db } from './store.server';

/** Given back within the time to undo it, and no word from the client since. */
const mayBeUndone = sql`mandate.state = 'withdrawn-advisor' and mandate.undo_until > now()
  and mandate.valid_until > now() and mandate.parent is null
  and not exists (select 1 from mandate newer where newer.client = mandate.client and newer.id <> mandate.id
    and newer.case_ids && mandate.case_ids and newer.client_signed_at > mandate.ended_at)`;

/** The mandates that an advisor gave back and can take up again now. */
export async function undoable(advisor: string): Promise<Mandate[]> {
  const rows = await db()
    .select(COLUMNS)
    .from(mandate)
    .where(and(eq(mandate.advisor, advisor), mayBeUndone))
    .orderBy(mandate.endedAt, mandate.id);
  return rows.map(read);
}

/**
 * Takes up a mandate that the advisor gave back: what the client had granted, until the day that they had granted, as a
 * new mandate, because an ended one never holds again. Colleagues who stood in do not come back. Null when it is not
 * theirs, a day has passed, the client changed something, or the agency stopped the advisor.
 *
 * @param witness writes the audit entry in the same transaction
 */
export async function takeUpAgain(id: string, advisor: string, witness: Witness): Promise<Mandate | null> {
  if (!isUuid(id)) return null;
  return db().transaction(async (transaction) => {
    await oneAtATime(transaction);
    const [row] = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.id, id), eq(mandate.advisor, advisor), mayBeUndone))
      .for('update');
    if (!row) return null;
    const { databaseNow: _, parentState: __, names, ...columns } = row;
    const before = read(row);
    if (!(await mayBegin(transaction, { ...before, advisor }))) return null;
    const next = randomUUID();
    const [again] = await transaction
      .insert(mandate)
      .values({
        ...columns,
        id: next,
        ...{ offeredBy: 'advisor', state: 'active', version: 1, endedAt: null, undoUntil: null, successor: null },
        ...{ offeredAt: NOW, answerBefore: NOW, validFrom: NOW, advisorSignedAt: NOW },
        names: sealNames(next, before.names),
      })
      .returning(COLUMNS);
    await transaction
      .update(mandate)
      .set({ undoUntil: null, successor: next, version: sql`${mandate.version} + 1` })
      .where(eq(mandate.id, id));
    if (!again) return null;
    const taken = read(again);
    await witness(transaction, { ...taken, withIt: [], replaced: [] });
    return taken;
  });
}

/** The client lets the advisor undo it no longer. False when there was nothing to undo. */
export async function forbidUndo(id: string, client: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const rows = await db()
    .update(mandate)
    .set({ undoUntil: null })
    .where(and(eq(mandate.id, id), eq(mandate.client, client), sql`${mandate.undoUntil} > now()`))
    .returning({ id: mandate.id });
  return rows.length > 0;
}
