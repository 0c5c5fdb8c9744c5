import { createHash } from 'node:crypto';
import { z } from 'zod';
import { casesOf } from '~/agency/cases.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Key } from '~/i18n/keys';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import { DEFAULT_MONTHS, LONGEST_MONTHS, MANDATE_ACTIONS, type OwnEvent } from '~/model/mandate';
import type { Viewer } from '~/model/viewer';
import { ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { type Mandate, mandatesOf, moveMandate, offerMandate } from '~/store/mandate.server';
import { seal } from '~/store/seal.server';
import { createCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { auditTransition } from './audit-transition.server';
import type { TransitionAction } from './mandate-acts.server';

/** How long a client's code for an advisor is valid. */
const CODE_HOURS = 24;

/** What an advisor sees and may and may not do, as one list in the client's language. */
const TERMS: readonly Key[] = [
  'mandate:terms.stage',
  'mandate:terms.dates',
  'mandate:terms.papers',
  'mandate:terms.moments',
  'mandate:terms.people',
  'mandate:terms.calendar',
  'mandate:terms.notChange',
  'mandate:terms.notOthers',
];

/** @param maySub whether a colleague may stand in; null: not chosen yet */
export const termsIn = (language: Language, maySub: boolean | null): string[] => {
  const colleague: Key[] = maySub === null ? [] : [maySub ? 'mandate:terms.colleague' : 'mandate:terms.noColleague'];
  return [...TERMS, ...colleague].map((key) => translatorOf(language)(key));
};

/** Identifies the text that was accepted. */
export const termsHash = (language: Language, maySub: boolean): string =>
  createHash('sha256').update(termsIn(language, maySub).join('\n')).digest('hex');

/** The client's mandates, those that can still give access first. */
export async function clientMandates(viewer: Viewer): Promise<MandateView[]> {
  const mandates = await mandatesOf({ client: ownerOf(viewer) });
  return mandates.map((mandate) => clientView(mandate, viewer.language, mandates));
}

export async function clientMandate(viewer: Viewer, id: string): Promise<MandateView | null> {
  return (await clientMandates(viewer)).find((mandate) => mandate.id === id) ?? null;
}

/** @param all the mandates among which sub-mandates are looked up */
export function clientView(mandate: Mandate, language: Language, all: readonly Mandate[] = []) {
  const formats = formatsOf(language);
  const day = (instant: { toString(): string } | null) => instant && formats.date(instant.toString().slice(0, 10));
  const { names } = mandate;
  const colleagues = all.filter(({ parent, state }) => parent === mandate.id && state === 'active');
  return {
    id: mandate.id,
    state: mandate.state,
    /** The other side: the advisor for a client, the client for an advisor. */
    who: names.advisor || names.firm,
    firm: names.firm,
    references: [...names.references],
    until: day(mandate.validUntil),
    answerBefore: day(mandate.answerBefore) ?? '',
    months: mandate.months,
    maySub: mandate.maySub,
    /** For a sub-mandate: the advisor whose client it is. */
    standsInFor: names.standsInFor ?? null,
    /** The names of the colleagues who stand in under it now, as words. */
    colleagues: colleagues.length > 0 ? formats.list(colleagues.map((each) => each.names.advisor)) : null,
  };
}

export type MandateView = ReturnType<typeof clientView>;

export async function ownReferences(
  viewer: Viewer,
): Promise<Loaded<{ readonly id: string; readonly reference: string }[]>> {
  return mapLoaded(await casesOf(viewer), (cases) => cases.map(({ id, reference }) => ({ id, reference })));
}

/** What a code opens for an advisor, sealed beside the code. */
export const mandateSubjectSchema = z.object({
  client: z.string(),
  name: z.string(),
  cases: z.array(z.object({ id: z.string(), reference: z.string() })),
});

/** A code for the client's advisor, who can make an offer with it and a reference. Null when no cases are known. */
export async function makeMandateCode(viewer: Viewer, sessionMark: string): Promise<string | null> {
  const cases = await ownReferences(viewer);
  if (cases.state === 'unavailable' || cases.value.length === 0) return null;
  const subject = { client: ownerOf(viewer), name: viewer.subject.name, cases: cases.value };
  const { digits } = await createCode({
    purpose: 'mandate',
    owner: ownerOf(viewer),
    sessionHash: sessionMark,
    refs: cases.value.map(({ reference }) => referenceHash(reference)),
    seal: (id) => seal(JSON.stringify(subject), `code ${id}`, sealingKeys()),
    language: viewer.language,
    minutes: CODE_HOURS * 60,
  });
  await addAuditEntry(viewer.actor, { action: 'make-code', objectType: 'code', purpose: 'mandate' });
  return digits;
}

const offerSchema = z.object({
  office: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{9}$/)),
  months: z.coerce.number().int().min(1).max(LONGEST_MONTHS).catch(DEFAULT_MONTHS),
  references: z.array(z.string()).min(1),
  colleague: z.boolean(),
});

