import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { keepWith } from '~/agency/kept-answer.server';
import { askedBy, askedByUnknownSession } from '~/audit/logged-look.server';
import { noteAct } from '~/audit/noted-act.server';
import { data, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import type { Language } from '~/model/language';
import { isAllowed, policyRolesOf, RULES } from '~/model/policy';
import { limitFor, TooMany } from '~/model/rate-limit';
import { patternOf, permitFor } from '~/model/route-policy';
import { STAFF_ROLES, type StaffRole } from '~/model/staff-role';
import type { Actor, Role, WritingViewer } from '~/model/viewer';
import { deviceOf } from '~/platform/device.server';
import { alarm } from '~/platform/log.server';
import {
  actorPseudonym,
  draftOwner,
  holderOf,
  ownerInMark,
  ownerOfPerson,
  providerHash,
} from '~/platform/pseudonym.server';
import { rates } from '~/platform/rate-limits.server';
import { type RequestContext, requestContext } from '~/platform/request-context.server';
import { hasDrafts } from '~/store/draft.server';
import {
  createSession,
  deleteSession,
  readSession,
  type SessionLimits,
  type StoredSession,
  touchSession,
} from '~/store/session.server';
import { FORM_OWNER } from '~/ui/form-owner';
import { arrangingViewer, clientAt } from './arranging.server';
import { actorOf, addRepresentedLook, askerOf, asksByItself, pathOf } from './asker.server';
import { sessionIdOf, subjectOf } from './cookies.server';
import { draftOf, forgetDraft, keepDraft } from './draft.server';
import { rememberActor } from './known-actors.server';
import type { SignedIn } from './openid.server';
import { limitsOf, sessionNow } from './session-limits.server';
import { LOST_FORM, OTHERS_FORM, wayBack } from './way-back.server';

const person = z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string() });
const payloadSchema = z.object({
  id: z.string(),
  way: z.string().default(''),
  role: z.enum(['applicant', 'advisor', 'staff']),
  // A session of an older portal has none.
  staffRoles: z.array(z.enum(STAFF_ROLES)).default(['helpdesk']),
  name: z.string(),
  person: person.nullable(),
  office: z.string().nullable().default(null),
  advisorNumber: z.string().nullable().default(null),
  assurance: z.string().nullable().default(null),
  providerSession: z.string().nullable().default(null),
  token: z.string().nullable().default(null),
  represented: z
    .object({ person, name: z.string(), chain: z.array(z.string()), until: z.number().nullable() })
    .nullable()
    .default(null),
  isShared: z.boolean().default(false),
  hasDrafts: z.boolean().default(false),
});

export interface Session {
  readonly id: string;
  readonly signedIn: SignedIn;
  /** Whether the person said at sign-in that others use the device too. */
  readonly isShared: boolean;
  /** Whether something was kept that the person typed before an earlier session ended. */
  readonly hasDrafts: boolean;
  /** Whether the person has a code for a call, or an employee looks along. */
  readonly mayBeInCall: boolean;
  /** When the person signed in. */
  readonly openedAt: Temporal.Instant;
  /** When the session ends without further use. */
  readonly endsAt: Temporal.Instant;
  /** Whether that is its absolute end, which use does not postpone. */
  readonly final: boolean;
}

/** Opens a session with a new id and ends the browser's previous one. */
export async function openSession(request: Request, signedIn: SignedIn, isShared: boolean): Promise<string> {
  const old = sessionIdOf(request);
  if (old) await deleteSession(old);
  const { represented } = signedIn;
  const now = sessionNow();
  const payload = { ...signedIn, isShared, hasDrafts: await hasDrafts(draftOwner(holderOf(signedIn)), now) };
  return createSession(payload, untilEnd(limitsOf(signedIn.role, isShared), represented?.until ?? null, now), now, {
    subject: actorPseudonym(signedIn.id),
    owner: signedIn.person && ownerOfPerson(signedIn.person),
    represented: represented ? ownerOfPerson(represented.person) : null,
    device: deviceOf(Object.fromEntries(request.headers)),
    providerSession: signedIn.providerSession && providerHash('session', signedIn.providerSession),
  });
}

/** A session ends with the representation, where the provider says when that is. @param until seconds since 1970 */
function untilEnd(limits: SessionLimits, until: number | null, now: Temporal.Instant): SessionLimits {
  if (until === null) return limits;
  const left = Math.max(0, Math.floor((until - now.epochMilliseconds / 1000) / 60));
  return { idleMinutes: Math.min(left, limits.idleMinutes), absoluteMinutes: Math.min(left, limits.absoluteMinutes) };
}

