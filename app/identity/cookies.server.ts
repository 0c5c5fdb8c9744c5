import { seal, unseal } from '~/store/seal.server';
import { sealingKeys } from '~/store/store.server';

/**
 * The portal's cookies. `__Host-` binds them to this origin over a secure connection (browsers count localhost as one).
 * No script can read them.
 */
const SESSION = '__Host-zicht';
const DEPARTURE = '__Host-zicht-sign-in';
const FLAGS = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export const sessionIdOf = (request: Request): string | null => sessionIdIn(request.headers.get('cookie') ?? '');

/** @param cookies the raw Cookie header */
export const sessionIdIn = (cookies: string): string | null => cookieIn(cookies, SESSION);

export const sessionCookie = (id: string): string => `${SESSION}=${id}; ${FLAGS}`;

export const noSessionCookie = `${SESSION}=; Max-Age=0; ${FLAGS}`;

/** The state that must come back from the sign-in provider: sealed, valid for ten minutes. */
export const departureCookie = (content: string): string =>
  `${DEPARTURE}=${seal(content, DEPARTURE, sealingKeys()).toString('base64url')}; Max-Age=600; ${FLAGS}`;

export const noDepartureCookie = `${DEPARTURE}=; Max-Age=0; ${FLAGS}`;

export function departureOf(request: Request): string | null {
  const sealed = cookieIn(request.headers.get('cookie') ?? '', DEPARTURE);
  return sealed && unseal(Buffer.from(sealed, 'base64url'), DEPARTURE, sealingKeys());
}

function cookieIn(cookies: string, name: string): string | null {
  for (const part of cookies.split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}
