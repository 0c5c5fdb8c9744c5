import type { LoaderFunctionArgs } from '~/framework/node.server';
import { callerView } from '~/helpdesk/caller.server';
import { requireViewer } from '~/identity/session.server';

/** The call's state, for the caller's open page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { state, agentNumber, callerCheck } = await callerView(await requireViewer(request));
  return Response.json({ state, agentNumber, check: callerCheck }, { headers: { 'cache-control': 'no-store' } });
}
