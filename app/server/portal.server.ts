import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { withDeadline } from '~/agency/deadline.server';
import type { Source } from '~/audit/logged-look.server';
import { type Ending, type LookTracker, trackLooks } from '~/audit/look-tracker.server';
import { noteRefusedRequest } from '~/audit/refused-request.server';
import type { Config } from '~/config/config.server';
import type { AppLoadContext, ServerBuild } from '~/framework/node.server';
import { type Answering, routeHandlers } from '~/framework/route-handlers.server';
import { hasSealedSession, sessionIdIn } from '~/identity/cookies.server';
import { actorOfSession } from '~/identity/known-actors.server';
import { limitFor } from '~/model/rate-limit';
import { errorName, log } from '~/platform/log.server';
import { requestSeconds } from '~/platform/metrics.server';
import { rates } from '~/platform/rate-limits.server';
import {
  givenRequestId,
  givenTraceparent,
  type RequestContext,
  withinRequest,
} from '~/platform/request-context.server';
import { isStoreFailure } from '~/platform/store-failure';
import type { Span } from '~/platform/tracer';
import { startSpan } from '~/platform/tracing.server';
import { createAdmission, type Kind, kindOf, NODE_LOOP } from './admission.server';
import { answerBrokenRequests } from './broken-requests.server';
import { closure } from './closure.server';
import { isNoForm, type Refused, readBody, refusalOf } from './guards.server';
import { pagePolicy, securityHeaders, setHeaders } from './headers.server';
import { networkOf } from './network.server';
import { originOf } from './origin.server';
import { sendFailure, sendProblem, sendRedirect } from './plain-answers.server';
import { REPORTS, takeReport } from './policy-reports.server';
import { type HealthPart, probeAnswer } from './probes.server';
import { createRepeats } from './repeats.server';
import { closeWhenLate, type NoPage, send, type Whole, wholeOf } from './reply.server';
import { trackSockets } from './shutdown.server';
import { typedAddress, typedForm } from './typed-input.server';
import { languageOf, webRequest } from './web-request.server';

/** Serves a file or passes the request on; `sirv` in production, Vite in development. */
export type Files = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface PortalOptions {
  readonly config: Config;
  readonly build: ServerBuild | (() => Promise<ServerBuild>);
  readonly files: Files;
  /** Whether the process takes requests: it does not stop. The readiness probe. */
  readonly ready: () => Promise<boolean>;
  /** The state of each part, for `/health` and `/readyz`. */
  readonly parts?: () => Promise<readonly HealthPart[]>;
}

interface Exchange extends RequestContext {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** As people typed it until `answer` has cleaned it. */
  pathname: string;
  /** The looks that it adds to the audit log, and whether they were sent. */
  readonly looks: LookTracker;
  /** Null when no traces are sent. */
  readonly span: Span | null;
  /** For the log and the metrics; `(file)` until the request turns out to be for a page. */
  route: string;
  /** Why the server itself refused it; empty when it did not. */
  refused: string;
}

const NO_SOURCE: Source = { origin: 'unknown', build: 'unknown' };
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
// Node checks the two limits above only so often.
const CHECK_MS = 1_000;
const MOST_BODIES = 500;
// Longer than the minute for which proxies keep a connection, so that we never close one under a request.
const KEEP_ALIVE_MS = 65_000;
/** Seconds after which to retry when the portal is too busy. */
const RETRY_AFTER = 10;

/**
 * The portal as an HTTP server that does not listen yet. Every answer has its security headers, also after a failure.
 */
