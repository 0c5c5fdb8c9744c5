import { extendOwnHold, requireHold, timeLeft } from '~/appointment/hold/hold.server';
import { openCase } from '~/case/open-case.server';
import type { ActionFunctionArgs } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { caseReference } from '~/platform/pseudonym.server';

/** Extends a hold for the page that counts down. Without scripts the hold's own form does the same. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await requireHold(viewer, params.hold);
  await openCase(viewer, caseReference(viewer, { id: hold.caseId }), 'book');
  return Response.json(timeLeft(viewer, (await extendOwnHold(viewer, hold)) ?? hold));
}
