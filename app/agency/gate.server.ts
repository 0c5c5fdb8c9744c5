import type { z } from 'zod';
import type { Trouble } from '~/model/loaded';
import { mayWrite, type Viewer, type WritingViewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { fieldOf } from '~/platform/error-place.server';
import { alarm, log } from '~/platform/log.server';
import { backendSeconds, breakers } from '~/platform/metrics.server';
import { requestContext } from '~/platform/request-context.server';
import { startSpan, tracingHeaders } from '~/platform/tracing.server';
import { createTurns } from './background-turns';
import { deadlineNow } from './deadline.server';
import { readAs } from './field-values.server';
import { createOperationBreakers, operationOf } from './operation-breakers';
import { createPause, waitAskedFor } from './pause';
import { createRetryBudget } from './retry-budget';
import {
  CONNECTIONS,
  type Exchange,
  isNamesOrCertificates,
  openTransport,
  type TransportOptions,
} from './transport.server';

/** One backend, and the limits for calls to it. */
export interface GateOptions extends TransportOptions {
  /** The backend's name in the log and the metrics. */
  readonly name: string;
  readonly baseUrl: string;
  /** Headers that tell the backend who asks and whether they may write, where it supports them. */
  readonly headersOf?: (by: Viewer) => Readonly<Record<string, string>>;
}

export type Question<T> = Asking<T> & (Reading | Writing | Recording);

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

/** A record that a background job makes in the agency's name: allowed in a job only, never while a page is made. */
interface Recording {
  readonly method: 'POST';
  readonly safe?: false;
  readonly by: 'job';
}

export interface Asking<T> {
  /** Relative to the base URL, query included. Never contains a name, number or code of a person. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The answer is a file: the schema gets its bytes. */
  readonly bytes?: true;
  /** The fields of a form, sent instead of a JSON body. */
  readonly form?: Readonly<Record<string, string>>;
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
      /** Seconds that the backend asked to wait, with status 429 or 503. */
      readonly retryAfter?: number;
      /** The answer is over the size limit: ask for less of it. */
      readonly tooLarge?: true;
    };

export interface Gate {
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  close(): Promise<void>;
}

/**
 * The only way to a backend: pooled connections, a deadline for each attempt, one retry for reads within a budget, a
 * circuit breaker for each operation, a pause where the backend asks for one, a size limit, and a schema for every
 * answer. Background jobs have a quarter of the connections, so that pages never wait for them.
 */
export function openGate(options: GateOptions): Gate {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  let backend = createOperationBreakers();
  const background = createTurns(Math.max(1, Math.floor((options.connections ?? CONNECTIONS) / 4)));
  let pause = createPause();
  let retries = createRetryBudget();
  onClearCaches(() => {
    backend = createOperationBreakers();
    pause = createPause();
    retries = createRetryBudget();
  });
  breakers.set(options.name, () => backend.state(Date.now()));
  const transport = openTransport(base.origin, options);

  /** A backend that has not answered when a page's budget ends is slow, unless the call was begun shortly before. */
  const saysItIsSlow = (seconds: number, byBudget: boolean) => byBudget && seconds * 2_000 >= options.attemptMs;

  const breakerOf = ({ method = 'GET', path }: Question<unknown>) => backend.of(operationOf(method, path), Date.now());

  const isClosed = (question: Question<unknown>) =>
    breakerOf(question).state === 'closed' && backend.connection.state === 'closed';

  async function attempt<T>(question: Question<T>): Promise<Answer<T>> {
    const wait = pause.secondsLeft(Date.now());
    if (wait > 0) return { ok: false, why: 'refused', status: 429, unsent: true, retryAfter: wait };
    const method = question.method ?? 'GET';
    const breaker = breakerOf(question);
    const { connection } = backend;
    if (!connection.permits(Date.now()) || !breaker.permits(Date.now()))
      return { ok: false, why: 'down', unsent: true };
    const call = beginCall(options.name, method);
    const exchange = await transport.send({
      method,
      path: prefix + question.path,
      headers: {
        accept: 'application/json',
        ...contentType(question),
        ...question.headers,
        ...call.headers,
        ...(question.by && question.by !== 'job' && options.headersOf?.(question.by)),
      },
      body: bodyOf(question),
      writes: !isRepeatable(question),
      file: question.bytes ?? false,
      // A write goes on: its outcome would be unknown, and the person wants it done.
      deadline: isRepeatable(question) ? deadlineNow() : null,
    });
    const malformed = (field: string) => log('backend-malformed', { backend: options.name, field }, 'warn');
    const answer = answerIn(question, exchange, malformed);
    const isNoSign = exchange.status === null && exchange.abandoned && !saysItIsSlow(call.seconds(), exchange.late);
    call.end(answer, exchange.status, isNoSign);
    if (isNoSign) return answer;
    if (!answer.ok && answer.retryAfter !== undefined) pause.start(answer.retryAfter, Date.now());
    if (exchange.status !== null || !exchange.unsent) connection.succeeded();
    // One person's data that a backend can't handle must not close it to everybody.
    const person = personIn(question);
    if (exchange.status === null) {
      const { cause } = exchange;
      log('backend-unreachable', { backend: options.name, outcome: cause }, 'warn');
      // The backend was not reached, and the next call fails as quickly.
      if (isNamesOrCertificates(cause)) return answer;
      // A call that waited for a free connection until its end met a slow operation, not a closed door.
      if (exchange.unsent && cause !== 'TimeoutError') connection.failed(Date.now());
      else breaker.failed(Date.now(), person);
      return answer;
    }
    if (exchange.status >= 300 && exchange.status < 400) {
      log(
        'backend-redirects',
        { backend: options.name, status: exchange.status, outcome: targetOf(exchange, base) },
        'warn',
      );
      breaker.succeeded();
    } else if (answer.ok || answer.why !== 'failed') breaker.succeeded();
    else breaker.failed(Date.now(), person);
    return answer;
  }

  return {
    async ask(question) {
      // The types forbid this; a mistake that gets past them is refused here, and nothing is sent.
      if ((question.method ?? 'GET') !== 'GET' && !question.safe && !mayChange(question.by)) {
        alarm('look-tried-to-write', { backend: options.name });
        return { ok: false, why: 'refused', unsent: true };
      }
      retries.called();
      const send = () => (requestContext()?.isJob ? background.take(() => attempt(question)) : attempt(question));
      let answer = await send();
      if (!answer.ok && mayRepeat(question, answer) && isClosed(question) && retries.spend()) {
        await new Promise((resume) => setTimeout(resume, 20 + Math.random() * 80));
        answer = await send();
      }
      if (!answer.ok) {
        const outcome = answer.tooLarge ? 'too-large' : answer.why;
        log('backend', { backend: options.name, outcome, status: answer.status });
      }
      return answer;
    },
    close: () => transport.close(),
  };
}

/** Measures one call and traces it. Its headers tell the backend which request it works for. */
function beginCall(backend: string, method: string) {
  const started = performance.now();
  const span = startSpan('client', requestContext()?.traceparent ?? null);
  const seconds = () => (performance.now() - started) / 1_000;
  return {
    headers: tracingHeaders(span),
    seconds,
    end(answer: Answer<unknown>, status: number | null, abandoned: boolean): void {
      const outcome = answer.ok ? 'ok' : abandoned ? 'abandoned' : answer.why;
      backendSeconds.observe({ backend, outcome }, seconds());
      const facts = { 'http.request.method': method, 'peer.service': backend };
      const answered = status === null ? {} : { 'http.response.status_code': status };
      span?.end(`${method} ${backend}`, { ...facts, ...answered }, answer.ok ? null : outcome);
    },
  };
}

const contentType = ({ body, form }: Question<unknown>): Record<string, string> => {
  if (form) return { 'content-type': 'application/x-www-form-urlencoded' };
  return body === undefined ? {} : { 'content-type': 'application/json' };
};

function bodyOf({ body, form }: Question<unknown>): string | null {
  if (form) return new URLSearchParams(form).toString();
  return body === undefined ? null : JSON.stringify(body);
}

const isRepeatable = (question: Question<unknown>) => question.safe ?? (question.method ?? 'GET') === 'GET';

const mayChange = (by: Question<unknown>['by']): boolean =>
  by === 'job' ? requestContext()?.isJob === true : by ? mayWrite(by) : false;

/** A read may be repeated after any trouble of the backend, a write only when nothing of it was sent. */
function mayRepeat(question: Question<unknown>, answer: Extract<Answer<unknown>, { ok: false }>): boolean {
  if (answer.retryAfter !== undefined) return false;
  if (answer.why === 'down') return isRepeatable(question) || answer.unsent === true;
  return answer.why === 'failed' && isRepeatable(question) && (answer.status ?? 0) >= 500;
}

/** @param malformed is told the path of a field that is not as the schema says, or what the body is */
function answerIn<T>(question: Question<T>, exchange: Exchange, malformed: (field: string) => void): Answer<T> {
  if (exchange.status === null) {
    if (exchange.unsent) return { ok: false, why: exchange.abandoned ? 'late' : 'down', unsent: true };
    return { ok: false, why: exchange.late || exchange.abandoned ? 'late' : 'down' };
  }
  const { status, headers, text } = exchange;
  const named = question.reasonHeaders?.filter((name) => headers[name]) ?? [];
  const reason = Object.fromEntries(named.map((name) => [name, headers[name] ?? '']));
  const wait = waitAskedFor(status, headers['retry-after'], Date.now());
  const after = wait === null ? {} : { retryAfter: wait };
  if (status >= 400 && named.length > 0) return { ok: false, why: 'refused', status, body: text, reason, ...after };
  if (status >= 500) return { ok: false, why: 'failed', status, ...after };
  if (status >= 400) return { ok: false, why: 'refused', status, body: text, ...after };
  // Where it leads was not asked, and what it did before is not known.
  if (status >= 300) return { ok: false, why: 'failed', status };
  if (exchange.bodyTrouble === 'too-large') return { ok: false, why: 'malformed', tooLarge: true };
  if (exchange.bodyTrouble) {
    malformed(`(${exchange.bodyTrouble})`);
    return { ok: false, why: 'malformed' };
  }
  return question.bytes
    ? readFile(question, exchange.bytes, headers, malformed)
    : read(question, text, headers, malformed);
}

/** The origin that a redirect leads to. Its path is left out: it may hold a key of a person. */
function targetOf(exchange: Extract<Exchange, { status: number }>, base: URL): string {
  const { location = '' } = exchange.headers;
  return URL.canParse(location, base) ? new URL(location, base).origin : 'nowhere';
}

/** The person whose data a read asks for. */
function personIn(question: Question<unknown>): string | undefined {
  const person = isRepeatable(question) && question.by !== 'job' ? question.by?.subject.person : undefined;
  return person && `${person.kind} ${person.value}`;
}

function readFile<T>(
  question: Question<T>,
  bytes: Uint8Array | undefined,
  headers: Record<string, string>,
  malformed: (field: string) => void,
): Answer<T> {
  const parsed = question.schema.safeParse(bytes);
  if (parsed.success) return { ok: true, value: parsed.data, headers };
  malformed('(no file)');
  return { ok: false, why: 'malformed' };
}

function read<T>(
  question: Question<T>,
  text: string,
  headers: Record<string, string>,
  malformed: (field: string) => void,
): Answer<T> {
  try {
    const content = question.unwrap ? question.unwrap(text) : text;
    const parsed = readAs(question.schema, content === '' ? null : JSON.parse(content));
    if (parsed.success) return { ok: true, value: parsed.data, headers };
    malformed(fieldOf(parsed.error.issues));
  } catch {
    malformed('(no JSON)');
  }
  return { ok: false, why: 'malformed' };
}
