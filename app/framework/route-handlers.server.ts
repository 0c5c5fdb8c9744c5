import type { PageHandle } from '../ui/page-handle';
import { createRequestHandler, matchRoutes, type RequestHandler, type ServerBuild } from './node.server';
import { withThrownAnswers } from './thrown-answers.server';

export interface Answering {
  /** Its path as the URL table has it, such as `/:lang/cases`, or `(none)`: safe to log and to count. */
  readonly pattern: string;
  readonly handler: RequestHandler;
  /** Whether the same person may be given the same answer again. */
  readonly repeatable: boolean;
}

type RouteObjects = Parameters<typeof matchRoutes>[0];

/**
 * Returns the handler of a path. Each route has a handler whose build holds that route and its parents only, because the
 * framework matches a path against all routes of its build about seven times: a quarter of a small page's processor time.
 * A path without a route gets the handler of the whole build.
 */
export function routeHandlers(build: ServerBuild): (pathname: string) => Answering {
  const tree = childrenOf(undefined, Object.values(build.routes));
  const whole: Answering = { pattern: '(none)', handler: createRequestHandler(build), repeatable: false };
  const known = new Map<string, Answering>();
  return (pathname) => {
    const matches = matchRoutes(tree, pathname);
    const last = matches?.at(-1)?.route.id;
    if (!matches || last === undefined) return whole;
    const found = known.get(last);
    if (found) return found;
    const ids = matches.flatMap(({ route }) => route.id ?? []);
    const parts = matches.flatMap(({ route }) => route.path || []);
    const answering = {
      pattern: `/${parts.join('/')}`.replaceAll('//', '/'),
      handler: createRequestHandler(withThrownAnswers(only(build, ids), last)),
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

function childrenOf(parentId: string | undefined, routes: readonly ServerBuild['routes'][string][]): RouteObjects {
  return routes.flatMap((route) => {
    if (!route || route.parentId !== parentId) return [];
    const { id, path, index } = route;
    // The access policy compares addresses as they are written, so a route must too.
    const here = { id, caseSensitive: true, ...(path === undefined ? {} : { path }) };
    return index ? { ...here, index } : { ...here, children: childrenOf(id, routes) };
  });
}
