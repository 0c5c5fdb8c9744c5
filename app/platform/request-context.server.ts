import { AsyncLocalStorage } from 'node:async_hooks';

/** What belongs to everything that is done for one request, or for one round of a job. */
export interface RequestContext {
  /** Stands in the log, in the answer, and in what backends are asked. */
  readonly requestId: string;
  /** The W3C trace that the request belongs to; null without one. */
  readonly traceparent: string | null;
  /** The route's pattern, once it is known. */
  readonly route: string;
  /** A round of a background job: nobody waits for it. */
  readonly isJob?: true;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Runs work, and what it starts, within a context. */
export const withinRequest = <T>(context: RequestContext, work: () => T): T => contexts.run(context, work);

/** The context of the running code; undefined outside a request and a job. */
export const requestContext = (): RequestContext | undefined => contexts.getStore();

/** An id that a proxy may have given: long enough to be one, and never only digits, as a person's number is. */
const WELL_FORMED = /^(?!\d+$)[\w.-]{8,64}$/;

/** The id of the header `X-Request-Id`; null when there is none that is well-formed. */
export const givenRequestId = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && WELL_FORMED.test(header) ? header : null;

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The header `traceparent` (W3C Trace Context); null when there is none that is well-formed. */
export const givenTraceparent = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && TRACEPARENT.test(header) ? header : null;