export async function endSession(request: Request): Promise<SignedIn | null> {
  const session = await sessionOf(request);
  if (session) await deleteSession(session.id);
  return session?.signedIn ?? null;
}

/** Cached per request: the page and its frame both ask who makes it. */
const looked = new WeakMap<Request, Promise<Session | null>>();

/** The request's valid session, marked as in use. Null when there is none or it has expired. */
export function sessionOf(request: Request): Promise<Session | null> {
  let session = looked.get(request);
  if (!session) {
    session = look(request);
    looked.set(request, session);
  }
  return session;
}

async function look(request: Request): Promise<Session | null> {
  const id = sessionIdOf(request);
  if (!id) return null;
  const now = sessionNow();
  const stored = await readSession(id, now);
  const payload = payloadSchema.safeParse(stored?.payload);
  if (!stored || !payload.success) return null;
  const { isShared, hasDrafts, ...signedIn } = payload.data;
  rememberActor(id, actorOf(signedIn));
  const { idleMinutes } = limitsOf(signedIn.role, isShared);
  // One write a minute is enough. Requests that a page makes by itself don't count as use.
  const marked = !asksByItself(request) && now.since(stored.lastSeenAt).total('seconds') > 60;
  if (marked) await touchSession(id, idleMinutes, now);
  return {
    id,
    signedIn,
    isShared,
    hasDrafts,
    mayBeInCall: stored.mayBeInCall,
    openedAt: stored.createdAt,
    ...endOf(stored, marked ? now.add({ minutes: idleMinutes }) : stored.idleExpiresAt),
  };
}

function endOf({ absoluteExpiresAt }: StoredSession, idle: Temporal.Instant): Pick<Session, 'endsAt' | 'final'> {
  const final = Temporal.Instant.compare(absoluteExpiresAt, idle) <= 0;
  return { endsAt: final ? absoluteExpiresAt : idle, final };
}

/**
 * The signed-in user, if the policy allows this request; else redirects to the sign-in page, which leads back here.
 * Another role is redirected to its own start page; a refused write is added to the audit log.
 */
export async function requireSignedIn(request: Request, role?: Role): Promise<SignedIn> {
  const session = await sessionOf(request);
  if (!session) {
    if (sessionIdOf(request)) askedByUnknownSession();
    throw await toSignIn(request);
  }
  const { signedIn } = session;
  const permit = permitFor(request.method, pathOf(request));
  askedBy(askerOf(request, signedIn, permit));
  const first = isFirst(request);
  if (first) refuseTooMany(request, signedIn);
  // An address that is missing in the policy is open to nobody.
  if (!permit) alarm('not-in-the-policy', { method: request.method });
  const client = await clientAt(request, signedIn);
  const arranges = client?.mayArrange === true && permit?.resource === 'own-appointments';
  const allowed = permit !== null && isAllowed(RULES, policyRolesOf({ ...signedIn, arranges }), permit);
  if (allowed && (role === undefined || signedIn.role === role || (arranges && role === 'applicant'))) {
    if (first && request.method === 'POST') await refuseOthersForm(request, session);
    return signedIn;
  }
  noteAct(actorOf(signedIn), {
    action: 'refused-by-policy',
    objectType: 'route',
    objectRef: permit && `${permit.action} ${permit.resource}`,
    result: 'denied',
  });
  if (request.method === 'GET' && permit) throw redirect(`/${languageOfPage(request)}/cases`);
  throw data(null, { status: 403 });
}

const asked = new WeakSet<Request>();

/** Whether a part of this request asks for the first time who makes it. */
function isFirst(request: Request): boolean {
  if (asked.has(request)) return false;
  asked.add(request);
  return true;
}

/** Counts by person what the server has counted by session, since one person may have several sessions. */
function refuseTooMany(request: Request, { id }: SignedIn): void {
  const pattern = patternOf(pathOf(request));
  const limit = pattern && limitFor(request.method, pattern);
  const wait = limit ? rates.count(limit, 'person', id) : null;
  if (wait !== null) throw new TooMany(wait);
}

/** A user who looks at other people's data for their work. */
export interface Professional {
  readonly actor: Actor;
  /** An employee's. */
  readonly staffRoles: readonly StaffRole[];
  /** The number of an advisor's office. */
  readonly office: string | null;
  readonly assurance: string | null;
  /** Identifies this one session without revealing its id. */
  readonly sessionMark: string;
  readonly language: Language;
}

