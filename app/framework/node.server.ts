/**
 * The framework on the server. The portal imports its server API here and nowhere else, so a new framework changes one
 * file. What it relies on beyond calling these: the types `ServerBuild` and `EntryContext` (see `route-handlers`).
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
  }
  interface Future {
    v3_singleFetch: true;
  }
}
