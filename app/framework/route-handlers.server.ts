import type { PageHandle } from '../ui/page-handle';
import { createRequestHandler, matchRoutes, type RequestHandler, type ServerBuild } from './node.server';

/** What answers a path: the framework's handler, and for the log the pattern of the route that it will choose. */
export interface Answering {
  /** `/:lang/cases`, or `(none)`: safe to log and to count. */
  readonly pattern: string;
  readonly handler: RequestHandler;
  /** Whether the route says that its answer may be given to the same person again. */
  readonly repeatable: boolean;
}

interface Branch {
  id: string;
  path?: string;
  caseSensitive: true;
  index?: boolean;
  children?: Branch[];
}

type Routes = ServerBuild['routes'];

/**
 * The framework compares an address with every route that it knows, some seven times a page: a quarter of a small page's
 * processor time. So each route has a handler of its own that knows the branch which leads to it and no other. What is of no
 * branch goes to the handler that knows them all.
 */
export function routeHandlers(build: ServerBuild): (pathname: string) => Answering {
  const tree = childrenOf(undefined, Object.values(build.routes));
  const whole: Answering = { pattern: '(none)', handler: createRequestHandler(build), repeatable: false };
  const known = new Map<string, Answering>();
  return (pathname) => {
    const matches = matchRoutes(asRouteObjects(tree), pathname);
    const last = matches?.at(-1)?.route.id;
    if (!matches || last === undefined) return whole;
    const found = known.get(last);
    if (found) return found;
    const ids = matches.flatMap(({ route }) => route.id ?? []);
    const parts = matches.flatMap(({ route }) => route.path || []);
    const answering = {
      pattern: `/${parts.join('/')}`.replaceAll('//', '/'),
      handler: createRequestHandler(only(build, ids)),
      repeatable: (build.routes[last]?.module.handle as PageHandle | undefined)?.repeatable === true,
    };
    known.set(last, answering);
    return answering;
  };
}

const only = (build: ServerBuild, ids: readonly string[]): ServerBuild => ({
  ...build,
  routes: pick(build.routes, ids),
  assets: { ...build.assets, routes: pick(build.assets.routes, ids) },
});

function pick<T>(all: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)));
}

function childrenOf(parentId: string | undefined, routes: Routes[string][]): Branch[] {
  return routes
    .filter((route) => route?.parentId === parentId)
    .flatMap((route) => (route ? [branchOf(route, routes)] : []));
}

function branchOf(route: NonNullable<Routes[string]>, routes: Routes[string][]): Branch {
  const children = childrenOf(route.id, routes);
  return {
    id: route.id,
    ...(route.path === undefined ? {} : { path: route.path }),
    // The policy knows an address as it is written; another spelling of it is none.
    caseSensitive: true,
    ...(route.index ? { index: true } : {}),
    ...(children.length > 0 ? { children } : {}),
  };
}

const asRouteObjects = (branches: Branch[]): Parameters<typeof matchRoutes>[0] =>
  branches as Parameters<typeof matchRoutes>[0];
