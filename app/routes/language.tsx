import { data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { Outlet } from '~/framework/react';
import { languageOfRequest } from '~/i18n/request-language.server';
import { isShownLanguage } from '~/i18n/shown-languages.server';
import { isLanguage } from '~/model/language';

/** Every page has a language in its address. One that the agency does not offer leads to the reader's. */
export function loader({ request, params }: LoaderFunctionArgs) {
  if (isShownLanguage(params.lang)) return null;
  if (!isLanguage(params.lang)) throw data(null, { status: 404 });
  const { pathname, search } = new URL(request.url);
  throw redirect(`/${languageOfRequest(request)}${pathname.slice(1 + params.lang.length)}${search}`);
}

export const shouldRevalidate = () => false;

export default function InLanguage() {
  return <Outlet />;
}
