import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';

/** The address on a statement has no language: its reader's own is chosen. */
export function loader({ request, params }: LoaderFunctionArgs) {
  const code = params.code ? `/${encodeURIComponent(params.code)}` : '';
  return redirect(`/${languageOfRequest(request)}/check${code}`, { headers: { vary: 'Accept-Language, Cookie' } });
}
