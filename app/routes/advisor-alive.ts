import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { listMark } from '~/mandate/clients.server';

/** Whether an open list of clients is still current. Polled every other second; polling is not a look. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const stands = new URL(request.url).searchParams.get('mark') === (await listMark(advisor));
  return new Response(null, { status: stands ? 204 : 410, headers: { 'cache-control': 'no-store' } });
}
