import { sessionOf } from '~/identity/session.server';
import type { Language } from '~/model/language';
import { trained } from './model.server';

/**
 * Headers that let browsers and proxies keep a public answer for a while: only where nobody is signed in and the figures
 * are complete. Without them the server says `no-store`.
 * @param pageIn the language of a page: one that still has to set the cookie of its language is not for others
 */
export async function publicCache(
  request: Request,
  seconds: number,
  pageIn: Language | null,
): Promise<Record<string, string>> {
  const known = trained();
  if (known.state !== 'fresh' || !known.value.complete) return {};
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  if (pageIn !== null && !cookies.includes(`language=${pageIn}`)) return {};
  const signedIn = await sessionOf(request).catch(() => null);
  if (signedIn) return {};
  const kept = { 'cache-control': `public, max-age=${seconds}` };
  // The frame of a page differs by cookie: whether somebody is signed in.
  return pageIn === null ? kept : { ...kept, vary: 'cookie' };
}
