import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { untilOf } from '~/audit/disclosure-delays';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Professional } from '~/identity/session.server';
import { areIndependent } from '~/model/four-eyes';
import { CASE_FACTS, nextViewAs } from '~/model/view-as';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { placeOf } from '~/store/employee.server';
import { unseal } from '~/store/seal.server';
import { rowKeys } from '~/store/store.server';
import { revokeGrant } from '~/store/view-grant.server';
import {
  type Answer,
  answerRequest,
  requestCount,
  requestFor,
  requestsFor,
  type ViewRequest,
} from '~/store/view-request.server';
import { GROUNDS, origin } from './call.server';
import { contextOf } from './without-code.server';

const ON_A_PAGE = 10;

/**
 * A page of the requests that this employee may answer: those of colleagues outside their team and chain of leads,
 * never their own. Requests name cases and people, so reading them is logged first.
 *
 * @param page counts from 0
 */
export async function requestViews(agent: Professional, page: number) {
  const found = await requestsFor(actorPseudonym(agent.actor.id), page * ON_A_PAGE, ON_A_PAGE + 1);
  const requests = found.slice(0, ON_A_PAGE);
  for (const { id, kind, grantId, callId } of requests)
    await addAuditEntry(agent.actor, {
      action: 'read-requests',
      objectType: 'request',
      objectRef: id,
      fields: ['call', 'facts', 'reference', 'report'],
      grantId,
      callId,
      consent: kind,
      ...origin(agent),
    });
  return { requests: viewsOf(requests, agent), hasMore: found.length > ON_A_PAGE };
}

const viewsOf = (requests: readonly ViewRequest[], agent: Professional) =>
  requests.map((request) => ({
    id: request.id,
    kind: request.kind,
    agentNumber: request.agentNumber,
    callId: request.callId,
    purpose: request.purpose,
    category: request.category,
    facts: CASE_FACTS.filter((fact) => request.facts.includes(fact)),
    reference: opened(request.reference, request),
    report: opened(request.report, request),
    asker: opened(request.asker, request),
    delayWanted: request.delayWanted,
    until: formatsOf(agent.language).clock(request.answerBefore.toString(), config().AGENCY_ZONE),
  }));

/** How many of them the first page would show. */
export const requestsWaiting = async (agent: Pick<Professional, 'actor'>): Promise<number> =>
  Math.min(ON_A_PAGE, await requestCount(actorPseudonym(agent.actor.id)));

const answerSchema = z.object({ request: z.string(), answer: z.enum(['yes', 'yes-hidden', 'no']) });

/**
 * The second employee's answer. After a yes a call-back may be opened; an emergency that is refused ends at once. With
 * `yes-hidden` the person sees the look later, where the first employee asked for that.
 * `cannot`: the request is their own or a close colleague's, was answered before, is too late, or does not exist.
 */
export async function answer(agent: Professional, form: FormData): Promise<Answer | 'cannot'> {
  const parsed = answerSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return 'cannot';
  const { answer: given } = parsed.data;
  const me = actorPseudonym(agent.actor.id);
  const request = await requestFor(me, parsed.data.request);
  if (!request || !(await mayAnswer(request, me))) return 'cannot';
  const entry = {
    objectType: 'request',
    objectRef: request.id,
    grantId: request.grantId,
    callId: request.callId,
    purpose: request.purpose,
    consent: request.kind,
    ground: GROUNDS[request.kind],
    ...origin(agent),
  } as const;
  const answered = await answerRequest(request.id, me, given, async ({ kind, holdUntil }, within) => {
    await addAuditEntry(agent.actor, { ...entry, action: ACTIONS[kind][given === 'no' ? 'no' : 'yes'] }, within);
    if (holdUntil)
      await addAuditEntry(agent.actor, { ...entry, action: 'safety-hold', reason: untilOf(holdUntil) }, within);
  });
  if (!answered) return 'cannot';
  if (given === 'no' && answered.grantId) await revokeGrant(answered.grantId);
  return given;
}

/** Four eyes, by the state machine's rule. An emergency also needs a confirmation from an independent employee. */
async function mayAnswer({ kind, agent: asker }: ViewRequest, me: string): Promise<boolean> {
  const [agent, by] = await Promise.all([placeOf(asker), placeOf(me)]);
  if (kind === 'glass') return areIndependent(agent, by);
  return nextViewAs({ state: 'alt-pending', agent, requestedBy: asker, opened: null }, { do: 'approve', by }) !== null;
}

const opened = (sealed: Buffer | null, { id }: ViewRequest) => sealed && unseal(sealed, contextOf(id), rowKeys());

const ACTIONS = {
  alt: { yes: 'approve-view', no: 'refuse-view' },
  glass: { yes: 'confirm-emergency', no: 'refuse-emergency' },
} as const;
