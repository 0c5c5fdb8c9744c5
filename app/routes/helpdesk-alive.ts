import type { LoaderFunctionArgs } from '@remix-run/node';
import { callOf } from '~/helpdesk/call.server';
import { requireProfessional } from '~/identity/session.server';

/** Whether a view still is: an open page asks each second, and asking is not looking. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { state } = await callOf(agent, params.grant);
  return new Response(null, { status: state === 'active' ? 204 : 410, headers: { 'cache-control': 'no-store' } });
}
