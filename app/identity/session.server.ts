import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { record } from '~/audit/record.server';
import { config } from '~/config/config.server';
import { data, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import type { Language } from '~/model/language';
import { isAllowed, permitFor, RULES } from '~/model/policy';
import type { Actor, Role, WritingViewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { alarm, errorName } from '~/platform/log.server';
import { createSession, deleteSession, readSession, type StoredSession, touchSession } from '~/store/session.server';
import { sessionIdOf } from './cookies.server';
import type { SignedIn } from './openid.server';

const payloadSchema = z.object({
  id: z.string(),
  role: z.enum(['applicant', 'advisor', 'staff']),
  name: z.string(),
  person: z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string() }).nullable(),
  office: z.string().nullable().default(null),
  advisorNumber: z.string().nullable().default(null),
  assurance: z.string().nullable().default(null),
  idToken: z.string(),
});

export interface Session {
  readonly id: string;
  readonly signedIn: SignedIn;
  /** When it ends, should nothing more be asked. */
  readonly endsAt: Temporal.Instant;
  /** Whether that is its last end, which no use puts off. */
  readonly final: boolean;
}

/** Opens a session with a new id. One that the browser still had is ended: its id is worth nothing from now on. */
export async function openSession(request: Request, signedIn: SignedIn): Promise<string> {
  const old = sessionIdOf(request);
  if (old) await deleteSession(old);
  return createSession(signedIn, limits(), now());
}

export async function endSession(request: Request): Promise<SignedIn | null> {
  const session = await sessionOf(request);
  if (session) await deleteSession(session.id);
  return session?.signedIn ?? null;
}

/** A request is asked several times who makes it (the page, its frame): one look a request. */
const looked = new WeakMap<Request, Promise<Session | null>>();

/** The living session of a request, and a mark that it is still in use. Null when there is none or it has run out. */
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
  const stored = await readSession(id, now());
  const payload = payloadSchema.safeParse(stored?.payload);
  if (!stored || !payload.success) return null;
  // A mark a minute is enough, and spares the store a write at every picture of the same page. What a page asks by itself
  // is no sign that somebody sits before it.
  const marked = !asksByItself(request) && now().since(stored.lastSeenAt).total('seconds') > 60;
  if (marked) await touchSession(id, config().SESSION_IDLE_MINUTES, now());
  return { id, signedIn: payload.data, ...endOf(stored, marked) };
}

function endOf(stored: StoredSession, marked: boolean): Pick<Session, 'endsAt' | 'final'> {
  const idle = marked ? now().add({ minutes: config().SESSION_IDLE_MINUTES }) : stored.idleExpiresAt;
  const final = Temporal.Instant.compare(stored.absoluteExpiresAt, idle) <= 0;
  return { endsAt: final ? stored.absoluteExpiresAt : idle, final };
}

/** The addresses that open pages ask again and again, by which a device that was left alone would never be signed out. */
const asksByItself = (request: Request): boolean => /\/(now|slots|alive)$/.test(pathOf(request));

/**
 * Whoever is signed in and may do by the policy what this request asks, else off to the sign-in page, which leads back
 * here. Somebody of another role is led to his own start; what he sent is refused, and that is put on record.
 */
export async function requireSignedIn(request: Request, role?: Role): Promise<SignedIn> {
  const session = await sessionOf(request);
  if (!session) throw toSignIn(request);
  const { signedIn } = session;
  const permit = permitFor(request.method, pathOf(request));
  // An address that nobody put into the policy is open to nobody.
  if (!permit) alarm('not-in-the-policy', { method: request.method });
  const allowed = permit !== null && isAllowed(RULES, signedIn.role, permit);
  if (allowed && (role === undefined || signedIn.role === role)) return signedIn;
  if (request.method === 'GET' && permit) throw redirect(`/${languageOfPage(request)}/cases`);
  await record(signedIn, {
    action: 'refused-by-policy',
    objectType: 'route',
    objectRef: permit && `${permit.action} ${permit.resource}`,
    result: 'denied',
  }).catch((error: unknown) => alarm('audit-unavailable', { error: errorName(error) }));
  throw data(null, { status: 403 });
}

const pathOf = (request: Request) => new URL(request.url).pathname;

/** Somebody who looks at other people's data for his work. */
export interface Professional {
  readonly actor: Actor;
  /** The number of an advisor's office. */
  readonly office: string | null;
  readonly assurance: string | null;
  /** Names this one session of his without giving it away. */
  readonly sessionMark: string;
  readonly language: Language;
}

export async function requireProfessional(request: Request, role: 'advisor' | 'staff'): Promise<Professional> {
  const { id, name, office, assurance } = await requireSignedIn(request, role);
  return {
    actor: { id, role, name, assurance },
    office,
    assurance,
    sessionMark: sessionMark(request),
    language: languageOfPage(request),
  };
}

/** A session's name for records that hang on it: the same as the store's own, so that they end with it. */
export const sessionMark = (request: Request): string =>
  createHash('sha256')
    .update(sessionIdOf(request) ?? '')
    .digest('hex');

/** The viewer of an applicant's own data. Whoever is not an applicant has none here. */
export async function requireViewer(request: Request): Promise<WritingViewer> {
  const { id, role, name, person, assurance } = await requireSignedIn(request, 'applicant');
  if (!person) throw toSignIn(request);
  return {
    actor: { id, role, name, assurance },
    subject: { person, name },
    basis: 'self',
    scope: 'write',
    language: languageOfPage(request),
  };
}

function toSignIn(request: Request): Response {
  const { pathname } = new URL(request.url);
  const search = new URLSearchParams({ to: pathname });
  // A browser that still holds a session's cookie was signed in: it deserves to hear what happened.
  if (sessionIdOf(request)) search.set('reason', 'expired');
  return redirect(`/${languageOfPage(request)}/sign-in?${search}`);
}

/** A way back after sign-in: only a path of this portal itself, as it stands, with nothing in it that a browser resolves. */
export function safeReturn(to: string | null, language: Language): string {
  return to && /^(\/[\w-][\w.-]*)+\/?$/.test(to) ? to : `/${language}/cases`;
}

const limits = () => ({
  idleMinutes: config().SESSION_IDLE_MINUTES,
  absoluteMinutes: config().SESSION_ABSOLUTE_MINUTES,
});
