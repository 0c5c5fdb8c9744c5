import { redirect } from '@remix-run/node';
import { z } from 'zod';
import { now } from '~/clock.server';
import { config } from '~/config.server';
import { languageOfPage } from '~/i18n/request-language.server';
import type { Language } from '~/model/language';
import type { Role, Viewer } from '~/model/viewer';
import { createSession, deleteSession, readSession, touchSession } from '~/store/session.server';
import { sessionIdOf } from './cookies.server';
import type { SignedIn } from './openid.server';

const payloadSchema = z.object({
  id: z.string(),
  role: z.enum(['applicant', 'advisor', 'staff']),
  name: z.string(),
  person: z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string() }).nullable(),
  idToken: z.string(),
});

export interface Session {
  readonly id: string;
  readonly signedIn: SignedIn;
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
  // A mark a minute is enough, and spares the store a write at every picture of the same page.
  if (now().since(stored.lastSeenAt).total('seconds') > 60)
    await touchSession(id, config().SESSION_IDLE_MINUTES, now());
  return { id, signedIn: payload.data };
}

/** Whoever is signed in, else off to the sign-in page, which leads back here. */
export async function requireSignedIn(request: Request, role?: Role): Promise<SignedIn> {
  const session = await sessionOf(request);
  if (!session) throw toSignIn(request);
  if (role && session.signedIn.role !== role) throw redirect(`/${languageOfPage(request)}/cases`);
  return session.signedIn;
}

/** The viewer of an applicant's own data. Whoever is not an applicant has none here. */
export async function requireViewer(request: Request): Promise<Viewer> {
  const { id, role, name, person } = await requireSignedIn(request, 'applicant');
  if (!person) throw toSignIn(request);
  return {
    actor: { id, role, name },
    subject: { person, name },
    basis: 'self',
    scope: 'write',
    language: languageOfPage(request),
  };
}

function toSignIn(request: Request): Response {
  const { pathname } = new URL(request.url);
  const search = new URLSearchParams({ to: pathname.replace(/\.data$/, '') });
  // A browser that still holds a session's cookie was signed in: it deserves to hear what happened.
  if (sessionIdOf(request)) search.set('reason', 'expired');
  return redirect(`/${languageOfPage(request)}/sign-in?${search}`);
}

/** A way back after sign-in: only a path of this portal itself. */
export function safeReturn(to: string | null, language: Language): string {
  return to && /^\/(?![/\\])[\w./-]*$/.test(to) ? to : `/${language}/cases`;
}

const limits = () => ({
  idleMinutes: config().SESSION_IDLE_MINUTES,
  absoluteMinutes: config().SESSION_ABSOLUTE_MINUTES,
});
