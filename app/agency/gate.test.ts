import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import type { Viewer } from '~/model/viewer';
import { log } from '~/platform/log.server';
import { register } from '~/platform/metrics.server';
import { withinRequest } from '~/platform/request-context.server';
import { VIEWER } from '../../tests/agency/planner';
import { DEFAULT_RULES } from './breaker';
import { type Asking, type Gate, type GateOptions, openGate, type Question } from './gate.server';

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn() }));

/** Enough for an answer on a busy machine, and short enough to wait for. */
const PATIENT = { attemptMs: 5_000, connectMs: 5_000 };
const HURRIED = { attemptMs: 250 };
/** Far below the client's own timeout. */
const SOON = 3_000;
const schema = z.object({ n: z.number() });
const opened: { server: Server; gate: Gate }[] = [];

/** A real HTTP backend with a scripted answer, a gate to it, and the requests it received. */
async function backend(answer: RequestListener, options: Partial<GateOptions> = {}) {
  const asked: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const gate = openGate({ name: 'test', baseUrl: `http://127.0.0.1:${port}/api/v1`, ...PATIENT, ...options });
  opened.push({ server, gate });
  const ask = (question: GateQuestion = {}) => gate.ask(questionOf(question));
  return { server, gate, asked, ask, stop: () => stop(server) };
}

interface GateQuestion extends Partial<Asking<{ n: number }>> {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly safe?: boolean;
}

/** A request of a person about their own data. */
function questionOf({ method = 'GET', safe = method === 'GET', ...rest }: GateQuestion): Question<{ n: number }> {
  const whole = { path: '/x', schema, by: VIEWER, ...rest };
  if (method === 'GET') return { ...whole, method, safe };
  return method === 'POST' && safe ? { ...whole, method, safe } : { ...whole, method };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

const answering =
  (status: number, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

afterEach(async () => {
  vi.useRealTimers();
  vi.clearAllMocks();
  for (const { server, gate } of opened.splice(0)) {
    await stop(server);
    await gate.close();
  }
});

describe('a look', () => {
  const changed = { ...VIEWER };
  Object.assign(changed, { basis: 'view-as', scope: 'read' });

  test.each(['POST', 'DELETE'] as const)("can't send a %s that changes something", async (method) => {
    const { gate, asked } = await backend(answering(200, '{"n":1}'));
    expect(await gate.ask({ path: '/x', schema, method, by: changed })).toEqual({
      ok: false,
      why: 'refused',
      unsent: true,
    });
    expect(asked).toEqual([]);
    expect(await gate.ask({ path: '/x', schema, method: 'POST', safe: true, by: changed })).toMatchObject({ ok: true });
  });

  test("can't send a write by type either", () => {
    type Look = Viewer & { readonly basis: 'view-as' };
    expectTypeOf<{ path: string; schema: typeof schema; method: 'POST'; by: Look }>().not.toExtend<
      Question<{ n: number }>
    >();
    expectTypeOf<{ path: string; schema: typeof schema; method: 'DELETE' }>().not.toExtend<Question<{ n: number }>>();
  });

  test('is announced to a backend that supports it', async () => {
    const { gate, asked } = await backend(answering(200, '{"n":1}'), {
      headersOf: ({ scope }) => ({ 'x-may': scope }),
    });
    await gate.ask({ path: '/x', schema, by: changed });
    await gate.ask({ path: '/x', schema, method: 'POST', by: VIEWER });
    await gate.ask({ path: '/x', schema });
    expect(asked.map(({ headers }) => headers['x-may'])).toEqual(['read', 'write', undefined]);
  });
});

describe('a request', () => {
  test('is sent below the base URL, and only known fields come back', async () => {
    const { ask, asked } = await backend(answering(200, '{"n":1,"secret":"x"}'));
    const answer = await ask({
      method: 'POST',
      path: '/search?a=b',
      body: { name: 'Ж' },
      headers: { authorization: 'Bearer t' },
    });
    expect(answer).toMatchObject({ ok: true, value: { n: 1 } });
    expect(answer.ok && answer.value).not.toHaveProperty('secret');
    expect(asked).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/search?a=b',
        body: '{"name":"Ж"}',
        headers: { authorization: 'Bearer t', accept: 'application/json', 'content-type': 'application/json' },
      },
    ]);
  });

  test('may unwrap its answer, and may have none', async () => {
    const wrapped = await backend(answering(200, ')]}\',\n{"n":1}'));
    expect(await wrapped.ask({ unwrap: (text) => text.slice(6) })).toMatchObject({ ok: true, value: { n: 1 } });
    const empty = await backend(answering(204));
    expect(await empty.gate.ask({ path: '/x', schema: z.null() })).toMatchObject({ ok: true, value: null });
  });
});

