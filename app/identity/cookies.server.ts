import { createHash, randomBytes } from 'node:crypto';
import { seal, unseal } from '~/store/seal.server';
import { sealingKeys } from '~/store/store.server';

/**
 * The portal's cookies. `__Host-` binds them to this origin over a secure connection (browsers count localhost as one).
 * No script can read them.
 */
const SESSION = '__Host-zicht';
const DEPARTURE = '__Host-zicht-sign-in-';
const DEPARTURE_NAME = /^__Host-zicht-sign-in-[0-9a-f]{16}$/;
const MOST_DEPARTURES = 4;
const FLAGS = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export const sessionIdOf = (request: Request): string | null => sessionIdIn(request.headers.get('cookie') ?? '');

/** @param cookies the raw Cookie header */
export const sessionIdIn = (cookies: string): string | null => cookieIn(cookies, SESSION)?.split('.')[0] || null;

/**
 * The cookie of a session: its id, and whose it is (a keyed hash, sealed), so that what the person types is kept for them
 * when the session is gone.
 */
export const sessionCookie = (id: string, subject: string): string =>
  `${SESSION}=${id}.${seal(subject, ownerContext(id), sealingKeys()).toString('base64url')}; ${FLAGS}`;

/** The keyed hash of whose session the cookie is of, also after its end. */
export const subjectOf = (request: Request): string | null => subjectIn(request.headers.get('cookie') ?? '');

/** The same. Null for a cookie that the portal did not make. @param cookies the raw Cookie header */
function subjectIn(cookies: string): string | null {
  const [id = '', sealed] = cookieIn(cookies, SESSION)?.split('.') ?? [];
  return sealed ? unseal(Buffer.from(sealed, 'base64url'), ownerContext(id), sealingKeys()) : null;
}

/** Whether the cookie is one that the portal made, by its seal and without a look at the database. */
export const hasSealedSession = (cookies: string): boolean =>
  sessionIdIn(cookies) !== null && subjectIn(cookies) !== null;

const ownerContext = (id: string): string => `whose session ${id}`;

export const noSessionCookie = `${SESSION}=; Max-Age=0; ${FLAGS}`;

/**
 * A new value each time: Chromium drops its kept copies of our pages when a cookie changes that scripts can't read. It means
 * nothing else.
 */
export const seenCookie = (): string => `${SESSION}-seen=${randomBytes(9).toString('base64url')}; ${FLAGS}`;

/**
 * One sign-in attempt's state until the provider's answer: sealed, valid for ten minutes, in a cookie of its own, so that
 * several tabs can sign in at once.
 *
 * @returns Set-Cookie headers: the new cookie, and removals of the oldest beyond `MOST_DEPARTURES`
 */
export function departureCookies(request: Request, state: string, content: string): string[] {
  const name = departureName(state);
  // Browsers send older cookies first.
  const older = cookiesIn(request.headers.get('cookie') ?? '').filter(
    ([other]) => DEPARTURE_NAME.test(other) && other !== name,
  );
  const surplus = older.slice(0, Math.max(0, older.length + 1 - MOST_DEPARTURES));
  return [
    ...surplus.map(([other]) => removal(other)),
    `${name}=${seal(content, name, sealingKeys()).toString('base64url')}; Max-Age=600; ${FLAGS}`,
  ];
}

/** Removes this attempt's cookie and no other attempt's. */
export const noDepartureCookie = (state: string): string => removal(departureName(state));

/** What was kept for the attempt with this state; null when there is none. */
export function departureOf(request: Request, state: string): string | null {
  const name = departureName(state);
  const sealed = cookieIn(request.headers.get('cookie') ?? '', name);
  return sealed && unseal(Buffer.from(sealed, 'base64url'), name, sealingKeys());
}

/** The state may be anything that an address can carry, so its hash stands in the name. */
const departureName = (state: string): string =>
  `${DEPARTURE}${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;

const removal = (name: string): string => `${name}=; Max-Age=0; ${FLAGS}`;

function cookieIn(cookies: string, name: string): string | null {
  return cookiesIn(cookies).find(([key, value]) => key === name && value !== '')?.[1] ?? null;
}

/** @param cookies the raw Cookie header */
const cookiesIn = (cookies: string): [name: string, value: string][] =>
  cookies.split(';').map((part) => {
    const [name = '', value = ''] = part.trim().split('=', 2);
    return [name, value];
  });
