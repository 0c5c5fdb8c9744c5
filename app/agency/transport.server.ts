import { DecoratorHandler, type Dispatcher, type Pool } from 'undici';
import { type BodyTrouble, bodyBytes, isTooLarge, textOf } from './answer-body.server';
import { openPool, type WayOut } from './way-out.server';

/** Limits for calls to one backend. Times are in milliseconds, sizes in bytes. */
export interface TransportOptions extends WayOut {
  readonly connectMs?: number;
  /** The deadline of one attempt, body included. */
  readonly attemptMs: number;
  readonly maxBytes?: number;
  readonly connections?: number;
}

/** The most connections to one backend, unless its options name another number. */
export const CONNECTIONS = 32;

interface Sending {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  /** The request may change something, so it gets a connection of its own. */
  readonly writes: boolean;
  /** The answer is a file: its bytes are given, and no text. */
  readonly file?: boolean;
  /** Aborted when nobody waits for the answer any more. */
  readonly deadline?: AbortSignal | null;
}

/** An answer, or why there is none. Of a body that can't be given the text is empty. */
export type Exchange =
  | {
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly text: string;
      readonly bytes?: Uint8Array;
      readonly bodyTrouble?: BodyTrouble;
    }
  | {
      readonly status: null;
      readonly late: boolean;
      /** Nobody waits for the answer any more, so the request was aborted before its own deadline. */
      readonly abandoned: boolean;
      /** Nothing of the request reached a socket. */
      readonly unsent: boolean;
      /** The trouble's code, such as CERT_HAS_EXPIRED. */
      readonly cause: string;
    };

export interface Transport {
  send(request: Sending): Promise<Exchange>;
  close(): Promise<void>;
}

/** Pooled connections to one origin. */
export function openTransport(origin: string, options: TransportOptions): Transport {
  const maxBytes = options.maxBytes ?? 1_048_576;
  const settings: Pool.Options = {
    connections: options.connections ?? CONNECTIONS,
    connect: { timeout: options.connectMs ?? 500 },
    bodyTimeout: options.attemptMs,
    headersTimeout: options.attemptMs,
    maxResponseSize: maxBytes,
  };
  const reads = openPool(origin, options, settings);
  // Without keep-alive no write meets a connection that the backend is about to close.
  const writes = openPool(origin, options, { ...settings, pipelining: 0 });

  async function send({ writes: alone, deadline, file, ...request }: Sending): Promise<Exchange> {
    let sent = false;
    const attempt = AbortSignal.timeout(options.attemptMs);
    const pool = (alone ? writes : reads).compose(
      (dispatch) => (call, handler) =>
        dispatch(
          call,
          onStart(handler, () => {
            sent = true;
          }),
        ),
    );
    try {
      const response = await pool.request({
        origin,
        ...request,
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        signal: deadline ? AbortSignal.any([attempt, deadline]) : attempt,
      });
      const head = { status: response.statusCode, headers: flat(response.headers) };
      const packed = await response.body.bytes().catch((error: unknown) => {
        if (isTooLarge(error)) return null;
        throw error;
      });
      const body = packed ? await bodyBytes(packed, head.headers, maxBytes) : ({ trouble: 'too-large' } as const);
      if ('trouble' in body) return { ...head, text: '', bodyTrouble: body.trouble };
      // A refusal is a text also where a file was asked for.
      return file && head.status < 300
        ? { ...head, text: '', bytes: body.bytes }
        : { ...head, text: textOf(body.bytes, head.headers) };
    } catch (error) {
      const abandoned = deadline?.aborted === true && !attempt.aborted;
      return { status: null, late: sent && isTimeout(error), abandoned, unsent: !sent, cause: causeOf(error) };
    }
  }
  return {
    send,
    close: async () => {
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

/** Calls `started` just before a request is written to a connected socket. */
function onStart(handler: Dispatcher.DispatchHandler, started: () => void): Dispatcher.DispatchHandler {
  const decorated: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
  const start = decorated.onRequestStart?.bind(decorated);
  decorated.onRequestStart = (controller, context) => {
    start?.(controller, context);
    // A request whose deadline passed while it waited for a connection is not written any more.
    if (!controller.aborted) started();
  };
  return decorated;
}

/** Codes of trouble that the backend itself did not cause: its name or its certificate could not be verified. */
export const isNamesOrCertificates = (cause: string): boolean =>
  /^(ENOTFOUND|EAI_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|ERR_SSL_|INVALID_CA|HOSTNAME_)/.test(cause);

const TIMEOUTS = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError']);
const isTimeout = (error: unknown) => error instanceof Error && TIMEOUTS.has(error.name);

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) found[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return found;
}
