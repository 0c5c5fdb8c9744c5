import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';

/** "/" redirects to the home page in the reader's language. */
export function loader({ request }: LoaderFunctionArgs) {
  return redirect(`/${languageOfRequest(request)}`, { headers: { vary: 'Accept-Language, Cookie' } });
}
