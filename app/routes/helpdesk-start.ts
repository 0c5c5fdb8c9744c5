import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';

/** The address that a telephone system opens for a call, `/helpdesk/start?call=…&ref=…`, without a language. */
export function loader({ request }: LoaderFunctionArgs) {
  const address = `/${languageOfRequest(request)}/helpdesk/start${new URL(request.url).search}`;
  return redirect(address, { headers: { vary: 'Accept-Language, Cookie' } });
}
