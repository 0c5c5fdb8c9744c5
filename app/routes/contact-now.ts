import { contactView } from '~/contact/contact-view.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';

/** The waits as data, for the page that renews itself. Nothing personal. */
export async function loader({ request }: LoaderFunctionArgs) {
  return Response.json(await contactView(languageOfPage(request)));
}
