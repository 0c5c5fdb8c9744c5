import { sessionOf } from '~/identity/session.server';
import type { Language } from '~/model/language';
import { trained } from './model.server';

/**
 * Headers that let browsers and proxies cache a public response: only for visitors without a session and complete
 * figures. Without them the server sends `no-store`.
 * @param pageLanguage the language of a page; a request without that language cookie is not cached, since its response
 * sets the cookie
 */
export async function publicCache(
  request: Request,
  seconds: number,
  pageLanguage: Language | null,
): Promise<Record<string, string>> {
  const known = trained();
  if (known.state !== 'fresh' || !known.value.complete) return {};
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  if (pageLanguage !== null && !cookies.includes(`language=${pageLanguage}`)) return {};
  const signedIn = await sessionOf(request).catch(() => null);
  if (signedIn) return {};
  const headers = { 'cache-control': `public, max-age=${seconds}` };
  // A page's frame depends on the session cookie.
  return pageLanguage === null ? headers : { ...headers, vary: 'cookie' };
}