export function createPortal({ config, build, files, ready, parts = async () => [] }: PortalOptions): Server {
  const always = securityHeaders(config);
  const admission = createAdmission(config.MOST_AT_ONCE, NODE_LOOP);
  const buildNow = typeof build === 'function' ? build : async () => build;
  const repeats = createRepeats();
  let built: ServerBuild | undefined;
  // A flood of slow forms must not keep people from signing out.
  const bodies = { ending: 0, other: 0 };
  let answeringOf: (pathname: string) => Answering = () => {
    throw new Error('no build yet');
  };

  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: Math.max(REQUEST_MS, 2_000 * config.BODY_SECONDS),
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: CHECK_MS,
  };
  const server = createServer(limits, (request, response) => {
    const pathname = (request.url ?? '/').split('?')[0] ?? '/';
    const given = givenTraceparent(request.headers.traceparent);
    const span = startSpan('server', given);
    const exchange = {
      request,
      response,
      pathname,
      requestId: givenRequestId(request.headers['x-request-id']) ?? randomBytes(8).toString('hex'),
      traceparent: span?.traceparent ?? given,
      span,
      looks: trackLooks(() => sourceOf(request)),
      route: '(file)',
      refused: '',
    };
    admission.arrived();
    record(exchange);
    setHeaders(response, { ...always, 'x-request-id': exchange.requestId });
    closeWhenLate(response);
    withinRequest(exchange, () => answer(exchange).catch((error) => fail(exchange, error)));
  });
  server.on('connection', admission.arrived);
  trackSockets(server);
  answerBrokenRequests(server, always, (status) =>
    // Nothing of such a request is known, not even its network.
    noteRefusedRequest({ actor: null, network: null, route: '(none)', reason: `${status} Not readable` }, NO_SOURCE),
  );
  return server;

  function sourceOf({ headers }: IncomingMessage): Source {
    // In development the build changes all the time.
    return {
      origin: originOf(headers, config),
      build: typeof build === 'function' ? 'development' : build.assets.version,
    };
  }

  async function answer(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    if (request.method === 'POST' && exchange.pathname === REPORTS) {
      exchange.route = REPORTS;
      response.statusCode = await takeReport(request);
      return void response.end();
    }
    const address = typedAddress(request.url ?? '/');
    if (address === null) return unreadable(exchange);
    request.url = address;
    exchange.pathname = address.split('?')[0] ?? '/';
    const refused = refusalOf(request, config.ORIGIN, 1_024 * config.BODY_KIB);
    if (refused) return deny(exchange, refused);
    const { pathname } = exchange;
    const probe = await probeAnswer(pathname, request.headers, { config, ready, parts });
    if (probe) {
      exchange.route = pathname;
      return send(await wholeOf(probe, request), request, response);
    }
    if (isElsewhere(request, config)) return sendRedirect(response, config.ORIGIN + request.url);
    files(request, response, () => {
      const language = () => languageOf(request, config.ORIGIN);
      const closed = closure(config, language);
      if (closed) {
        exchange.route = '(closed)';
        return sendFailure(response, closed, config);
      }
      const repeated = repeats.find(request);
      if (repeated) {
        exchange.route = repeated.route;
        repeated.whole.then((whole) => reply(exchange, whole)).catch((error) => fail(exchange, error));
        return;
      }
      enter(exchange).catch((error) => fail(exchange, error));
    });
  }

  /** Reads the body first: a slow sender must not take a place from those whose request is complete. */
  async function enter(exchange: Exchange): Promise<void> {
    const { request, pathname } = exchange;
    const kind = kindOf(request.method ?? '', pathname, () => hasSealedSession(request.headers.cookie ?? ''));
    const sent = request.method === 'POST' ? await bodyOf(request, kind) : null;
    if (sent === 'full') return refuse(exchange, 'busy', RETRY_AFTER);
    if (sent !== null && !Buffer.isBuffer(sent)) return deny(exchange, sent);
    // A machine's message is read by its schema, and nothing of it is shown.
    const body = sent && (isNoForm(request.url ?? '') ? sent : typedForm(sent));
    if (sent && !body) return unreadable(exchange);
    // A form is taken also from a client that has gone.
    const from = sessionIdIn(request.headers.cookie ?? '');
    const leave = await admission.enter(kind, from, () => body === null && request.socket.destroyed);
    if (leave === null) return refuse(exchange, 'busy', RETRY_AFTER);
    await page(exchange, body).finally(leave);
  }

  async function bodyOf(request: IncomingMessage, kind: Kind): Promise<Buffer | Refused | 'full'> {
    const which = kind === 'ending' ? 'ending' : 'other';
    if (bodies[which] >= MOST_BODIES) return 'full';
    bodies[which] += 1;
    try {
      return await readBody(request, 1_000 * config.BODY_SECONDS, 1_024 * config.BODY_KIB);
    } finally {
      bodies[which] -= 1;
    }
  }

  function deny(exchange: Exchange, refused: Refused): void {
    exchange.refused = refused.title;
    sendProblem(exchange.response, refused);
  }

  function unreadable(exchange: Exchange): void {
    exchange.route = '(unreadable)';
    exchange.refused = 'Unreadable';
    sendFailure(
      exchange.response,
      { why: 'unreadable', language: languageOf(exchange.request, config.ORIGIN) },
      config,
    );
  }

  function refuse(exchange: Exchange, why: 'busy' | 'tooMany', retryAfter: number): void {
    exchange.route = `(${why})`;
    if (why === 'tooMany') exchange.refused = 'Too many requests';
    sendFailure(exchange.response, { why, language: languageOf(exchange.request, config.ORIGIN), retryAfter }, config);
  }

  /** Counts the request by session and by network. Returns after how many seconds it is allowed; null: now. */
  function waitFor({ request }: Exchange, pattern: string): number | null {
    const limit = limitFor(request.method ?? '', pattern);
    if (limit === null) return null;
    const session = sessionIdIn(request.headers.cookie ?? '');
    const network = networkOf(request.headers, config.ADDRESS_HEADER);
    const waits = [
      session === null ? null : rates.count(limit, 'session', session),
      network === null ? null : rates.count(limit, 'network', network),
    ];
    return waits.reduce((longest, one) => Math.max(longest ?? 0, one ?? 0), null) || null;
  }

  async function page(exchange: Exchange, body: Buffer | null): Promise<void> {
    const { request, response, pathname } = exchange;
    if (pathname.startsWith('/assets/')) return sendProblem(response, { status: 404, title: 'Not found' });
    const answering = await answeringFor(pathname);
    exchange.route = answering.pattern;
    const wait = waitFor(exchange, answering.pattern);
    if (wait !== null) return refuse(exchange, 'tooMany', wait);
    const patience = AbortSignal.timeout(1_000 * config.ANSWER_SECONDS);
    if (request.method === 'GET' && answering.repeatable) {
      // Concurrent identical requests wait for it too, so it is finished even when the first client has gone.
      const whole = made(exchange, answering, { body: null, patience, signal: patience });
      repeats.keep(request, exchange.route, whole);
      return reply(exchange, await whole);
    }
    const signal = AbortSignal.any([patience, closing(response)]);
    try {
      reply(exchange, await made(exchange, answering, { body, patience, signal }));
    } finally {
      // Earlier answers may be outdated after a write.
      if (body) repeats.forget(request);
    }
  }

  async function answeringFor(pathname: string): Promise<Answering> {
    const current = await buildNow();
    if (current !== built) {
      built = current;
      answeringOf = routeHandlers(current);
    }
    return answeringOf(pathname);
  }

  /** The framework's answer, or why there is no page: it is late, the database is away, or a person asks too often. */
  async function made(
    { request, requestId, looks, route }: Exchange,
    { handler }: Answering,
    { body, patience, signal }: { body: Buffer | null; patience: AbortSignal; signal: AbortSignal },
  ): Promise<Whole | NoPage> {
    const nonce = randomBytes(16).toString('base64');
    const asked = webRequest(request, body, signal, config.ORIGIN);
    const context: AppLoadContext = { nonce, requestId, noPage: null };
    // A write is finished for a client that has gone: it wants to find it done.
    const make = () => looks.make(() => handler(asked, context));
    const making = body === null ? withDeadline(signal, make) : make();
    const answer = await Promise.race([making, aborted(patience)]);
    if (answer === null) return { why: 'broken', retryAfter: RETRY_AFTER };
    // The plain page says when to try again. The framework's own would say that something is broken.
    if (answer.status === 500 && context.noPage) return context.noPage;
    const whole = await wholeOf(answer, request);
    return { ...whole, headers: [...whole.headers, ['content-security-policy', pagePolicy(nonce, config, route)]] };
  }

  function reply({ request, response }: Exchange, made: Whole | NoPage): void {
    if ('bytes' in made) send(made, request, response);
    else sendFailure(response, { ...made, language: languageOf(request, config.ORIGIN) }, config);
  }

  function fail({ request, response, requestId }: Exchange, error: unknown): void {
    log('error', { requestId, error: errorName(error) }, 'error');
    const isPassing = isStoreFailure(error) ? { retryAfter: RETRY_AFTER } : {};
    sendFailure(response, { why: 'broken', language: languageOf(request, config.ORIGIN), ...isPassing }, config);
  }

  function refusedBy({ request: { headers }, route, refused: title }: Exchange) {
    const session = sessionIdIn(headers.cookie ?? '');
    const actor = session === null ? null : actorOfSession(session);
    return { actor, network: networkOf(headers, config.ADDRESS_HEADER), route, title };
  }

  function record(exchange: Exchange): void {
    const started = performance.now();
    const { socket } = exchange.request;
    let finished = false;
    exchange.response.on('finish', () => {
      // `finish` and `writableFinished` are also set for data thrown away with a broken connection.
      finished = !socket.destroyed;
    });
    exchange.response.on('close', () => {
      const { requestId, route } = exchange;
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const method = ['GET', 'HEAD', 'POST'].find((known) => known === exchange.request.method) ?? 'other';
      const status = exchange.response.statusCode;
      requestSeconds.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
      log('request', { requestId, method, route, status, ms });
      const facts = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status };
      exchange.span?.end(`${method} ${route}`, facts, status >= 500 ? `${status}` : null);
      exchange.looks.ended(endingOf(exchange, finished), status, refusedBy(exchange));
    });
  }
}

/**
 * On a developer's machine 127.0.0.1 and localhost are two sites; forms and cookies only work on the configured one.
 */
function isElsewhere({ headers, method }: IncomingMessage, { local, ORIGIN }: Config): boolean {
  return local && method === 'GET' && headers.host !== new URL(ORIGIN).host;
}

/** Only a successful page shows the looks logged for it: a refusal, a redirect and a HEAD answer do not. */
function endingOf({ request, response }: Exchange, finished: boolean): Ending {
  if (request.method === 'HEAD' || response.statusCode !== 200 || !response.headersSent) return 'not-sent';
  return finished ? 'sent' : 'broken-off';
}

function closing(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
