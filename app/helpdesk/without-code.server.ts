import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { callerOf } from '~/agency/cases.server';
import type { Act } from '~/audit/act';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { data } from '~/framework/node.server';
import type { Professional } from '~/identity/session.server';
import {
  CASE_FACTS,
  EMERGENCY_CATEGORIES,
  EMERGENCY_REPORT_CHARACTERS,
  FACTS_NEEDED,
  lookPurposeOf,
  VIEW_AS_PURPOSES,
} from '~/model/view-as';
import type { Viewer } from '~/model/viewer';
import { actorPseudonym, caseReference, ownerOf } from '~/platform/pseudonym.server';
import { employeeNumber, isAnybodyApart } from '~/store/employee.server';
import { requestText } from '~/store/request-text.server';
import { seal, unseal } from '~/store/seal.server';
import { rowKeys, sealingKeys } from '~/store/store.server';
import { openWithoutCode, type ViewGrant } from '~/store/view-grant.server';
import {
  isInTime,
  type LogRequest,
  makeEmergency,
  makeRequest,
  requestOf,
  takeRequest,
  tieToGrant,
  type ViewRequest,
} from '~/store/view-request.server';
import { refusedFields } from '~/ui/form-values';
import { callSchema, GROUNDS, origin, type RefusedForm, TOO_CLOSE } from './call.server';
import { isTooClose } from './close-relations.server';

const callBackSchema = callSchema.extend({
  purpose: z.enum(VIEW_AS_PURPOSES),
  calledBack: z.literal('yes'),
  /** The employee's own number at work. */
  reach: z.string().trim().max(40).default(''),
  facts: z
    .array(z.enum(CASE_FACTS))
    .transform((facts) => [...new Set(facts)])
    .refine((facts) => facts.length >= FACTS_NEEDED),
});
const emergencySchema = callSchema.extend({
  category: z.enum(EMERGENCY_CATEGORIES),
  report: z
    .string()
    .transform((text) => text.trim().replace(/\s+/g, ' '))
    .pipe(z.string().min(EMERGENCY_REPORT_CHARACTERS).max(2_000)),
  hold: z.literal('yes').optional(),
});

/**
 * For a caller who can't sign in, was called back and knew three facts. Asks for a second employee's approval. No
 * backend gets the reference before that, so the answer is the same for every reference.
 */
export async function askApproval(
  agent: Professional,
  form: FormData,
): Promise<{ readonly request: ViewRequest } | RefusedForm> {
  const wish = callBackSchema.safeParse({ ...Object.fromEntries(form), facts: form.getAll('facts') });
  if (!wish.success) return { why: 'unfilled', wrong: refusedFields(wish.error) };
  const { reference, call, purpose, facts, reach } = wish.data;
  const request = await makeRequest(
    {
      ...(await makerOf(agent)),
      kind: 'alt',
      purpose,
      callId: call,
      category: null,
      facts,
      asker: [agent.actor.name, reach].filter((part) => part !== '').join(' · '),
      reference,
      report: null,
      delayWanted: false,
    },
    logFor(agent, { action: 'ask-approval', reason: `called back; ${facts.join(' ')}` }),
  );
  return { request };
}

/** Whether any employee could approve this employee's request. */
export const isAnybodyToApprove = (agent: Professional) => isAnybodyApart(actorPseudonym(agent.actor.id));

/**
 * Danger to life: opens at once, for ten minutes. The report is logged before any backend is asked. The person sees the
 * look until a second employee confirms it and hides it.
 */
export async function breakGlass(
  agent: Professional,
  form: FormData,
): Promise<
  { readonly grant: ViewGrant } | RefusedForm | { readonly why: 'cannot' | 'failed' | 'open-limit' | 'day-limit' }
> {
  const wish = emergencySchema.safeParse(Object.fromEntries(form));
  if (!wish.success) return { why: 'unfilled', wrong: refusedFields(wish.error) };
  const { reference, call, category, report, hold } = wish.data;
  const { EMERGENCIES_OPEN, EMERGENCIES_A_DAY } = config();
  const request = await makeEmergency(
    {
      ...(await makerOf(agent)),
      kind: 'glass',
      purpose: 'question-page',
      callId: call,
      category,
      facts: [],
      reference,
      report,
      delayWanted: hold === 'yes',
    },
    { open: EMERGENCIES_OPEN, aDay: EMERGENCIES_A_DAY },
    logFor(agent, { action: 'break-glass', reason: category }),
  );
  if (typeof request === 'string') {
    const refused = { result: 'denied', reason: request, callId: call, ...origin(agent) } as const;
    await addAuditEntry(agent.actor, { action: 'break-glass', objectType: 'request', consent: 'glass', ...refused });
    return { why: request };
  }
  return open(agent, request, reference);
}

/**
 * Returns the employee's own request.
 * @throws a 404 response for another employee's, a missing or a malformed id
 */
