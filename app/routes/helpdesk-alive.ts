import type { LoaderFunctionArgs } from '~/framework/node.server';
import { callOf } from '~/helpdesk/call.server';
import { requireProfessional } from '~/identity/session.server';

/** Whether a view-as session is still active, and in this tab. Polled each second; polling is not a look. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { state, page } = await callOf(agent, params.grant);
  const asks = new URL(request.url).searchParams.get('page');
  const status = state !== 'active' ? 410 : asks !== null && asks !== page ? 409 : 204;
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
}
