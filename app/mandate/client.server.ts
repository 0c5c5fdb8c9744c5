import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { casesOf } from '~/agency/cases.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Key } from '~/i18n/keys';
import type { Language } from '~/model/language';
import { knownValue, type Loaded, mapLoaded } from '~/model/loaded';
import {
  actionsOf,
  DEFAULT_MONTHS,
  LONGEST_MONTHS,
  MANDATE_SCOPES,
  type MandateScope,
  type OwnEvent,
  scopeOf,
} from '~/model/mandate';
import { OFFICE_SCOPES, type OfficeScope, officeScopeWithin } from '~/model/office';
import type { OwnCase } from '~/model/rights';
import { ungrouped } from '~/model/typed-text';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { dayWords, momentWords } from '~/platform/moment-words.server';
import { ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { forbidUndo } from '~/store/give-back.server';
import { changeTerms, type Mandate, mandatesOver, offerMandate, transitionMandate } from '~/store/mandate.server';
import { seal } from '~/store/seal.server';
import { createCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { auditTransition } from './audit-transition.server';
import { offerAct, type TransitionAction } from './mandate-acts.server';

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
];

/** What the client chose: how much the advisor may do, whether a colleague may stand in, and what the office may do. */
interface Chosen {
  readonly scope: MandateScope;
  readonly maySub: boolean;
  readonly office: OfficeScope;
}

/** @param chosen null: not chosen yet */
export const termsIn = (language: Language, chosen: Chosen | null): string[] => {
  const keys: Key[] = chosen
    ? [
        chosen.scope === 'arrange' ? 'mandate:terms.arrange' : 'mandate:terms.notChange',
        'mandate:terms.notOthers',
        chosen.maySub ? 'mandate:terms.colleague' : 'mandate:terms.noColleague',
        `mandate:terms.office.${chosen.office}`,
      ]
    : ['mandate:terms.notOthers'];
  return [...TERMS, ...keys].map((key) => translatorOf(language)(key));
};

/** Identifies the text that was accepted. */
export const termsHash = (language: Language, chosen: Chosen): string =>
  createHash('sha256').update(termsIn(language, chosen).join('\n')).digest('hex');

/** Without a valid choice, the least. */
const scopeSchema = z.enum(MANDATE_SCOPES).catch('look');
const scopeIn = (form: FormData): MandateScope => scopeSchema.parse(form.get('scope'));

const officeScopeSchema = z.enum(OFFICE_SCOPES).catch('none');

/** What the form lets the office do, within what it lets the advisor do. */
const officeIn = (form: FormData, scope: MandateScope): OfficeScope =>
  officeScopeWithin(actionsOf(scope), officeScopeSchema.parse(form.get('sharing')));

/** Everything that a client chooses when they say yes. */
export function chosenIn(form: FormData): Chosen {
  const scope = scopeIn(form);
  return { scope, maySub: form.has('colleague'), office: officeIn(form, scope) };
}

/**
 * The mandates that open the viewer's data, given by themselves or by others in their cases, newest first, and the
 * references of the cases for which they may give one.
 */
export async function mandatesPage(viewer: Viewer) {
  const asked = await casesOf(viewer);
  const references = mandatable(knownValue(asked) ?? []).map(({ reference }) => reference);
  return {
    mandates: await clientMandates(viewer, asked),
    references,
    /** Why the cases can't be loaded: then others' mandates are missing. */
    why: asked.state === 'unavailable' ? asked.why : null,
    mayGive: references.length > 0 || asked.state !== 'fresh' || asked.value.length === 0,
  };
}

async function clientMandates(viewer: Viewer, asked: Loaded<OwnCase[]>): Promise<ClientMandateView[]> {
  const { mandates, cases } = await mandatesSeen(viewer, asked);
  return mandates.map((mandate) => seenView(viewer, mandate, cases, mandates));
}

export async function clientMandate(viewer: Viewer, id: string): Promise<ClientMandateView | null> {
  return (await clientMandates(viewer, await casesOf(viewer))).find((mandate) => mandate.id === id) ?? null;
}

/** Others' mandates are seen by those who see the people of the case, since they are shown to the advisor too. */
async function mandatesSeen(viewer: Viewer, asked: Loaded<OwnCase[]>) {
  const cases = (knownValue(asked) ?? []).filter(({ rights }) => rights.includes('persons'));
  const ids = cases.map(({ id }) => id);
  return { cases, mandates: await mandatesOver(ownerOf(viewer), ids) };
}

function seenView(viewer: Viewer, mandate: Mandate, cases: readonly OwnCase[], all: readonly Mandate[]) {
  const view = clientView(mandate, viewer.language, all);
  if (mandate.client === ownerOf(viewer)) return { ...view, givenBy: null, mayEnd: true };
  const known = mandate.caseIds.map((caseId) => cases.find(({ id }) => id === caseId));
  return {
    ...view,
    references: known.flatMap((theCase) => theCase?.reference ?? []),
    /** The name of who gave it, when that was not the viewer. */
    givenBy: mandate.names.client,
    mayEnd: known.every((theCase) => theCase?.rights.includes('mandate')),
  };
}

/** The view model of a mandate for a person whose data it opens. */
export type ClientMandateView = ReturnType<typeof seenView>;

/** @param all the mandates among which sub-mandates are looked up */
export function clientView(mandate: Mandate, language: Language, all: readonly Mandate[] = []) {
  const formats = formatsOf(language);
  const { names } = mandate;
  const colleagues = all.filter(({ parent, state }) => parent === mandate.id && state === 'active');
  const before = all.find(
    ({ state, parent, advisor, client, caseIds }) =>
      state === 'active' &&
      parent === null &&
      advisor === mandate.advisor &&
      client === mandate.client &&
      caseIds.some((id) => mandate.caseIds.includes(id)),
  );
  return {
    id: mandate.id,
    state: mandate.state,
    /** It held before a restore of an older database. */
    isAskedAgain: mandate.state === 'pending-client' && mandate.validFrom !== null,
    /** The other side: the advisor for a client, the client for an advisor. */
    who: names.advisor || names.firm,
    firm: names.firm,
    references: [...names.references],
    until: mandate.validUntil && dayWords(mandate.validUntil, language),
    answerBefore: mandate.answerBefore ? dayWords(mandate.answerBefore, language) : '',
    months: mandate.months,
    maySub: mandate.maySub,
    /** What the advisor may do; in an offer, what they ask for. */
    scope: scopeOf(mandate.actions),
    /** What the rest of the office may do; in an offer, what it may do until then. */
    office: officeScopeWithin(
      mandate.actions,
      (mandate.state === 'pending-client' ? before : mandate)?.office ?? 'none',
    ),
    /** For a sub-mandate: the advisor whose client it is. */
    standsInFor: names.standsInFor ?? null,
    /** Until when the advisor can undo that they gave it back. */
    undoUntil: undoMoment(mandate, language, all),
    /** It goes on with one that the advisor had given back. */
    isTakenUp: all.some(({ successor, state }) => successor === mandate.id && state === 'withdrawn-advisor'),
    /** The names of the colleagues who stand in under it now, as words. */
    colleagues: colleagues.length > 0 ? formats.list(colleagues.map((each) => each.names.advisor)) : null,
  };
}

export type MandateView = ReturnType<typeof clientView>;

/** Null once the time is over, or the client gave a newer mandate for one of the cases. */
function undoMoment({ undoUntil, endedAt, client, caseIds }: Mandate, language: Language, all: readonly Mandate[]) {
  if (!undoUntil || !endedAt || Temporal.Instant.compare(undoUntil, now()) <= 0) return null;
  const isNewer = (other: Mandate) =>
    other.client === client &&
    other.clientSignedAt !== null &&
    Temporal.Instant.compare(other.clientSignedAt, endedAt) > 0 &&
    other.caseIds.some((id) => caseIds.includes(id));
  return all.some(isNewer) ? null : momentWords(undoUntil, language);
}

/** The cases for which the viewer may give a mandate, to choose from. */
const mandatable = (cases: readonly OwnCase[]) =>
  cases.filter(({ rights }) => rights.includes('mandate')).map(({ id, reference }) => ({ id, reference }));

const ownReferences = async (viewer: Viewer) => mapLoaded(await casesOf(viewer), mandatable);

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
    .transform(ungrouped)
    .pipe(z.string().regex(/^\d{9}$/)),
  months: z.coerce.number().int().min(1).max(LONGEST_MONTHS).catch(DEFAULT_MONTHS),
  references: z.array(z.string()).min(1),
  scope: scopeSchema,
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
    scope: form.get('scope'),
  });
  const given = chosenIn(form);
  if (!wish.success) return wish.error.issues.some(({ path }) => path[0] === 'office') ? 'office' : 'cases';
  const cases = await ownReferences(viewer);
  if (cases.state === 'unavailable') return 'unavailable';
  const chosen = cases.value.filter(({ reference }) => wish.data.references.includes(reference));
  if (chosen.length === 0) return 'cases';
  await offerMandate(
    {
      client: ownerOf(viewer),
      advisor: null,
      firm: wish.data.office,
      caseIds: chosen.map(({ id }) => id),
      actions: actionsOf(given.scope),
      offeredBy: 'client',
      maySub: given.maySub,
      office: given.office,
      months: wish.data.months,
      textHash: termsHash(viewer.language, given),
      language: viewer.language,
      names: {
        client: viewer.subject.name,
        advisor: '',
        firm: wish.data.office,
        references: chosen.map(({ reference }) => reference),
      },
    },
    (offered, within) => addAuditEntry(viewer.actor, offerAct(offered), within),
  );
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
 * @param chosen on acceptance
 */