describe('a backend that is late', () => {
  test('before its first byte times out and is not retried', async () => {
    const { ask, asked } = await backend(() => {}, HURRIED);
    const started = performance.now();
    expect(await ask()).toEqual({ ok: false, why: 'late' });
    expect(performance.now() - started).toBeLessThan(SOON);
    expect(asked.length).toBeLessThan(2);
  });

  test('with the rest of its body times out too', async () => {
    const { ask, asked } = await backend((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"n":');
    }, HURRIED);
    expect(await ask()).toEqual({ ok: false, why: 'late' });
    expect(asked.length).toBeLessThan(2);
  });

  test('that drips its body is held to the same deadline', async () => {
    const { ask } = await backend((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 25);
      response.on('close', () => clearInterval(drip));
    }, HURRIED);
    const started = performance.now();
    expect(await ask()).toEqual({ ok: false, why: 'late' });
    expect(performance.now() - started).toBeLessThan(SOON);
  });
});

describe('a backend that is down', () => {
  test('and hangs up gets a retry for reads only', async () => {
    const { ask, asked } = await backend((request) => void request.socket.destroy());
    expect(await ask()).toEqual({ ok: false, why: 'down' });
    expect(asked).toHaveLength(2);
    expect(await ask({ method: 'POST', body: {} })).toEqual({ ok: false, why: 'down' });
    expect(asked).toHaveLength(3);
  });

  test('and hangs up halfway through its answer is down', async () => {
    const { ask } = await backend((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"n":1}', () => response.socket?.destroy());
    });
    expect(await ask({ method: 'POST' })).toEqual({ ok: false, why: 'down' });
  });

  test('and refuses the connection certainly received nothing', async () => {
    const { ask, stop } = await backend(answering(200, '{"n":1}'));
    await stop();
    expect(await ask()).toEqual({ ok: false, why: 'down', unsent: true });
    expect(await ask({ method: 'POST', body: {} })).toEqual({ ok: false, why: 'down', unsent: true });
  });
});

describe('a backend that fails', () => {
  test.each<[string, Partial<Question<{ n: number }>>, number]>([
    ['GET twice', {}, 2],
    ['POST once', { method: 'POST', body: {} }, 1],
    ['DELETE once', { method: 'DELETE' }, 1],
    ['POST that only asks twice', { method: 'POST', body: {}, safe: true }, 2],
    ['GET that is not to be repeated once', { safe: false }, 1],
  ])('gets a second attempt for a %s', async (_what, question, times) => {
    const { ask, asked } = await backend(answering(503, 'down for maintenance'));
    expect(await ask(question)).toEqual({ ok: false, why: 'failed', status: 503 });
    expect(asked).toHaveLength(times);
  });

  test('for a moment goes unnoticed', async () => {
    let times = 0;
    const { ask } = await backend((request, response) => {
      times += 1;
      answering(times === 1 ? 500 : 200, '{"n":1}')(request, response);
    });
    expect(await ask()).toMatchObject({ ok: true, value: { n: 1 } });
  });
});

