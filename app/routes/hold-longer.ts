import { extendOwnHold, requireHold, timeLeft } from '~/appointment/hold/hold.server';
import type { ActionFunctionArgs } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';

/** More time for the page that counts down, without leaving it. Without scripts the hold's own form asks the same. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await requireHold(viewer, params.hold);
  return Response.json(timeLeft(viewer, (await extendOwnHold(viewer, hold)) ?? hold));
}
