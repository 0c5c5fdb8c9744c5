import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Professional } from '~/identity/session.server';
import { csvFile } from '~/model/csv-file';
import { typedDate } from '~/model/typed-text';
import type { Actor } from '~/model/viewer';
import { dayWords } from '~/platform/moment-words.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { mandatesOf, type OpenMandate } from '~/store/mandate.server';
import { addOwnNote, deleteOwnNote, ownFacts, ownNotes, setOwnFacts } from '~/store/own-file.server';

/** Under whom an office's own file numbers and notes are kept; an advisor without an office keeps their own. */
export const keeperOf = (actor: Pick<Actor, 'id'>, office: string | null): string =>
  office ? `office ${office}` : actorPseudonym(actor.id);

const textOf = (most: number) => z.string().transform((text) => text.trim().slice(0, most));
const formSchema = z.object({ reference: textOf(40), note: textOf(1_000), id: textOf(36), received: textOf(40) });

/** The office's own file number and notes of a client's case. */
export async function ownFileView({ actor, office, language }: Professional, caseId: string) {
  const keeper = keeperOf(actor, office);
  const [facts, notes] = await Promise.all([ownFacts(keeper, [caseId]), ownNotes(keeper, [caseId])]);
  return {
    reference: facts.get(caseId)?.reference ?? '',
    /** ISO date. */
    received: facts.get(caseId)?.noticeReceived ?? '',
    notes: notes.map(({ id, text, writer, at }) => ({ id, text, writer, when: dayWords(at, language) })),
  };
}

export type OwnFileView = Awaited<ReturnType<typeof ownFileView>>;

/** Writes what the form says into the office's own file. False when nothing was asked, or there are too many notes. */
export async function writeOwnFile(
  { actor, office }: Professional,
  { id: objectRef }: Pick<OpenMandate, 'id'>,
  caseId: string,
  form: FormData,
): Promise<boolean> {
  const field = (name: string) => String(form.get(name) ?? '');
  const typed = formSchema.parse(
    Object.fromEntries(['reference', 'note', 'id', 'received'].map((name) => [name, field(name)])),
  );
  const keeper = keeperOf(actor, office);
  const what = form.get('do');
  if (what !== 'reference' && what !== 'received' && what !== 'note' && what !== 'delete-note') return false;
  if (what === 'note' && typed.note === '') return false;
  const received = typedDate(typed.received);
  // A day that cannot be read must not delete the one that is noted.
  if (what === 'received' && typed.received !== '' && received === null) return false;
  await addAuditEntry(actor, {
    action: 'keep-own-file',
    objectType: 'mandate',
    objectRef,
    grantId: objectRef,
    actorUnit: office,
    reason: what,
  });
  if (what === 'reference') await setOwnFacts(keeper, caseId, { reference: typed.reference });
  if (what === 'received') await setOwnFacts(keeper, caseId, { noticeReceived: received });
  if (what === 'delete-note') await deleteOwnNote(keeper, caseId, typed.id);
  return what !== 'note' || addOwnNote(keeper, caseId, { text: typed.note, writer: actor.name });
}

/**
 * The office's own file numbers and notes as CSV: of the cases that the advisor has or had a mandate for, as long as they
 * are kept. The case is named by the reference in the mandate.
 */
export async function ownFilesCsv({ actor, office, language }: Professional): Promise<string> {
  const keeper = keeperOf(actor, office);
  const t = translatorOf(language);
  const mine = actorPseudonym(actor.id);
  const mandates = (await mandatesOf({ advisor: mine, firm: null })).filter(
    ({ advisor, validFrom }) => advisor === mine && validFrom !== null,
  );
  const named = new Map(
    mandates.flatMap(({ caseIds, names }) => caseIds.map((id, index) => [id, names.references[index] ?? ''] as const)),
  );
  const [facts, notes] = await Promise.all([ownFacts(keeper, [...named.keys()]), ownNotes(keeper, [...named.keys()])]);
  await addAuditEntry(actor, { action: 'export-own-files', objectType: 'cases', actorUnit: office });
  const rows = [...named].flatMap(([caseId, reference]) => {
    const { reference: own = '', noticeReceived: received } = facts.get(caseId) ?? {};
    const written = notes.filter((note) => note.caseId === caseId);
    if (written.length === 0) return own || received ? [[reference, own, received ?? '', '', '', '']] : [];
    return written.map(({ at, writer, text }) => [
      reference,
      own,
      received ?? '',
      at.toString({ smallestUnit: 'second' }),
      writer,
      text,
    ]);
  });
  const head = [
    t('mandate:advisor.reference'),
    t('mandate:ownFile.reference'),
    t('mandate:advisor.noticeReceived'),
    t('mandate:ownFile.when'),
    t('mandate:ownFile.writer'),
    t('mandate:ownFile.note'),
  ];
  return csvFile([head, ...rows], 'spreadsheet');
}
