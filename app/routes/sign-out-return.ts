import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { isShownLanguage } from '~/i18n/shown-languages.server';

/** The provider's callback after logout; the language travels as the state. */
export function loader({ request }: LoaderFunctionArgs) {
  const state = new URL(request.url).searchParams.get('state') ?? undefined;
  return redirect(`/${isShownLanguage(state) ? state : languageOfRequest(request)}/signed-out`);
}