export async function answerMandate(
  viewer: Viewer,
  id: string,
  answer: string,
  { scope, maySub, office }: Chosen,
): Promise<Mandate | null> {
  const step = ANSWERS[answer];
  if (!step) return null;
  const { language } = viewer;
  const textHashOf = (sub: boolean) => termsHash(language, { scope, maySub: sub, office });
  const signer = answer === 'yes' ? { maySub, office, language, actions: actionsOf(scope), textHash: textHashOf } : {};
  const whose = { client: ownerOf(viewer) };
  // An acceptance only holds with its audit entry.
  if (answer === 'yes')
    return transitionMandate(id, whose, step.event, signer, (transaction, { language, textHash, ...transition }) =>
      auditTransition(viewer.actor, step.action, transition, { language, viewHash: textHash }, transaction),
    );
  const transition = await transitionMandate(id, whose, step.event);
  // An end must hold even when its audit entry fails.
  if (transition) await auditTransition(viewer.actor, step.action, transition, { reason: 'portal' });
  return transition ?? (answer === 'end' ? endForAnother(viewer, id) : null);
}

/** The client does not let the advisor undo that they gave the mandate back. */
export async function refuseUndo(viewer: Viewer, id: string): Promise<boolean> {
  const refused = await forbidUndo(id, ownerOf(viewer));
  const act = { action: 'change-mandate', objectType: 'mandate', objectRef: id, grantId: id } as const;
  if (refused) await addAuditEntry(viewer.actor, { ...act, reason: 'no undo' });
  return refused;
}

