import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { isLanguage } from '~/model/language';

/** Where the provider sends people after it ended its own session; the language travels as the state. */
export function loader({ request }: LoaderFunctionArgs) {
  const state = new URL(request.url).searchParams.get('state') ?? undefined;
  return redirect(`/${isLanguage(state) ? state : languageOfRequest(request)}/signed-out`);
}
