import { createHash, randomInt, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { locate as locateCall, logViewedPage, openWithCode, requireViewAs } from '~/helpdesk/call.server';
import { stopView } from '~/helpdesk/caller.server';
import { answer } from '~/helpdesk/second-person.server';
import { askApproval, logFor } from '~/helpdesk/without-code.server';
import type { Professional } from '~/identity/session.server';
import type { Subject, Viewer } from '~/model/viewer';
import { actorPseudonym, ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { seal } from '~/store/seal.server';
import { createSession, deleteSession } from '~/store/session.server';
import { createCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { endByAgent, openWithoutCode, readGrant } from '~/store/view-grant.server';
import { makeRequest, takeRequest, tieToGrant } from '~/store/view-request.server';
import { storeEmployee } from '../../app/helpdesk/close-relations.server';

/** A caller with a case, without a session or code yet. */
export interface Caller {
  readonly subject: Subject;
  readonly reference: string;
  readonly viewer: Viewer;
}

export function newCaller(): Caller {
  const subject = { person: { kind: 'bsn', value: String(randomInt(1e8, 1e9)) }, name: randomUUID() } as const;
  const actor = { id: randomUUID(), role: 'applicant', name: '' } as const;
  const viewer = { actor, subject, basis: 'self', scope: 'write', language: 'ar' } as const;
  return { subject, reference: randomUUID(), viewer };
}

export const newAgent = (): Professional => ({
  actor: { id: randomUUID(), role: 'staff', name: '' },
  staffRoles: ['helpdesk'],
  office: null,
  assurance: null,
  sessionMark: randomUUID(),
  language: 'nl',
});

/** An employee of a team, stored as after a sign-in. */
export async function employed(team: string, leads: readonly string[]): Promise<Professional> {
  const agent = newAgent();
  await storeEmployee(agent.actor.id, { person: null, team, leads });
  return agent;
}

const form = (fields: Readonly<Record<string, string>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

export const signIn = () => createSession({}, { idleMinutes: 60, absoluteMinutes: 600 }, Temporal.Now.instant());
export const signOut = deleteSession;

/** Creates a code as the caller's page does, without asking the agency for the references. */
export async function makeCode({ subject, reference }: Caller, sessionId: string) {
  return createCode({
    purpose: 'view',
    owner: ownerOf({ subject }),
    sessionHash: createHash('sha256').update(sessionId).digest('hex'),
    refs: [referenceHash(reference)],
    seal: (id) => seal(JSON.stringify(subject), `code ${id}`, sealingKeys()),
    language: 'ar',
    pageWidth: 22.5,
    minutes: 10,
  });
}

/** Returns the id of the grant, or null when it was refused. */
export async function locate(agent: Professional, { reference }: Caller): Promise<string | null> {
  const located = await locateCall(agent, form({ reference, purpose: 'question-page', call: 'call-1' }));
  return 'grant' in located ? located.grant.id : null;
}

export async function typeCode(agent: Professional, id: string, digits: string) {
  const grant = await readGrant(id, actorPseudonym(agent.actor.id));
  return grant ? openWithCode(agent, grant, digits) : null;
}

/** Returns the page's viewer after the look is audited, or null when there is no page. */
export async function look(agent: Professional, id: string): Promise<Viewer | null> {
  try {
    const { grant, viewer } = await requireViewAs(agent, id);
    await logViewedPage(agent, grant, 'view-cases', { page: id });
    return viewer;
  } catch (thrown) {
    if (thrown instanceof Error) throw thrown;
    return null;
  }
}

export const stop = ({ viewer }: Caller) => stopView(viewer);
export const end = (agent: Professional, id: string) => endByAgent(id, actorPseudonym(agent.actor.id));

/** Returns the whole refusal that an employee gets who opens somebody else's grant. */
export async function refusal(agent: Professional, id: string): Promise<string> {
  try {
    await requireViewAs(agent, id);
    return 'open';
  } catch (thrown) {
    return JSON.stringify(thrown);
  }
}

export async function ask(agent: Professional, { reference }: Caller): Promise<string> {
  const filled = form({ reference, purpose: 'question-page', call: 'call-1', calledBack: 'yes' });
  for (const fact of ['born', 'applied', 'procedure']) filled.append('facts', fact);
  const result = await askApproval(agent, filled);
  if ('why' in result) throw new Error('The request was refused as incomplete');
  return result.request.id;
}

export const answerTo = (agent: Professional, request: string, yes: boolean) =>
  answer(agent, form({ request, answer: yes ? 'yes' : 'no' }));

/** Opens an approved request, as the room does once the agency has named the reference's owner. */
export async function openApproved(agent: Professional, request: string, caller: Caller): Promise<string | null> {
  const taken = await takeRequest(request, actorPseudonym(agent.actor.id), logFor(agent));
  return taken && opened(agent, request, caller, 'alt', taken.answeredBy);
}

export async function breakGlass(agent: Professional, caller: Caller): Promise<{ request: string; grant: string }> {
  const { id } = await makeRequest(
    {
      ...madeBy(agent),
      kind: 'glass',
      purpose: 'question-page',
      callId: 'call-1',
      category: 'danger-person',
      facts: [],
      seal: (text) => Buffer.from(text),
      reference: caller.reference,
      report: 'The police called: somebody is in danger.',
      delayWanted: false,
    },
    logFor(agent, { action: 'break-glass', reason: 'danger-person' }),
  );
  return { request: id, grant: await opened(agent, id, caller, 'glass', null) };
}

const madeBy = (agent: Professional) => ({
  agent: actorPseudonym(agent.actor.id),
  agentNumber: 4471,
  agentSession: agent.sessionMark,
});

async function opened(
  agent: Professional,
  request: string,
  { subject }: Caller,
  method: 'alt' | 'glass',
  secondApprover: string | null,
): Promise<string> {
  const id = randomUUID();
  const looked = { action: 'find-caller', objectType: 'request', objectRef: request, grantId: id } as const;
  await addAuditEntry(agent.actor, looked);
  await tieToGrant(request, id);
  await openWithoutCode({
    ...madeBy(agent),
    id,
    owner: ownerOf({ subject }),
    purpose: 'question-page',
    callId: 'call-1',
    language: 'ar',
    method,
    subject: seal(JSON.stringify(subject), `grant ${id}`, sealingKeys()),
    onlyCase: null,
    secondApprover,
  });
  return id;
}
