import { data } from '~/framework/node.server';

export function loader() {
  throw data(null, { status: 404 });
}

/** Never shown. A route without a component would answer with bare data instead of a page. */
export default function NotFound() {
  return null;
}
