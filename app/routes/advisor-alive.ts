import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { listMark } from '~/mandate/clients.server';

/** Whether an open list of clients still is what the mandates open: it asks each other second, and asking is not looking. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const stands = new URL(request.url).searchParams.get('mark') === (await listMark(advisor.actor));
  return new Response(null, { status: stands ? 204 : 410, headers: { 'cache-control': 'no-store' } });
}
