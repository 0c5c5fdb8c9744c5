import { matchRoutes } from '../../app/framework/node.server';
import routes from '../../app/routes';

const table = (await routes).map(asRoute);

/** The file that answers at an address, such as `routes/case.tsx`. */
export function fileOf(pathname: string): string | undefined {
  return matchRoutes(table, pathname)?.at(-1)?.route.id;
}

/**
 * The file of every page. What is none (a download, a redirect, what a page asks by itself) is a `.ts`. The kit is in no
 * production and shows everything many times over: it is looked at where its pictures are compared.
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
