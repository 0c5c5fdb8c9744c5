import type { LoaderFunctionArgs } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { sessionEndOf } from '~/identity/session-end.server';

/** How long the session lasts, for an open page. Asking does not extend it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const end = await sessionEndOf(request, languageOfPage(request));
  return Response.json(end ?? { seconds: 0, at: '', final: true }, { headers: { 'cache-control': 'no-store' } });
}
