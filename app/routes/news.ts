import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { pageOfNews } from '~/message/news.server';

/** The link of a message: after the sign-in it leads to what changed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  return redirect(await pageOfNews(viewer, params.message ?? ''));
}
