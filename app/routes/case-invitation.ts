import { invitationFile } from '~/case/invitation.server';
import { openCase } from '~/case/open-case.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { pageAbove } from '~/ui/page-above';

/** The agency's invitation as a calendar file. Without one, the case's page says why. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'case');
  const file = 'theCase' in opened ? invitationFile(viewer, opened.theCase) : null;
  if (file === null) return redirect(pageAbove(request));
  return new Response(file, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="appointment.ics"',
      'cache-control': 'no-store',
    },
  });
}
