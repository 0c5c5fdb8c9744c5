import { partySizeOf } from '~/appointment/party.server';
import { searchView } from '~/appointment/search/search.server';
import { parseSlotQuery } from '~/appointment/slot-query.server';
import { openCase } from '~/case/open-case.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import type { PageHandle } from '~/ui/page-handle';

export const handle: PageHandle = { repeatable: true };

/** The search page's free times as JSON, for the page that refreshes itself. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) throw data(null, { status: 503 });
  const wishes = parseSlotQuery(new URL(request.url).searchParams, partySizeOf(opened.theCase));
  return Response.json(await searchView(viewer, opened.theCase, wishes));
}
