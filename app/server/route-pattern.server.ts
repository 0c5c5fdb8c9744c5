import type { ServerBuild } from '@remix-run/node';
import { matchRoutes } from '@remix-run/react';

interface Node {
  id: string;
  path?: string;
  index?: boolean;
  children?: Node[];
}

/** Gives for a path the pattern of the route that answers it (`/:language/cases`), or `(none)`: safe to log and to count. */
export function routePatterns(routes: ServerBuild['routes']): (pathname: string) => string {
  const tree = childrenOf(undefined, Object.values(routes));
  return (pathname) => {
    // A page's data is asked for at the page's address with `.data` behind it.
    const matches = matchRoutes(asRouteObjects(tree), pathname.replace(/(\/_root)?\.data$/, '') || '/');
    if (!matches) return '(none)';
    const parts = matches.map((match) => match.route.path ?? '').filter(Boolean);
    return `/${parts.join('/')}`.replaceAll('//', '/');
  };
}

function childrenOf(parentId: string | undefined, routes: ServerBuild['routes'][string][]): Node[] {
  return routes
    .filter((route) => route?.parentId === parentId)
    .flatMap((route) => (route ? [nodeOf(route, routes)] : []));
}

function nodeOf(route: NonNullable<ServerBuild['routes'][string]>, routes: ServerBuild['routes'][string][]): Node {
  const children = childrenOf(route.id, routes);
  return {
    id: route.id,
    ...(route.path === undefined ? {} : { path: route.path }),
    ...(route.index ? { index: true } : {}),
    ...(children.length > 0 ? { children } : {}),
  };
}

const asRouteObjects = (nodes: Node[]): Parameters<typeof matchRoutes>[0] => nodes as Parameters<typeof matchRoutes>[0];
