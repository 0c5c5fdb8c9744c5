import type { LoaderFunctionArgs } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { sessionEndOf } from '~/identity/session-end.server';

/** How long the session still lasts, for a page that stands open. Asking does not make it longer. */
export async function loader({ request }: LoaderFunctionArgs) {
  const end = await sessionEndOf(request, languageOfPage(request));
  return Response.json(end ?? { seconds: 0, at: '', final: true }, { headers: { 'cache-control': 'no-store' } });
}
