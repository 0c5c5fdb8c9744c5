import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isUuid } from './columns.server';
import { caseSeen, ownFile, ownNote } from './schema/own-file.server';
import { ownerKeys, seal, unseal } from './seal.server';
import { db } from './store.server';

/** What an office keeps for itself. Sealed under the permanent secret: it outlives the session secret. */

const MOST_NOTES = 50;

export interface OwnNote {
  readonly id: string;
  readonly caseId: string;
  readonly text: string;
  /** The name of the advisor who wrote it. */
  readonly writer: string;
  readonly at: Temporal.Instant;
}

/** What an office notes of a case in its own fields. */
export interface OwnFacts {
  /** Its own file number; "" without one. */
  readonly reference: string;
  /** ISO date on which the agency got a notice of default; null: none is noted. */
  readonly noticeReceived: string | null;
}

/** The office's own fields of these cases, by case. */
export async function ownFacts(keeper: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, OwnFacts>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db()
    .select()
    .from(ownFile)
    .where(and(eq(ownFile.keeper, keeper), inArray(ownFile.caseId, [...caseIds])));
  return new Map(
    rows.map(({ caseId, reference, noticeReceived }) => [
      caseId,
      {
        reference: unseal(reference, contextOf(keeper, caseId), ownerKeys()) ?? '',
        noticeReceived: noticeReceived && unseal(noticeReceived, contextOf(keeper, caseId, 'notice'), ownerKeys()),
      },
    ]),
  );
}

/** Changes one or both fields. A row of which both are empty is deleted. */
export async function setOwnFacts(keeper: string, caseId: string, changed: Partial<OwnFacts>): Promise<void> {
  const before = (await ownFacts(keeper, [caseId])).get(caseId);
  const { reference, noticeReceived } = { reference: '', noticeReceived: null, ...before, ...changed };
  if (reference === '' && noticeReceived === null) {
    await db()
      .delete(ownFile)
      .where(and(eq(ownFile.keeper, keeper), eq(ownFile.caseId, caseId)));
    return;
  }
  const row = {
    reference: seal(reference, contextOf(keeper, caseId), ownerKeys()),
    noticeReceived:
      noticeReceived === null ? null : seal(noticeReceived, contextOf(keeper, caseId, 'notice'), ownerKeys()),
    updatedAt: sql`now()`,
  };
  await db()
    .insert(ownFile)
    .values({ keeper, caseId, ...row })
    .onConflictDoUpdate({ target: [ownFile.keeper, ownFile.caseId], set: row });
}

/** The office's notes on these cases, the newest first. */
export const ownNotes = (keeper: string, caseIds: readonly string[]): Promise<OwnNote[]> =>
  readNotes(db(), keeper, caseIds);

async function readNotes(
  within: Pick<ReturnType<typeof db>, 'select'>,
  keeper: string,
  caseIds: readonly string[],
): Promise<OwnNote[]> {
  if (caseIds.length === 0) return [];
  const rows = await within
    .select()
    .from(ownNote)
    .where(and(eq(ownNote.keeper, keeper), inArray(ownNote.caseId, [...caseIds])))
    .orderBy(desc(ownNote.writtenAt), ownNote.id);
  return rows.flatMap(({ id, caseId, body, writtenAt }) => {
    const opened = unseal(body, contextOf(keeper, caseId, id), ownerKeys());
    const note = noteSchema.safeParse(opened === null ? null : JSON.parse(opened));
    return note.success ? [{ ...note.data, id, caseId, at: writtenAt }] : [];
  });
}

const noteSchema = z.object({ text: z.string(), writer: z.string() });

/** False when the case has as many notes as it may have. The newest note sent again, as by a double click, stays one. */
export const addOwnNote = (
  keeper: string,
  caseId: string,
  { text, writer }: Pick<OwnNote, 'text' | 'writer'>,
): Promise<boolean> =>
  db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${keeper} ${caseId}`}, 9))`);
    const known = await readNotes(transaction, keeper, [caseId]);
    const [newest] = known;
    if (newest?.text === text && newest.writer === writer) return true;
    if (known.length >= MOST_NOTES) return false;
    const id = randomUUID();
    const body = seal(JSON.stringify({ text, writer }), contextOf(keeper, caseId, id), ownerKeys());
    // Not the transaction's start: it may have waited for the note before.
    await transaction.insert(ownNote).values({ id, keeper, caseId, body, writtenAt: sql`clock_timestamp()` });
    return true;
  });

export async function deleteOwnNote(keeper: string, caseId: string, id: string): Promise<void> {
  if (!isUuid(id)) return;
  await db()
    .delete(ownNote)
    .where(and(eq(ownNote.id, id), eq(ownNote.keeper, keeper), eq(ownNote.caseId, caseId)));
}

/** A sealed text opens for its own office, case and note alone. */
const contextOf = (keeper: string, caseId: string, id = 'reference'): string => `own file ${keeper} ${caseId} ${id}`;

/** How each of these cases stood when the advisor last saw it, by case. */
export async function seenMarks(advisor: string, caseIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db()
    .select({ caseId: caseSeen.caseId, mark: caseSeen.mark })
    .from(caseSeen)
    .where(and(eq(caseSeen.advisor, advisor), inArray(caseSeen.caseId, [...caseIds])));
  return new Map(rows.map(({ caseId, mark }) => [caseId, mark]));
}

/** Notes how these cases stand for the advisor now. */
export async function noteSeen(advisor: string, marks: ReadonlyMap<string, string>): Promise<void> {
  if (marks.size === 0) return;
  const rows = [...marks].map(([caseId, mark]) => ({ advisor, caseId, mark, seenAt: sql`now()` }));
  await db()
    .insert(caseSeen)
    .values(rows)
    .onConflictDoUpdate({
      target: [caseSeen.advisor, caseSeen.caseId],
      set: { mark: sql`excluded.mark`, seenAt: sql`now()` },
    });
}