/** The client changes what the advisor or the office may do; it holds at once. False when nothing was to be changed. */
export async function changeChosen(viewer: Viewer, id: string, form: FormData): Promise<boolean> {
  const { actor, language } = viewer;
  const isOfOffice = form.get('do') === 'office';
  const wished = isOfOffice
    ? { office: officeScopeSchema.parse(form.get('sharing')) }
    : { actions: actionsOf(scopeIn(form)) };
  const textHash = ({ actions, office, maySub }: Parameters<Parameters<typeof changeTerms>[3]>[0]) =>
    termsHash(language, { scope: scopeOf(actions), maySub, office: officeScopeWithin(actions, office) });
  const changed = await changeTerms(id, ownerOf(viewer), wished, textHash, (transaction, transition) => {
    const { actions, office, textHash: viewHash } = transition;
    const reason = isOfOffice ? `office ${office}` : scopeOf(actions);
    return auditTransition(actor, 'change-mandate', transition, { language, viewHash, reason }, transaction);
  });
  return changed !== null;
}

/** Ends a mandate that another person gave over cases for which the viewer may give mandates too. */
async function endForAnother(viewer: Viewer, id: string): Promise<Mandate | null> {
  const { mandates, cases } = await mandatesSeen(viewer, await casesOf(viewer));
  const mandate = mandates.find((each) => each.id === id);
  if (!mandate || !seenView(viewer, mandate, cases, mandates).mayEnd) return null;
  const transition = await transitionMandate(id, { client: mandate.client }, { do: 'revoke' });
  const entry = { reason: 'portal', onBehalfOf: mandate.client };
  if (transition) await auditTransition(viewer.actor, 'revoke-mandate', transition, entry);
  return transition;
}
