import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { record } from '~/audit/record.server';
import { data, redirect } from '~/framework/node.server';
import type { Professional } from '~/identity/session.server';
import { isCallNumber, spokenDigits, VIEW_AS_PURPOSES } from '~/model/view-as';
import type { Viewer } from '~/model/viewer';
import { actorPseudonym, ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { employeeNumber } from '~/store/employee.server';
import { seal } from '~/store/seal.server';
import { callerCheckOf, findByReferenceHash, verifyCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { endByAgent, locateGrant, openGrant, readGrant, touchGrant, type ViewGrant } from '~/store/view-grant.server';
import { wrongIn } from '~/ui/said';
import { isTooClose } from './close-by.server';
import type { ShownParts } from './earlier-looks.server';
import { languageOr, openSubject } from './names.server';

/** What every way to a caller's file begins with. */
export const callSchema = z.object({
  reference: z.string().trim().min(1).max(60),
  call: z.string().trim().refine(isCallNumber),
});
const locateSchema = callSchema.extend({ purpose: z.enum(VIEW_AS_PURPOSES) });

/** A form that was not taken, and in which fields something is missing or wrong. */
export interface Unfilled {
  readonly why: 'unfilled';
  readonly wrong: readonly string[];
}

export type Located = { readonly grant: ViewGrant } | Unfilled | { readonly why: 'cannot' };

/**
 * The first step of a call: "can continue" or "cannot", and nothing more, whether the reference is nobody's, somebody's
 * who is not ready, or no reference at all. No backend is asked.
 */
export async function locate(agent: Professional, form: FormData): Promise<Located> {
  const wish = locateSchema.safeParse(Object.fromEntries(form));
  if (!wish.success) return { why: 'unfilled', wrong: wrongIn(wish.error) };
  const { reference, purpose, call } = wish.data;
  const code = await findByReferenceHash('view', referenceHash(reference));
  const me = actorPseudonym(agent.actor.id);
  const said = { action: 'locate', objectType: 'grant', purpose, callId: call, ...origin(agent) } as const;
  if (!code) {
    await record(agent.actor, { ...said, result: 'denied', reason: 'cannot-continue' });
    return { why: 'cannot' };
  }
  if (await isTooClose(me, code.owner)) {
    await record(agent.actor, { ...said, result: 'denied', reason: TOO_CLOSE, onBehalfOf: code.owner });
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
  });
  await record(agent.actor, { ...said, objectRef: grant.id, grantId: grant.id, onBehalfOf: code.owner });
  return { grant };
}

/** The employee's located or active call. Anybody else's, a missing and a malformed one are the same: not found. */
export async function callOf(agent: Professional, id: string | undefined): Promise<ViewGrant> {
  const grant = await readGrant(id ?? '', actorPseudonym(agent.actor.id));
  if (!grant || grant.agentSession !== agent.sessionMark) throw data(null, { status: 404 });
  return grant;
}

/** Tries the code that the caller said. Right: the view is open for 15 minutes, and for this employee's session only. */
export async function openWithCode(
  agent: Professional,
  grant: ViewGrant,
  typed: string,
): Promise<'open' | 'wrong' | 'too-often'> {
  const me = actorPseudonym(agent.actor.id);
  if (grant.codeId === null) return 'wrong';
  const said = {
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
    await record(agent.actor, { ...said, result: 'denied', reason: 'over' });
    return 'wrong';
  }
  if (await isTooClose(me, grant.owner)) {
    await record(agent.actor, { ...said, result: 'denied', reason: TOO_CLOSE });
    return 'wrong';
  }
  const verified = await verifyCode(grant.codeId, me, spokenDigits(typed) ?? '');
  const subject = verified.ok ? openSubject(verified.code.subject, `code ${verified.code.id}`) : null;
  if (!verified.ok || !subject || ownerOf({ subject }) !== grant.owner) {
    const why = verified.ok ? 'wrong' : verified.why;
    await record(agent.actor, { ...said, result: 'denied', reason: why });
    return why;
  }
  // On record first: without it there is no view.
  await record(agent.actor, { ...said, ground: 'consent-by-code' });
  const opened = await openGrant(grant.id, me, seal(JSON.stringify(subject), `grant ${grant.id}`, sealingKeys()));
  if (opened) return 'open';
  // Ended between the two: the record must not say that there was a view.
  await record(agent.actor, { ...said, result: 'failed', reason: 'over' });
  return 'wrong';
}

/** The view of this very moment and the viewer that it makes: read only, one person, in the caller's language. */
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
    language: languageOr(grant.language, 'nl'),
    grant: grant.id,
  };
  return { grant, viewer };
}

/**
 * Puts on record what is about to be shown, and looks once more whether it still may be: a STOP that came while the page
 * was made counts. Gives the page's own key: it stands until another page of the view is given out, in whichever tab.
 */
export async function recordView(
  agent: Professional,
  grant: ViewGrant,
  action: 'view-cases' | 'view-case',
  shown: unknown,
  shownParts: ShownParts | null = null,
): Promise<string> {
  await record(agent.actor, {
    action,
    objectType: action === 'view-case' ? 'case' : 'cases',
    objectRef: grant.id,
    fields: grant.method === 'alt' ? ['stage', 'moment', 'desk'] : WHOLE_PAGE,
    ground: GROUNDS[grant.method],
    consent: grant.method,
    secondApprover: grant.secondApprover,
    purpose: grant.purpose,
    subjects: [grant.owner],
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

/** Why a look is refused on record: the file is the employee's own, a colleague's or a relation's. */
export const TOO_CLOSE = 'own-or-close';
/** On what ground a view is, by how it was opened. */
export const GROUNDS = { code: 'consent-by-code', alt: 'second-approval', glass: 'emergency' } as const;
const WHOLE_PAGE = ['stage', 'next-step', 'period', 'wait', 'people', 'reference'];

export const origin = (agent: Professional) => ({ actorAssurance: agent.assurance, actorUnit: 'helpdesk' });

/** The number that the employee says to the caller before the caller gives a code; null once the call is past that. */
export const callerCheckFor = async ({ state, codeId }: ViewGrant): Promise<string | null> =>
  state === 'located' && codeId !== null ? callerCheckOf(codeId) : null;

/** Ends the call and the employee's access to the caller's pages. */
export async function endCall({ actor }: Professional, { id }: ViewGrant): Promise<void> {
  await endByAgent(id, actorPseudonym(actor.id));
  await record(actor, { action: 'end-view', objectType: 'grant', objectRef: id, grantId: id });
}
