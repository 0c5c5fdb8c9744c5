import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requestsWaiting } from '~/helpdesk/second-person.server';
import { ownRequest, standOf } from '~/helpdesk/without-code.server';
import { requireProfessional } from '~/identity/session.server';

/** How the employee's own request stands, or how many of colleagues wait, for an open page. Names nobody, so it is no look. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const stands =
    params.request === undefined
      ? String(await requestsWaiting(agent))
      : await standOf(await ownRequest(agent, params.request));
  return Response.json({ stands }, { headers: { 'cache-control': 'no-store' } });
}
