import { contactView } from '~/contact/contact-view.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';

/** The waits as JSON, for the page that refreshes itself. Not personal. */
export async function loader({ request }: LoaderFunctionArgs) {
  return Response.json(await contactView(languageOfPage(request)));
}
