import { data } from '~/framework/node.server';

export function loader() {
  throw data(null, { status: 404 });
}

/** Never rendered. Without a component the route would answer with raw data. */
export default function NotFound() {
  return null;
}
