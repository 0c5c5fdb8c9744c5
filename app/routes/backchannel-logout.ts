import type { ActionFunctionArgs } from '~/framework/node.server';
import { endSessionsBy } from '~/identity/logout-token.server';
import { errorName, log } from '~/platform/log.server';

const NOT_KEPT = { 'cache-control': 'no-store' };

export const loader = () => new Response(null, { status: 405, headers: { allow: 'POST', ...NOT_KEPT } });

/** The provider tells that it signed somebody out. Its token is the proof: the request has no cookie. */
export async function action({ request }: Pick<ActionFunctionArgs, 'request'>) {
  try {
    const token = (await request.formData()).get('logout_token');
    const count = await endSessionsBy(typeof token === 'string' ? token : '');
    log('backchannel-logout', { count });
    return new Response(null, { status: 200, headers: NOT_KEPT });
  } catch (error) {
    log('backchannel-logout-refused', { error: errorName(error) }, 'warn');
    return Response.json({ error: 'invalid_request' }, { status: 400, headers: NOT_KEPT });
  }
}
