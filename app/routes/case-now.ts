import { caseView, IN_FULL, knownCases } from '~/case/case-view.server';
import { openCase } from '~/case/open-case.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';

/** The case page's data as JSON, for its late sections. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'wait', knownCases(viewer, IN_FULL));
  if ('why' in opened) throw data(null, { status: 503 });
  return Response.json(await caseView(viewer, opened, { waiting: IN_FULL }));
}
