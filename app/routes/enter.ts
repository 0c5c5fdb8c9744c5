import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';

/** "/" redirects to the home page in the reader's language, with the question that the address asks. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search } = new URL(request.url);
  return redirect(`/${languageOfRequest(request)}${search}`, { headers: { vary: 'Accept-Language, Cookie' } });
}
