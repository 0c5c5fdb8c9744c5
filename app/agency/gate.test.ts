import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import type { Viewer } from '~/model/viewer';
import { log } from '~/platform/log.server';
import { answering, backend, closeBackends, HURRIED, SOON, schema } from '../../tests/agency/gate-backend';
import { VIEWER } from '../../tests/agency/planner';
import type { Question } from './gate.server';

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn() }));

afterEach(async () => {
  vi.useRealTimers();
  vi.clearAllMocks();
  await closeBackends();
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
    ['deflate', deflateRawSync],
    ['zstd', zstdCompressSync],
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