/** The client requests a mandate with an office: one of its advisors must still accept. */
export async function offerToOffice(
  viewer: Viewer,
  form: FormData,
): Promise<'done' | 'office' | 'cases' | 'unavailable'> {
  const wish = offerSchema.safeParse({
    office: form.get('office') ?? '',
    months: form.get('months'),
    references: form.getAll('reference'),
    colleague: form.has('colleague'),
  });
  if (!wish.success) return wish.error.issues.some(({ path }) => path[0] === 'office') ? 'office' : 'cases';
  const cases = await ownReferences(viewer);
  if (cases.state === 'unavailable') return 'unavailable';
  const chosen = cases.value.filter(({ reference }) => wish.data.references.includes(reference));
  if (chosen.length === 0) return 'cases';
  const offered = await offerMandate({
    client: ownerOf(viewer),
    advisor: null,
    firm: wish.data.office,
    caseIds: chosen.map(({ id }) => id),
    actions: MANDATE_ACTIONS,
    offeredBy: 'client',
    maySub: wish.data.colleague,
    months: wish.data.months,
    textHash: termsHash(viewer.language, wish.data.colleague),
    language: viewer.language,
    names: {
      client: viewer.subject.name,
      advisor: '',
      firm: wish.data.office,
      references: chosen.map(({ reference }) => reference),
    },
  });
  await addAuditEntry(viewer.actor, {
    action: 'offer-mandate',
    objectType: 'mandate',
    objectRef: offered.id,
    grantId: offered.id,
    grantVersion: offered.version,
    language: offered.language,
    viewHash: offered.textHash,
  });
  return 'done';
}

const ANSWERS: Readonly<Record<string, { readonly event: OwnEvent; readonly action: TransitionAction }>> = {
  yes: { event: { do: 'accept', by: 'client' }, action: 'accept-mandate' },
  no: { event: { do: 'decline', by: 'client' }, action: 'decline-mandate' },
  end: { event: { do: 'revoke' }, action: 'revoke-mandate' },
};

/**
 * The client accepts, refuses or ends. Once resolved it holds in every process. Null when it no longer applied.
 *
 * @param maySub whether, on acceptance, a colleague may stand in
 */
export async function answerMandate(
  viewer: Viewer,
  id: string,
  answer: string,
  maySub: boolean,
): Promise<Mandate | null> {
  const step = ANSWERS[answer];
  if (!step) return null;
  const { language } = viewer;
  const signer = answer === 'yes' ? { maySub, language, textHash: (sub: boolean) => termsHash(language, sub) } : {};
  const whose = { client: ownerOf(viewer) };
  // An acceptance only holds with its audit entry.
  if (answer === 'yes')
    return moveMandate(id, whose, step.event, signer, (transaction, { language, textHash, ...moved }) =>
      auditTransition(viewer.actor, step.action, moved, { language, viewHash: textHash }, transaction),
    );
  const moved = await moveMandate(id, whose, step.event);
  // An end must hold even when its audit entry fails.
  if (moved) await auditTransition(viewer.actor, step.action, moved, { reason: 'portal' });
  return moved;
}