export async function ownRequest(agent: Professional, id: string | undefined): Promise<ViewRequest> {
  const request = await requestOf(id ?? '', actorPseudonym(agent.actor.id), agent.sessionMark);
  if (request?.kind !== 'alt') throw data(null, { status: 404 });
  return request;
}

/** The request's state, as one word. */
export async function standOf({ id, state }: ViewRequest): Promise<'waiting' | 'approved' | 'refused' | 'over'> {
  if (state === 'refused') return 'refused';
  if (state === 'used' || state === 'withdrawn' || !(await isInTime(id))) return 'over';
  return state === 'approved' ? 'approved' : 'waiting';
}

/** Opens what a second employee approved, once. */
export async function openApproved(
  agent: Professional,
  { id }: ViewRequest,
): Promise<{ readonly grant: ViewGrant } | { readonly why: 'cannot' | 'failed' }> {
  const request = await takeRequest(id, actorPseudonym(agent.actor.id), logFor(agent));
  const reference = request?.reference && unseal(request.reference, contextOf(request.id), rowKeys());
  return request && reference ? open(agent, request, reference) : { why: 'cannot' };
}

/**
 * Logs what happens to requests. The entry of a new one holds the hash of its row, so that the verifier finds a change.
 *
 * @param making how the entry of a new one differs
 */
export const logFor =
  (agent: Professional, making?: Pick<Act, 'action' | 'reason'>): LogRequest =>
  async (what, request, within) => {
    const entry = entryOf(agent, request);
    if (what === 'withdrawn') await addAuditEntry(agent.actor, { ...entry, action: 'withdraw-request' }, within);
    if (what === 'used') await addAuditEntry(agent.actor, { ...entry, action: 'use-approval' }, within);
    if (what === 'made' && making)
      await addAuditEntry(agent.actor, { ...entry, ...making, shown: requestText(request) }, within);
  };

/** Logs the request, asks the agency whose case it is, then opens the view. */
async function open(
  agent: Professional,
  request: ViewRequest,
  reference: string,
): Promise<{ readonly grant: ViewGrant } | { readonly why: 'cannot' | 'failed' }> {
  const id = randomUUID();
  await addAuditEntry(agent.actor, {
    ...entryOf(agent, request),
    action: 'find-caller',
    grantId: id,
    fields: ['subject'],
  });
  const found = await callerOf(
    agent.actor,
    id,
    lookPurposeOf({ method: request.kind, purpose: request.purpose }),
    reference,
  );
  if (found.state === 'unavailable') return { why: 'failed' };
  if (!found.value) {
    await addAuditEntry(agent.actor, {
      ...entryOf(agent, request),
      action: 'find-caller',
      result: 'denied',
      grantId: id,
    });
    return { why: 'cannot' };
  }
  const { subject, theCase } = found.value;
  const { agent: me, agentNumber: number, agentSession, kind, purpose, callId, answeredBy } = request;
  const owner = ownerOf({ subject });
  // Neither employee may be close to the caller: not the one who asked, nor the one who approved.
  for (const eyes of [me, answeredBy])
    if (eyes && (await isTooClose(eyes, owner))) {
      const refused = { result: 'denied', reason: TOO_CLOSE, grantId: id, onBehalfOf: owner } as const;
      await addAuditEntry(agent.actor, { ...entryOf(agent, request), ...refused, action: 'find-caller' });
      return { why: 'cannot' };
    }
  // Tied first, so that a disclosure delay covers the view from its first moment.
  await tieToGrant(request.id, id);
  const viewer: Viewer = { actor: agent.actor, subject, basis: 'view-as', scope: 'read', language: agent.language };
  const grant = await openWithoutCode({
    id,
    agent: me,
    agentNumber: number,
    agentSession,
    owner,
    purpose,
    callId,
    language: agent.language,
    method: kind,
    subject: seal(JSON.stringify(subject), `grant ${id}`, sealingKeys()),
    onlyCase: kind === 'alt' ? caseReference(viewer, theCase) : null,
    secondApprover: answeredBy,
  });
  return { grant };
}

/** Texts of a request are sealed under its id. */
export const contextOf = (id: string): string => `request ${id}`;

const makerOf = async (agent: Professional) => ({
  agent: actorPseudonym(agent.actor.id),
  agentNumber: await employeeNumber(actorPseudonym(agent.actor.id)),
  agentSession: agent.sessionMark,
  asker: agent.actor.name,
  seal: (text: string, id: string) => seal(text, contextOf(id), rowKeys()),
});

const entryOf = (agent: Professional, { id, kind, purpose, callId, answeredBy }: ViewRequest) =>
  ({
    objectType: 'request',
    objectRef: id,
    purpose,
    callId,
    consent: kind,
    ground: GROUNDS[kind],
    secondApprover: answeredBy,
    ...origin(agent),
  }) as const;