describe('a backend that answers', () => {
  test.each([400, 401, 403, 404, 409])('with %i refuses once, and its body is returned', async (status) => {
    const { ask, asked } = await backend(answering(status, '{"code":"APT_TAKEN"}'));
    expect(await ask()).toEqual({ ok: false, why: 'refused', status, body: '{"code":"APT_TAKEN"}' });
    expect(asked).toHaveLength(1);
  });

  test.each([409, 500])('with %i and a reason header refuses once, with the reason', async (status) => {
    const { ask, asked } = await backend((_request, response) => {
      response.writeHead(status, { error_code: 'E440', server: 'x' }).end();
    });
    const reasonHeaders = ['error_code', 'error_message'];
    expect(await ask({ reasonHeaders })).toEqual({
      ok: false,
      why: 'refused',
      status,
      body: '',
      reason: { error_code: 'E440' },
    });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ['cut JSON', '{"n":1'],
    ['a page of words', '<html>Sign in</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number as text', '{"n":"1"}'],
    ['other fields', '{"m":1}'],
  ])('with %s is malformed', async (_what, body) => {
    const { ask, asked } = await backend(answering(200, body));
    expect(await ask()).toEqual({ ok: false, why: 'malformed' });
    expect(asked).toHaveLength(1);
  });

  test('I14: with any bytes gives a valid value or is malformed', async () => {
    let body = Buffer.alloc(0);
    const { ask } = await backend((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
      fc.json().map((text) => Buffer.from(text)),
      fc.constantFrom('__proto__', 'constructor', 'n').map((key) => Buffer.from(`{"n":1,"${key}":{"foreign":true}}`)),
      fc.nat({ max: 20_000 }).map((depth) => Buffer.from('['.repeat(depth))),
      fc.integer().map((n) => Buffer.from(JSON.stringify({ n, more: 'x' }))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (some) => {
        body = some;
        const answer = await ask();
        if (answer.ok) expect(answer.value).toEqual({ n: expect.any(Number) });
        else expect(answer).toEqual({ ok: false, why: 'malformed' });
        expect(Object.hasOwn(Object.prototype, 'foreign')).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('with a body that can’t be unwrapped is malformed', async () => {
    const { ask } = await backend(answering(200, '{"n":1}'));
    const unwrap = () => {
      throw new RangeError('no');
    };
    expect(await ask({ unwrap })).toEqual({ ok: false, why: 'malformed' });
  });

  test.each([301, 302, 303, 307, 308])('with a redirect is not followed', async (status) => {
    const { ask, asked } = await backend((_request, response) => {
      response.writeHead(status, { location: 'https://login.example.test/sso?user=amal' }).end('{"n":1}');
    });
    expect(await ask()).toEqual({ ok: false, why: 'failed', status });
    expect(await ask({ method: 'POST' })).toEqual({ ok: false, why: 'failed', status });
    expect(asked).toHaveLength(2);
    const named = { backend: 'test', status, outcome: 'https://login.example.test' };
    expect(log).toHaveBeenCalledWith('backend-redirects', named, 'warn');
    for (let call = 0; call < 20; call += 1) await ask({ method: 'POST' });
    expect(asked).toHaveLength(22);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('in %s although plain text was asked is read within the limit', async (encoding, pack) => {
    let body = '{"n":1}';
    const { ask, asked } = await backend(
      (_request, response) => response.setHeader('content-encoding', encoding).end(pack(body)),
      { maxBytes: 10_000 },
    );
    expect(await ask()).toMatchObject({ ok: true, value: { n: 1 } });
    expect(asked[0]?.headers['accept-encoding']).toBe('identity');
    body = JSON.stringify({ n: 1, padding: 'x'.repeat(20_000) });
    expect(await ask()).toEqual({ ok: false, why: 'malformed', tooLarge: true });
  });

  test('that names an encoding it does not use is malformed', async () => {
    const { ask } = await backend((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end('{"n":1}');
    });
    expect(await ask()).toEqual({ ok: false, why: 'malformed' });
  });

  test.each<[string, number, string | undefined, number]>([
    ['seconds', 429, '7', 7],
    ['a date', 503, 'Mon, 02 Mar 2026 09:00:30 GMT', 30],
    ['no header', 429, undefined, 2],
    ['a header that is no time', 429, 'soon', 2],
    ['hours', 429, '86400', 300],
  ])('with %s to wait gets no call before then', async (_what, status, header, seconds) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T09:00:00Z') });
    let busy = true;
    const { ask, asked } = await backend((_request, response) => {
      if (busy) response.writeHead(status, header === undefined ? {} : { 'retry-after': header }).end();
      else response.end('{"n":1}');
    });
    expect(await ask()).toMatchObject({ ok: false, status, retryAfter: seconds });
    expect(await ask({ method: 'POST' })).toEqual({
      ok: false,
      why: 'refused',
      status: 429,
      unsent: true,
      retryAfter: seconds,
    });
    expect(asked).toHaveLength(1);
    busy = false;
    vi.advanceTimersByTime(seconds * 1000);
    expect(await ask()).toMatchObject({ ok: true });
  });

  test.each([
    ['and says so', true],
    ['and does not say so', false],
  ])('over the size limit %s is not read', async (_what, announced) => {
    const body = JSON.stringify({ n: 1, padding: 'x'.repeat(20_000) });
    const { ask } = await backend(
      (_request, response) => {
        if (announced) response.setHeader('content-length', body.length);
        response.write(body.slice(0, 1_000));
        response.end(body.slice(1_000));
      },
      { maxBytes: 10_000 },
    );
    expect(await ask({ method: 'POST' })).toEqual({ ok: false, why: 'malformed', tooLarge: true });
    const enough = await backend(answering(200, body), { maxBytes: 30_000 });
    expect(await enough.ask()).toMatchObject({ ok: true });
  });
});

describe('the breaker of a gate', () => {
  test('opens after failures, blocks calls, and closes once the backend is back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let status = 500;
    const { ask, asked } = await backend((request, response) => answering(status, '{"n":1}')(request, response));
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await ask({ method: 'POST' });
    expect(await ask()).toEqual({ ok: false, why: 'down', unsent: true });
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls);

    vi.advanceTimersByTime(DEFAULT_RULES.retryAfterMs);
    // Still failing: one trial call was made, without a retry.
    expect(await ask()).toMatchObject({ ok: false, why: 'failed' });
    expect(await ask()).toMatchObject({ unsent: true });
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls + 1);

    status = 200;
    vi.advanceTimersByTime(DEFAULT_RULES.retryAfterMs);
    const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
    expect(first).toMatchObject({ ok: true });
    expect(others).toEqual(Array(2).fill({ ok: false, why: 'down', unsent: true }));
    expect(await ask()).toMatchObject({ ok: true });
  });

  test.each<[string, RequestListener]>([
    ['refuses', answering(404)],
    ['answers what nobody understands', answering(200, 'x')],
    ['answers too much', answering(200, 'x'.repeat(2_000_000))],
  ])('stays closed for a backend that %s', async (_what, answer) => {
    const { ask, asked } = await backend(answer);
    for (let call = 0; call < 20; call += 1) await ask({ method: 'POST' });
    expect(asked).toHaveLength(20);
  });

  test('stays closed when it fails on one person’s data only', async () => {
    const { ask, gate, asked } = await backend(answering(500));
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await ask();
    const before = asked.length;
    await ask();
    expect(asked.length).toBeGreaterThan(before);
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await gate.ask({ path: '/x', schema });
    expect(await ask()).toEqual({ ok: false, why: 'down', unsent: true });
  });

  test('permits no retry of the call that opened it', async () => {
    const { ask, asked } = await backend(answering(500));
    for (let call = 1; call < DEFAULT_RULES.minimumCalls; call += 1) await ask({ method: 'POST' });
    await ask();
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls);
  });
});

describe('what an operator learns of a call', () => {
  test('a malformed answer is logged with its field and without its value', async () => {
    const { ask } = await backend(answering(200, '{"n":"CANARY-4711"}'));
    expect(await ask()).toEqual({ ok: false, why: 'malformed' });
    expect(log).toHaveBeenCalledWith('backend-malformed', { backend: 'test', field: 'n' }, 'warn');
    expect(JSON.stringify(vi.mocked(log).mock.calls)).not.toContain('CANARY');
  });

  test('the backend gets the id and the trace of the request', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { ask, asked } = await backend(answering(200, '{"n":1}'));
    await withinRequest({ requestId: 'from-the-proxy', traceparent, route: '/:lang' }, () => ask());
    expect(asked[0]?.headers).toMatchObject({ 'x-request-id': 'from-the-proxy', traceparent });
    await ask();
    expect(asked[1]?.headers).not.toHaveProperty('x-request-id');
  });

  test('the metrics count calls by outcome and show the breaker', async () => {
    const name = 'measured';
    const { gate } = await backend(answering(500), { name });
    // Without a person: one person's trouble never opens a breaker.
    for (let n = 0; n < DEFAULT_RULES.minimumCalls; n += 1) await gate.ask({ path: '/x', schema });
    const figures = await register.metrics();
    expect(figures).toMatch(/zicht_backend_seconds_count{backend="measured",outcome="failed"} [1-9]/);
    expect(figures).toContain('zicht_backend_breaker{backend="measured"} 2');
  });
});
