import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { hasContacts } from '~/agency/klantinteracties/contact-moments.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { data, redirect } from '~/framework/node.server';
import { shownOr } from '~/i18n/shown-languages.server';
import type { Professional } from '~/identity/session.server';
import type { OwnCase } from '~/model/rights';
import { isCallNumber, lookPurposeOf, spokenDigits, VIEW_AS_PURPOSES } from '~/model/view-as';
import type { Viewer } from '~/model/viewer';
import { actorPseudonym, ownerOf, referenceHash, subjectsOf } from '~/platform/pseudonym.server';
import { employeeNumber } from '~/store/employee.server';
import { seal } from '~/store/seal.server';
import { callerCheckOf, findByReferenceHash, verifyCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import {
  endByAgent,
  locateGrant,
  openGrant,
  openGrantBy,
  readGrant,
  resumeGrant,
  touchGrant,
  type ViewGrant,
} from '~/store/view-grant.server';
import { refusedFields } from '~/ui/form-values';
import { isTooClose } from './close-relations.server';
import type { ShownParts } from './earlier-looks.server';
import { openSubject } from './names.server';

/** The fields of every form that opens a caller's file. */
export const callSchema = z.object({
  reference: z.string().trim().min(1).max(60),
  call: z.string().trim().refine(isCallNumber),
});
const locateSchema = callSchema.extend({ purpose: z.enum(VIEW_AS_PURPOSES) });

/** A refused form. `wrong` names the fields that are missing or wrong. */
export interface RefusedForm {
  readonly why: 'unfilled';
  readonly wrong: readonly string[];
}

export type LocateResult = { readonly grant: ViewGrant } | RefusedForm | { readonly why: 'cannot' };

/**
 * Starts a call. Answers "can continue" or "cannot" and nothing more: an unknown reference, one without a code and text
 * that is no reference look the same. Asks no backend.
 */
export async function locate(agent: Professional, form: FormData): Promise<LocateResult> {
  const wish = locateSchema.safeParse(Object.fromEntries(form));
  if (!wish.success) return { why: 'unfilled', wrong: refusedFields(wish.error) };
  const { reference, purpose, call } = wish.data;
  const code = await findByReferenceHash('view', referenceHash(reference));
  const me = actorPseudonym(agent.actor.id);
  const entry = { action: 'locate', objectType: 'grant', purpose, callId: call, ...origin(agent) } as const;
  if (!code) {
    await addAuditEntry(agent.actor, { ...entry, result: 'denied', reason: 'cannot-continue' });
    return { why: 'cannot' };
  }
  if (await isTooClose(me, code.owner)) {
    await addAuditEntry(agent.actor, { ...entry, result: 'denied', reason: TOO_CLOSE, onBehalfOf: code.owner });
    return { why: 'cannot' };
  }
  const grant = await locateGrant({
    agent: me,
    agentNumber: await employeeNumber(me),
    agentSession: agent.sessionMark,
    owner: code.owner,
    codeId: code.id,
    purpose,
    callId: call,
    language: code.language,
    pageWidth: code.pageWidth,
    ...(hasContacts() && { referenceHash: referenceHash(reference) }),
  });
  await addAuditEntry(agent.actor, { ...entry, objectRef: grant.id, grantId: grant.id, onBehalfOf: code.owner });
  return { grant };
}

/**
 * Returns the employee's call. One that was open when their session was lost goes on in the next one.
 *
 * @throws a 404 response for another employee's, a missing or a malformed id
 */
export async function callOf(agent: Professional, id: string | undefined): Promise<ViewGrant> {
  const me = actorPseudonym(agent.actor.id);
  const grant = await readGrant(id ?? '', me);
  if (!grant) throw data(null, { status: 404 });
  if (grant.agentSession === agent.sessionMark) return grant;
  const resumed = await resumeGrant(grant.id, me, agent.sessionMark);
  if (!resumed) throw data(null, { status: 404 });
  await addAuditEntry(agent.actor, {
    action: 'resume-view',
    objectType: 'grant',
    objectRef: resumed.id,
    grantId: resumed.id,
    callId: resumed.callId,
    onBehalfOf: resumed.owner,
    ...origin(agent),
  });
  return resumed;
}

/** Checks the code that the caller said. A right one opens the view for 15 minutes, in this employee's session only. */
export async function openWithCode(
  agent: Professional,
  grant: ViewGrant,
  typed: string,
): Promise<'open' | 'wrong' | 'malformed' | 'too-often'> {
  const me = actorPseudonym(agent.actor.id);
  if (grant.codeId === null) return 'wrong';
  const entry = {
    action: 'verify-code',
    objectType: 'grant',
    objectRef: grant.id,
    grantId: grant.id,
    callId: grant.callId,
    purpose: grant.purpose,
    consent: 'code',
    onBehalfOf: grant.owner,
    ...origin(agent),
  } as const;
  // A call that is over must not use up the caller's code, which the next call needs.
  if (grant.state !== 'located') {
    await addAuditEntry(agent.actor, { ...entry, result: 'denied', reason: 'over' });
    return 'wrong';
  }
  if (await isTooClose(me, grant.owner)) {
    await addAuditEntry(agent.actor, { ...entry, result: 'denied', reason: TOO_CLOSE });
    return 'wrong';
  }
  const digits = spokenDigits(typed);
  // A slip of the fingers is no guess: it counts neither against the code nor against the employee.
  if (digits === null) return 'malformed';
  const verified = await verifyCode(grant.codeId, me, digits);
  const subject = verified.ok ? openSubject(verified.code.subject, `code ${verified.code.id}`) : null;
  if (!verified.ok || !subject || ownerOf({ subject }) !== grant.owner) {
    const why = verified.ok ? 'wrong' : verified.why;
    await addAuditEntry(agent.actor, { ...entry, result: 'denied', reason: why });
    return why;
  }
  // Logged first: without an audit entry there is no view.
  await addAuditEntry(agent.actor, { ...entry, ground: 'consent-by-code' });
  const opened = await openGrant(grant.id, me, seal(JSON.stringify(subject), `grant ${grant.id}`, sealingKeys()));
  if (opened) return 'open';
  // The call ended in between, so the audit log must not say that there was a view.
  await addAuditEntry(agent.actor, { ...entry, result: 'failed', reason: 'over' });
  return 'wrong';
}

/** The open view and its viewer: read only, one person, in the caller's language. */
export async function requireViewAs(
  agent: Professional,
  id: string | undefined,
): Promise<{ grant: ViewGrant; viewer: Viewer }> {
  const grant = await touchGrant(id ?? '', actorPseudonym(agent.actor.id), agent.sessionMark);
  const subject = grant && openSubject(grant.subject, `grant ${grant.id}`);
  if (!grant || !subject) {
    await callOf(agent, id);
    throw redirect(`/${agent.language}/helpdesk/calls/${id}`);
  }
  const viewer: Viewer = {
    actor: agent.actor,
    subject,
    basis: 'view-as',
    scope: 'read',
    language: shownOr(grant.language),
    grant: grant.id,
    purpose: lookPurposeOf(grant),
  };
  return { grant, viewer };
}

/**
 * Logs what is about to be shown, then checks again that the view is still open: a STOP while the page was made counts.
 * Returns the page's key, which is valid until the view gives out another page, in whichever tab.
 *
 * @param parties the people whom the page names: each of them sees the look too
 */
export async function logViewedPage(
  agent: Professional,
  grant: ViewGrant,
  action: 'view-cases' | 'view-case' | 'view-visit' | 'view-log',
  shown: unknown,
  {
    parties = [],
    shownParts = null,
    fields = WHOLE_PAGE,
  }: {
    readonly parties?: OwnCase['parties'];
    readonly shownParts?: ShownParts | null;
    readonly fields?: readonly string[];
  } = {},
): Promise<string> {
  await addAuditEntry(agent.actor, {
    action,
    objectType: OBJECTS[action],
    objectRef: grant.id,
    fields: grant.method === 'alt' ? ['stage', 'moment', 'desk'] : fields,
    ground: GROUNDS[grant.method],
    consent: grant.method,
    secondApprover: grant.secondApprover,
    purpose: grant.purpose,
    onBehalfOf: grant.owner,
    subjects: subjectsOf(grant.owner, { parties }),
    grantId: grant.id,
    callId: grant.callId,
    language: grant.language,
    shown,
    shownParts,
    ...origin(agent),
  });
  const page = randomUUID();
  const still = await touchGrant(grant.id, actorPseudonym(agent.actor.id), agent.sessionMark, page);
  if (!still) throw redirect(`/${agent.language}/helpdesk/calls/${grant.id}`);
  return page;
}

/** The reason in the audit log when the file is the employee's own, a colleague's or a relation's. */
export const TOO_CLOSE = 'own-or-close';
/** The legal ground of a view, by how it was opened. */
export const GROUNDS = { code: 'consent-by-code', alt: 'second-approval', glass: 'emergency' } as const;
const OBJECTS = { 'view-cases': 'cases', 'view-case': 'case', 'view-visit': 'booking', 'view-log': 'log' } as const;
const WHOLE_PAGE = ['stage', 'next-step', 'period', 'wait', 'people', 'reference'];

export const origin = (agent: Professional) => ({ actorAssurance: agent.assurance, actorUnit: 'helpdesk' });

/** The number that the employee reads to the caller before the caller gives a code; null in any later state. */
export const callerCheckFor = async ({ state, codeId }: ViewGrant): Promise<string | null> =>
  state === 'located' && codeId !== null ? callerCheckOf(codeId) : null;

/** Ends the call and the employee's access to the caller's pages. */
export async function endCall({ actor }: Professional, { id }: ViewGrant): Promise<void> {
  await endByAgent(id, actorPseudonym(actor.id));
  await addAuditEntry(actor, { action: 'end-view', objectType: 'grant', objectRef: id, grantId: id });
}

/**
 * The call that a telephone system opens the page with; null without one. The address holds the call's number and a case's
 * reference and nothing else: anything that is neither counts as not given.
 */
export function poppedCall(query: URLSearchParams): { readonly call: string; readonly reference: string } | null {
  const call = query.get('call') ?? '';
  const reference = (query.get('ref') ?? '').trim().slice(0, 60);
  if (!isCallNumber(call)) return reference === '' ? null : { call: '', reference };
  return { call, reference };
}

/** The employee's open call of this number; null without one. */
export async function runningCall({ actor }: Professional, call: string): Promise<string | null> {
  const grant = await openGrantBy(actorPseudonym(actor.id));
  return grant !== null && call !== '' && grant.callId === call ? grant.id : null;
}
