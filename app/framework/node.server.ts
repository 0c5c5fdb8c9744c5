/**
 * The framework's server API. The portal imports it here and nowhere else, so a change of framework changes this file.
 * Two of the exported types are read, not only passed on:
 * - `ServerBuild`: its `routes` and `assets` in `route-handlers.server.ts`, its `assets.version` in `portal.server.ts`.
 * - `ServerRouterProps`: of `context.manifest` the address of our script and, in development, of Vite's reloader.
 */
export {
  type ActionFunctionArgs,
  type AppLoadContext,
  createRequestHandler,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type RequestHandler,
  redirect,
  type ServerBuild,
} from '@remix-run/node';
export { matchRoutes, RemixServer as ServerRouter, type RemixServerProps as ServerRouterProps } from '@remix-run/react';

declare module '@remix-run/node' {
  /** What the server gives to every loader, action and to the rendering of the page. */
  interface AppLoadContext {
    /** For this answer's Content-Security-Policy: every script and inline style of the page carries it. */
    nonce: string;
    /** Stands in the log and in the `x-request-id` header. */
    requestId: string;
    /** Set by `handleError` when a loader or action failed for a reason that the server's plain page tells better. */
    noPage: { readonly why: 'broken' | 'tooMany'; readonly retryAfter: number } | null;
  }
  interface Future {
    v3_singleFetch: true;
  }
}
