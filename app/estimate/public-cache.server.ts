import { sessionOf } from '~/identity/session.server';
import { trained } from './model.server';

/**
 * Headers that let browsers and proxies keep a public page for a while: only where nobody is signed in and the figures
 * are complete. Without them the server says `no-store`.
 */
export async function publicCache(request: Request, seconds: number): Promise<Record<string, string>> {
  const known = trained();
  if (known.state !== 'fresh' || !known.value.complete) return {};
  const signedIn = await sessionOf(request).catch(() => null);
  // The frame of a page differs by cookie: language once chosen, signed in or not.
  return signedIn ? {} : { 'cache-control': `public, max-age=${seconds}`, vary: 'cookie' };
}
