import { seenCookie } from '~/identity/cookies.server';

/**
 * An empty picture that signed-in pages show where there is no JavaScript. Its cookie makes the browser drop the pages that
 * it keeps for "back": without a script they could not ask whether the session still lasts.
 */
export const loader = () =>
  new Response(null, { status: 204, headers: { 'set-cookie': seenCookie(), 'cache-control': 'no-store' } });
