import '@remix-run/node';

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
