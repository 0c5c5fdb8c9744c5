import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { clientNow } from '~/mandate/clients.server';

/** Whether a mandate still stands. Polled every other second; polling is not a look. Never says why not. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const stands = await clientNow(advisor, params.ref ?? '');
  return new Response(null, { status: stands ? 204 : 410, headers: { 'cache-control': 'no-store' } });
}
