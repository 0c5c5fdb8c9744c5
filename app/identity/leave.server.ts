import { redirect } from '~/framework/node.server';
import type { Language } from '~/model/language';
import { departureCookies } from './cookies.server';
import { departure } from './openid.server';

/** Where a sign-in leads afterwards, and how strong it must be. */
interface Journey {
  /** A path of the portal. */
  readonly to: string;
  readonly language: Language;
  /** Whether the person said that others use the device too. */
  readonly isShared: boolean;
  /** The `holderOf` the session of who must sign in once more; anyone when left out. */
  readonly as?: string | undefined;
  /** The name of the provider; the first one when left out. */
  readonly way?: string | undefined;
  /** The least level of assurance (`acr`); the least one of all roles when left out. */
  readonly level?: string | undefined;
}

/** Redirects to the provider, with the state sealed in a cookie. Throws when the provider is unreachable. */
export async function leaveFor(
  request: Request,
  { to, language, isShared, as, level, way }: Journey,
): Promise<Response> {
  const { address, departure: left } = await departure(language, level, way);
  const headers = new Headers();
  const kept = JSON.stringify({ ...left, to, language, isShared, as, level });
  for (const cookie of departureCookies(request, left.state, kept)) headers.append('set-cookie', cookie);
  return redirect(address, { headers });
}
