import type { ServerBuild } from '../../app/framework/node.server';

type RouteModule = NonNullable<ServerBuild['routes'][string]>['module'];

/**
 * Builds what the framework's compiler makes of routes without a page.
 * @param modules path of a route → what its file exports
 */
export const buildOf = (
  modules: Readonly<Record<string, Pick<RouteModule, 'loader' | 'action' | 'handle'>>>,
): ServerBuild => ({
  mode: 'production',
  isSpaMode: false,
  publicPath: '/',
  assetsBuildDirectory: '',
  routes: Object.fromEntries(
    // The type asks for a component, which a route without a page doesn't have.
    Object.entries(modules).map(([path, module]) => [path, { id: path, path, module: module as RouteModule }]),
  ),
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: true,
  },
  entry: { module: { default: () => new Response(), handleError: () => {} } },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
});
