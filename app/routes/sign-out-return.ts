import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { isLanguage } from '~/model/language';

/** The provider's callback after logout; the language travels as the state. */
export function loader({ request }: LoaderFunctionArgs) {
  const state = new URL(request.url).searchParams.get('state') ?? undefined;
  return redirect(`/${isLanguage(state) ? state : languageOfRequest(request)}/signed-out`);
}
