import { matchRoutes } from '../../app/framework/node.server';
import routes from '../../app/routes';

const table = (await routes).map(asRoute);

/** Returns the route file that serves a path, such as `routes/case.tsx`. */
export function fileOf(pathname: string): string | undefined {
  return matchRoutes(table, pathname)?.at(-1)?.route.id;
}

/**
 * The route file of every page. Downloads, redirects and answers to scripts are `.ts` files. Leaves out the kit: it is
 * not in production, and the picture tests check it.
 */
export const PAGES: readonly string[] = [...new Set((await routes).flatMap(pagesOf))].filter(
  (file) => file !== 'routes/kit.tsx',
);

type RouteConfigEntry = Awaited<typeof routes>[number];
type Route = Parameters<typeof matchRoutes>[0][number];

function asRoute({ file, path, index, children = [] }: RouteConfigEntry): Route {
  const here = { id: file, ...(path === undefined ? {} : { path }) };
  return index ? { ...here, index } : { ...here, children: children.map(asRoute) };
}

function pagesOf({ file, children = [] }: RouteConfigEntry): string[] {
  if (children.length > 0) return children.flatMap(pagesOf);
  return file.endsWith('.tsx') ? [file] : [];
}
