import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { Outlet } from '~/framework/react';
import { isLanguage } from '~/model/language';

/** Every page has a language in its address. */
export function loader({ params }: LoaderFunctionArgs) {
  if (!isLanguage(params.lang)) throw data(null, { status: 404 });
  return null;
}

export const shouldRevalidate = () => false;

export default function InLanguage() {
  return <Outlet />;
}
