import { Pool } from 'undici';
import type { z } from 'zod';
import type { Trouble } from '~/model/loaded';
import { mayWrite, type Viewer, type WritingViewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { alarm, log } from '~/platform/log.server';
import { createBreaker } from './breaker';

/** Limits for calls to one backend. Times are in milliseconds, sizes in bytes. */
export interface GateOptions {
  /** The backend's name in the log and the metrics. */
  readonly name: string;
  readonly baseUrl: string;
  readonly connectMs?: number;
  /** The deadline of one attempt, body included. */
  readonly attemptMs: number;
  readonly maxBytes?: number;
  readonly connections?: number;
  /** Headers that tell the backend who asks and whether they may write, where it supports them. */
  readonly headersOf?: (by: Viewer) => Readonly<Record<string, string>>;
}

export type Question<T> = Asking<T> & (Reading | Writing);

/** A read: allowed for every viewer. */
type Reading = { readonly by?: Viewer } & (
  | { readonly method?: 'GET'; readonly safe?: boolean }
  /** A POST that only reads (a search) may be retried, like a GET. */
  | { readonly method: 'POST'; readonly safe: true }
);

/** A write: allowed only for the person themselves, never in a look. */
interface Writing {
  readonly method: 'POST' | 'DELETE';
  readonly safe?: false;
  readonly by: WritingViewer;
}

export interface Asking<T> {
  /** Relative to the base URL, query included. Never contains a name, number or code of a person. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The schema of the answer. Fields that it does not name are dropped. */
  readonly schema: z.ZodType<T>;
  /** Unwraps the body before it is parsed as JSON. */
  readonly unwrap?: (text: string) => string;
  /** Headers that hold the backend's reason. An answer with a status ≥ 400 and one of them is a refusal. */
  readonly reasonHeaders?: readonly string[];
}

/**
 * `status` and `body` are set only when the backend itself refused (4xx, or a 2xx that an adapter reads as a refusal).
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly headers: Record<string, string> }
  | {
      readonly ok: false;
      readonly why: Trouble;
      readonly status?: number;
      readonly body?: string;
      /** The values of `reasonHeaders` in a refusal. */
      readonly reason?: Record<string, string>;
      /** The request was certainly not sent, so nothing was done. */
      readonly unsent?: true;
    };

export interface Gate {
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  close(): Promise<void>;
}

/**
 * The only way to a backend: pooled connections, a deadline for each attempt, one retry for reads, a circuit breaker, a
 * size limit, and a schema for every answer.
 */
export function openGate(options: GateOptions): Gate {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  let breaker = createBreaker();
  onClearCaches(() => {
    breaker = createBreaker();
  });
  const maxBytes = options.maxBytes ?? 1_048_576;
  const pool = new Pool(base.origin, {
    connections: options.connections ?? 32,
    connect: { timeout: options.connectMs ?? 500 },
    bodyTimeout: options.attemptMs,
    headersTimeout: options.attemptMs,
    maxResponseSize: maxBytes,
  });

  async function attempt<T>(question: Question<T>): Promise<Answer<T>> {
    if (!breaker.permits(Date.now())) return { ok: false, why: 'down', unsent: true };
    const answer = await send(question);
    // A refusal (4xx) shows that the backend works; a late answer does not.
    if (answer.ok || answer.why === 'refused' || answer.why === 'malformed') breaker.succeeded();
    else breaker.failed(Date.now());
    return answer;
  }

  async function send<T>(question: Question<T>): Promise<Answer<T>> {
    let status: number;
    let text: string;
    let headers: Record<string, string>;
    try {
      const response = await pool.request({
        method: question.method ?? 'GET',
        path: prefix + question.path,
        headers: {
          accept: 'application/json',
          ...(question.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...question.headers,
          ...(question.by && options.headersOf?.(question.by)),
        },
        body: question.body === undefined ? null : JSON.stringify(question.body),
        signal: AbortSignal.timeout(options.attemptMs),
      });
      status = response.statusCode;
      headers = flat(response.headers);
      text = await response.body.text();
    } catch (error) {
      if (isUnsent(error)) return { ok: false, why: 'down', unsent: true };
      return { ok: false, why: isTimeout(error) ? 'late' : 'down' };
    }
    const named = question.reasonHeaders?.filter((name) => headers[name]) ?? [];
    const reason = Object.fromEntries(named.map((name) => [name, headers[name] ?? '']));
    if (status >= 400 && named.length > 0) return { ok: false, why: 'refused', status, body: text, reason };
    if (status >= 500) return { ok: false, why: 'failed', status };
    if (status >= 400) return { ok: false, why: 'refused', status, body: text };
    return read(question, text, headers);
  }

  return {
    async ask(question) {
      // The types forbid this; a mistake that gets past them is refused here, and nothing is sent.
      if ((question.method ?? 'GET') !== 'GET' && !question.safe && !(question.by && mayWrite(question.by))) {
        alarm('look-tried-to-write', { backend: options.name });
        return { ok: false, why: 'refused', unsent: true };
      }
      let answer = await attempt(question);
      const repeatable = question.safe ?? (question.method ?? 'GET') === 'GET';
      if (
        !answer.ok &&
        repeatable &&
        (answer.why === 'down' || answer.why === 'failed') &&
        breaker.state === 'closed'
      ) {
        await new Promise((resume) => setTimeout(resume, 20 + Math.random() * 80));
        answer = await attempt(question);
      }
      if (!answer.ok) log('backend', { backend: options.name, outcome: answer.why, status: answer.status });
      return answer;
    },
    close: () => pool.close(),
  };
}

function read<T>(question: Question<T>, text: string, headers: Record<string, string>): Answer<T> {
  try {
    const content = question.unwrap ? question.unwrap(text) : text;
    const parsed = question.schema.safeParse(content === '' ? null : JSON.parse(content));
    return parsed.success ? { ok: true, value: parsed.data, headers } : { ok: false, why: 'malformed' };
  } catch {
    return { ok: false, why: 'malformed' };
  }
}

const TIMEOUTS = new Set(['TimeoutError', 'HeadersTimeoutError', 'BodyTimeoutError']);
const isTimeout = (error: unknown) => error instanceof Error && TIMEOUTS.has(error.name);

const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const isUnsent = (error: unknown) =>
  error instanceof Error && 'code' in error && BEFORE_SENDING.has(String(error.code));

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) found[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return found;
}