export async function requireProfessional(request: Request, role: 'advisor' | 'staff'): Promise<Professional> {
  const { id, name, office, assurance, staffRoles } = await requireSignedIn(request, role);
  const actor: Actor = { id, role, name, assurance };
  if (role === 'advisor') await keepAnswersFor(actor, request);
  return {
    actor,
    staffRoles,
    office,
    assurance,
    sessionMark: sessionMark(request),
    language: languageOfPage(request),
  };
}

/** Nothing is kept of a session on a device that others use. */
async function keepAnswersFor(actor: Actor, request: Request): Promise<void> {
  const session = await sessionOf(request);
  if (session && !session.isShared) keepWith(actor, session.id);
}

/** A session's key for rows that depend on it: the store's own, so that they end with it. */
export const sessionMark = (request: Request): string =>
  createHash('sha256')
    .update(sessionIdOf(request) ?? '')
    .digest('hex');

/**
 * The viewer of an applicant's own data, or of that of the person whom they represent: then the look is in the audit log
 * before anything is shown. An advisor has one where the client lets them arrange visits.
 */
export async function requireViewer(request: Request): Promise<WritingViewer> {
  const signedIn = await requireSignedIn(request, 'applicant');
  if (signedIn.role === 'advisor') return arrangingViewer(request, signedIn);
  const { name, person, represented } = signedIn;
  const [actor, language] = [actorOf(signedIn), languageOfPage(request)];
  if (represented) {
    await addRepresentedLook(request, signedIn);
    const subject = { person: represented.person, name: represented.name };
    return { actor, subject, basis: 'represents', scope: 'write', language, representative: { person } };
  }
  if (!person) throw await toSignIn(request);
  await keepAnswersFor(actor, request);
  return { actor, subject: { person, name }, basis: 'self', scope: 'write', language };
}

/**
 * In one browser another person may sign in while a form is open: then its page opens anew, for who is signed in now, and
 * what was typed is kept for whom the form's mark names. A form without a mark is not refused: each page's forms have one,
 * and forms of other sites are refused by their origin.
 */
async function refuseOthersForm(request: Request, { signedIn, hasDrafts }: Session): Promise<void> {
  const { pathname, searchParams } = new URL(request.url);
  const form = await formIn(request);
  const mark = form.get(FORM_OWNER);
  const me = draftOwner(holderOf(signedIn));
  const owner = typeof mark === 'string' ? ownerInMark(mark) : null;
  if (owner === me || mark === null) {
    // The form arrived, so what was kept of it is outdated.
    const context = requestContext();
    if (context) arrived.add(context);
    if (hasDrafts || owner === me || searchParams.has(LOST_FORM)) await forgetDraft(me, pathname);
    return;
  }
  const isKept = owner === null && (await draftOf(me, pathname)) !== null;
  if (!isKept) await keepDraft(request, owner ?? me, pathname);
  throw redirect(wayBack(pathname, new URLSearchParams({ [LOST_FORM]: OTHERS_FORM })));
}

const arrived = new WeakSet<RequestContext>();

/** Whether the present request sent a form that was taken: its address may still say that an earlier one was lost. */
export function isFormTaken(): boolean {
  const context = requestContext();
  return context !== undefined && arrived.has(context);
}

/** A request's fields; none when its body is no form. */
const formIn = (request: Request): Promise<FormData> =>
  request
    .clone()
    .formData()
    .catch(() => new FormData());

/**
 * Redirects to the sign-in page, which says why and leads back. What was typed into a form is kept meanwhile.
 *
 * @param page the address that the request is about, when it is not its own
 */
export async function toSignIn(request: Request, page = request.url): Promise<Response> {
  const { pathname, searchParams } = new URL(page, request.url);
  const language = languageOfPage(request);
  const search = new URLSearchParams();
  if (request.method === 'POST') {
    const subject = subjectOf(request);
    const outcome = subject === null ? 'lost' : await keepDraft(request, draftOwner(subject), pathname);
    if (outcome === 'lost') searchParams.set(LOST_FORM, '1');
    search.set('to', wayBack(pathname, searchParams));
    search.set('reason', outcome);
  } else {
    search.set('to', wayBack(pathname, searchParams));
    // A browser that still sends a session cookie was signed in: tell the person what happened.
    if (sessionIdOf(request)) search.set('reason', 'expired');
  }
  return redirect(`/${language}/sign-in?${search}`);
}
