import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { config } from '~/config/config.server';
import { data } from '~/framework/node.server';
import {
  type Answers,
  askAt,
  listening,
  OURS,
  portalOptions,
  type Question,
  stop,
} from '../../tests/portal/portal-options';
import { createPortal, type PortalOptions } from './portal.server';
import type { HealthPart } from './probes.server';
import { drain } from './shutdown.server';

// Set before the configuration is read for the first time.
vi.stubEnv('LOG_LEVEL', 'info');

const CANARY = 'CANARY-4711';
let port = 0;
let ready = true;
let broken = false;
let parts: HealthPart[] = [];
const nobody = () => {};
let finishSlow: () => void = nobody;
const written: string[] = [];
const fault = vi.fn();

const answers: Answers = {
  ':lang/echo/:ref': ({ request: asked, context }) =>
    Response.json({ url: asked.url, nonce: context.nonce, requestId: context.requestId, filler: 'x'.repeat(2_000) }),
  form: () => new Response('form'),
  kept: () => new Response('kept', { headers: { 'cache-control': 'max-age=60' } }),
  crumbs: () =>
    new Response('two', {
      headers: [
        ['set-cookie', 'a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT'],
        ['set-cookie', 'b=2'],
      ],
    }),
  failing: () => {
    throw new Error(CANARY);
  },
  unready: () => {
    throw data('Ask again in a minute', { status: 503, headers: { 'retry-after': '60' } });
  },
  away: () => {
    throw data(null, { status: 503 });
  },
  gone: () => {
    throw data(null, { status: 404 });
  },
  '*': () => new Response('not here', { status: 404 }),
  slow: () => new Promise((resolve) => (finishSlow = () => resolve(new Response('done')))),
};

const options = (): PortalOptions => {
  const all = portalOptions(answers);
  return {
    ...all,
    build: async () => {
      if (broken) throw new Error('no build');
      const build = await all.build();
      return { ...build, entry: { module: { ...build.entry.module, handleError: fault } } };
    },
    ready: async () => ready,
    parts: async () => parts,
  };
};
const portal = createPortal(options());

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(`${line}`) > 0);
  port = await listening(portal);
});
afterAll(() => stop(portal));

const ask = (path: string, question: Question = {}, at = port) => askAt(at, path, question);

test.each([
  ['/unready', 503, 'Ask again in a minute'],
  ['/away', 503, 'Service Unavailable'],
  ['/gone', 404, 'Not Found'],
])('%s answers a program with problem details, and logs no fault', async (path, status, title) => {
  fault.mockClear();
  const { headers, body, ...answer } = await ask(path);
  expect(answer.status).toBe(status);
  expect(fault).not.toHaveBeenCalled();
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  expect(JSON.parse(`${body}`)).toEqual({ type: 'about:blank', status, title });
});

test('a file that is away is a readable page for a person', async () => {
  const { status, headers, body } = await ask('/away', { headers: { accept: 'text/html,*/*' } });
  expect([status, headers['content-type'], headers['retry-after']]).toEqual([503, 'text/html; charset=utf-8', '10']);
  expect(`${body}`).toContain('<h1');
});

test('a full portal refuses within seconds but allows signing out', async () => {
  const full = createPortal({ ...options(), config: { ...config(), MOST_AT_ONCE: 1 } });
  const at = await listening(full);
  const inside = ask('/slow', {}, at);
  await vi.waitUntil(() => finishSlow !== nobody);
  const refused = await ask('/nl/echo/1', {}, at);
  expect(refused.status).toBe(503);
  expect(refused.headers['retry-after']).toBe('10');
  expect(`${refused.body}`).toContain('Het is nu erg druk');
  expect((await ask('/nl/sign-out', {}, at)).status).toBe(404);
  finishSlow();
  expect((await inside).status).toBe(200);
  finishSlow = nobody;
  expect((await ask('/nl/echo/1', {}, at)).status).toBe(200);
  stop(full);
});

const post = (headers: Record<string, string>, body = 'a=1') => ask('/kept', { method: 'POST', headers, body });

describe('headers', () => {
  test.each([
    ['a page', '/en/echo/1', 'GET', 200],
    ['a file', '/file.txt', 'GET', 200],
    ['a probe', '/livez', 'GET', 200],
    ['an asset that is gone', '/assets/old-1234.js', 'GET', 404],
    ['a page that is not there', '/nothing', 'GET', 404],
    ['a method that is not there', '/kept', 'DELETE', 405],
    ['a form from elsewhere', '/kept', 'POST', 403],
    ['a page that fails', '/failing', 'GET', 500],
  ])('%s carries the security headers', async (_what, path, method, status) => {
    const answer = await ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  test('a page has one nonce, in its policy and its rendering', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, body } = await ask('/en/echo/1');
        const { nonce, requestId } = JSON.parse(`${body}`);
        expect(headers['content-security-policy']).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic'`);
        expect(headers['content-security-policy']).not.toContain('unsafe');
        expect(requestId).toBe(headers['x-request-id']);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  test('forms may go on to the sign-in provider and nowhere else', async () => {
    const { headers } = await ask('/en/echo/1');
    const provider = new URL(config().PROVIDERS[0]?.issuer ?? '').origin;
    expect(headers['content-security-policy']).toContain(`form-action 'self' ${provider};`);
  });

  test('answers are not cached unless they say so', async () => {
    expect((await ask('/en/echo/1')).headers['cache-control']).toBe('no-store');
    expect((await ask('/failing')).headers['cache-control']).toBe('no-store');
    expect((await ask('/kept')).headers['cache-control']).toBe('max-age=60');
  });

  test('two cookies stay two', async () => {
    expect((await ask('/crumbs')).headers['set-cookie']).toHaveLength(2);
  });
});

describe('cross-site requests', () => {
  test.each([
    ['our page, in a browser of today', { 'sec-fetch-site': 'same-origin', origin: OURS }, 200],
    ['our page, where the browser hides its origin', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['our page, in an older browser', { origin: OURS }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['another site that claims to be us', { 'sec-fetch-site': 'cross-site', origin: OURS }, 403],
    ['a neighbour', { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:3000' }, 403],
    ['our name on another port', { origin: 'http://localhost:3001' }, 403],
    ['our name with more behind it', { origin: `${OURS}.evil.example` }, 403],
    ['a hidden origin, and nothing else said', { origin: 'null' }, 403],
    ['nothing said at all', {}, 403],
  ])('%s', async (_who, headers, status) => {
    expect((await post(headers)).status).toBe(status);
  });

  test('more than 64 KiB is refused, announced or not', async () => {
    const body = 'x'.repeat(65 * 1024);
    expect((await post({ origin: OURS }, body)).status).toBe(413);
    expect((await post({ origin: OURS, 'transfer-encoding': 'chunked' }, body)).status).toBe(413);
    expect((await post({ origin: OURS }, 'x'.repeat(64 * 1024))).status).toBe(200);
  });
});

describe('addresses', () => {
  test('a control character in a path or query is refused as unreadable', async () => {
    for (const path of ['/a%00b', '/en/echo/%1B', '/en/echo/1?q=%00']) expect((await ask(path)).status).toBe(422);
  });

  test.each(['//evil.example/x', '/%zz', '/\\evil.example', 'http://evil.example/en/echo/1'])(
    '%s is refused',
    async (path) => {
      expect((await ask(path)).status).toBe(400);
    },
  );

  test('an address in another spelling is refused', async () => {
    expect((await ask('/en/ECHO/1')).status).toBe(404);
  });

  test('a form without fields and content type is read as a form', async () => {
    const answer = await ask('/form', { method: 'POST', headers: { origin: OURS } });
    expect([answer.status, `${answer.body}`]).toEqual([200, '[]']);
  });

  test('an endless address is refused', async () => {
    expect((await ask(`/en/echo/${'x'.repeat(5_000)}`)).status).toBe(414);
  });

  test('pages are built for our own origin, whatever the host header', async () => {
    const { body } = await ask('/en/echo/1?q=2', { headers: { 'x-forwarded-host': 'evil.example' } });
    expect(JSON.parse(`${body}`).url).toBe(`${OURS}/en/echo/1?q=2`);
    const { status, headers } = await ask('/en/echo/1', { headers: { host: '127.0.0.1:3000' } });
    expect([status, headers.location]).toEqual([307, `${OURS}/en/echo/1`]);
  });

  test('a speculative request opens nothing for a signed-in user', async () => {
    const cookie = '__Host-session=x';
    expect((await ask('/en/echo/1', { headers: { 'sec-purpose': 'prefetch;prerender', cookie } })).status).toBe(503);
    expect((await ask('/en/echo/1', { headers: { 'sec-purpose': 'prefetch' } })).status).toBe(200);
    expect((await ask('/en/echo/1', { headers: { cookie } })).status).toBe(200);
  });
});

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ['identity', undefined, (body: Buffer) => body],
])('a browser that accepts "%s" gets %s', async (accepted, encoding, open) => {
  const { headers, body } = await ask('/en/echo/1', { headers: { 'accept-encoding': accepted } });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers.vary).toContain('accept-encoding');
  expect(JSON.parse(`${open(body)}`).filler).toHaveLength(2_000);
});

test('a closed portal says until when and keeps answering probes', async () => {
  const until = Temporal.Now.instant().add({ hours: 2 }).round('second').toString();
  const closed = createPortal({ ...options(), config: { ...config(), MAINTENANCE_UNTIL: until } });
  const at = await listening(closed);
  const { status, headers, body } = await ask('/en/echo/1', {}, at);
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(7_100);
  const time = Temporal.Instant.from(until).toZonedDateTimeISO('Europe/Amsterdam').toPlainTime().toString();
  expect(`${body}`).toContain(`at ${time.slice(0, 5)}.`);
  const wishes = { 'accept-language': 'tr, en;q=0.5' };
  expect(`${(await ask('/', { headers: wishes }, at)).body}`).toContain('<html lang="tr" dir="ltr">');
  expect((await ask('/kept', { method: 'POST', headers: { origin: OURS }, body: 'a=1' }, at)).status).toBe(503);
  expect((await ask('/livez', {}, at)).status).toBe(200);
  expect((await ask('/readyz', {}, at)).status).toBe(200);
  stop(closed);

  const over = Temporal.Now.instant().subtract({ seconds: 1 }).toString();
  const open = createPortal({ ...options(), config: { ...config(), MAINTENANCE_UNTIL: over } });
  const openAt = await listening(open);
  expect((await ask('/en/echo/1', {}, openAt)).status).toBe(200);
  stop(open);
});

test('a failing framework gives the failure page in the address’s language', async () => {
  broken = true;
  const { status, headers, body } = await ask('/ar/echo/1');
  broken = false;
  expect([status, headers['content-type']]).toEqual([500, 'text/html; charset=utf-8']);
  expect(`${body}`).toContain('<html lang="ar" dir="rtl">');
  expect(`${body}`).toContain(config().AGENCY_PHONE);
});

test('a stopping portal is not ready, but lives', async () => {
  ready = false;
  expect((await ask('/readyz')).status).toBe(503);
  expect((await ask('/livez')).status).toBe(200);
  ready = true;
  expect((await ask('/readyz')).status).toBe(200);
});

test.each([
  ['a database that is away', 'down', 'it does not answer'],
  ['a read-only database', 'degraded', 'it is read-only'],
] as const)('%s leaves public pages ready and sign-in not', async (_what, state, about) => {
  parts = [
    { name: 'database', signIn: true, state, about },
    { name: 'cases', state: 'ok', about: 'calls go through' },
  ];
  const [pages, signIn, health] = await Promise.all(['/readyz', '/readyz/sign-in', '/health'].map((path) => ask(path)));
  parts = [];
  expect([pages?.status, signIn?.status]).toEqual([200, 503]);
  expect(`${pages?.body}`).toBe(`ready for public pages\nnot ready for sign-in: database: ${about}\n`);
  expect(JSON.parse(`${health?.body}`)).toEqual({
    state: 'degraded',
    parts: { database: { state, about }, cases: { state: 'ok', about: 'calls go through' } },
  });
  expect((await ask('/readyz/sign-in')).status).toBe(200);
});

test('log and metrics contain routes and nothing of the request', async () => {
  written.length = 0;
  await ask(`/en/echo/${CANARY}?q=${CANARY}`, { headers: { cookie: CANARY, referer: CANARY, 'user-agent': CANARY } });
  await ask('/failing');
  await ask(`/nothing/${CANARY}`, { method: 'DELETE' });
  const figures = `${(await ask('/metrics')).body}`;
  expect(figures).toContain('zicht_request_seconds_count{method="GET",route="/:lang/echo/:ref",status="2xx"}');
  const lines = written.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ event: 'request', route: '/:lang/echo/:ref', status: 200 }));
  expect(written.join('') + figures).not.toContain(CANARY);
});

test('a request keeps the well-formed id of a proxy', async () => {
  const idOf = async (given: string) => {
    const { headers, body } = await ask('/en/echo/1', { headers: { 'x-request-id': given } });
    expect(JSON.parse(`${body}`).requestId).toBe(headers['x-request-id']);
    return headers['x-request-id'];
  };
  expect(await idOf('6f1c2c4e-6c0a-4b7e-9a53-0d8f0c1f2a3b')).toBe('6f1c2c4e-6c0a-4b7e-9a53-0d8f0c1f2a3b');
  for (const bad of ['999990019', 'a b c d e f', 'x'.repeat(200)]) expect(await idOf(bad)).toMatch(/^[0-9a-f]{16}$/);
});

test('an error in the log names its class, place, route and request', async () => {
  written.length = 0;
  broken = true;
  const { headers } = await ask('/failing', { headers: { 'x-request-id': 'from-the-proxy' } });
  broken = false;
  expect(headers['x-request-id']).toBe('from-the-proxy');
  const line = written.map((text) => JSON.parse(text)).find(({ event }) => event === 'error');
  expect(line).toMatchObject({ level: 'error', requestId: 'from-the-proxy', route: '(file)' });
  expect(line.error).toMatch(/^Error at app\/server\/portal\.test\.ts:\d+ < app\/server\/portal\.server\.ts:\d+/);
  const { body } = await ask('/metrics');
  expect(`${body}`).toMatch(/zicht_log_lines_total{event="error",level="error"} [1-9]/);
});

test('the metrics cover process, event loop and garbage collection', async () => {
  const answer = await ask('/metrics');
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  for (const name of [
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_gc_duration_seconds',
  ])
    expect(`${answer.body}`).toContain(`# TYPE ${name} `);
});

test('the metrics need their token where one is set', async () => {
  const guarded = createPortal({ ...options(), config: { ...config(), METRICS_TOKEN: 'a-token-of-16-letters' } });
  const at = await listening(guarded);
  const asked = (authorization: string) => ask('/metrics', { headers: { authorization } }, at);
  expect((await ask('/metrics', {}, at)).status).toBe(404);
  expect((await asked('Bearer another')).status).toBe(404);
  expect((await asked('Bearer a-token-of-16-letters')).status).toBe(200);
  stop(guarded);
});

test('a connection that was opened in advance does not delay draining', async () => {
  const leaving = createPortal(options());
  const silent = connect(await listening(leaving), '127.0.0.1');
  await once(silent, 'connect');
  const started = performance.now();
  await drain({ server: leaving, noticeMs: 0, drainMs: 20_000 });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('draining finishes running requests and takes no new ones', async () => {
  const leaving = createPortal(options());
  const at = await listening(leaving);
  const running = ask('/slow', {}, at);
  await vi.waitFor(() => finishSlow !== undefined && expect(leaving.listening).toBe(true));
  await ask('/livez', {}, at);
  const drained = drain({ server: leaving, noticeMs: 0, drainMs: 5_000 });
  await vi.waitFor(() => expect(leaving.listening).toBe(false));
  await expect(ask('/livez', {}, at)).rejects.toThrow();
  finishSlow();
  expect(`${(await running).body}`).toBe('done');
  expect((await running).headers.connection).toBe('close');
  await drained;
});

test('a stopping portal closes each connection after its answer', async () => {
  const leaving = createPortal(options());
  const at = await listening(leaving);
  expect((await ask('/livez', {}, at)).headers.connection).toBe('keep-alive');
  const drained = drain({ server: leaving, noticeMs: 500, drainMs: 5_000 });
  expect((await ask('/en/echo/1', {}, at)).headers.connection).toBe('close');
  expect((await ask('/kept', { method: 'DELETE' }, at)).headers.connection).toBe('close');
  await drained;
});

test('the limit of a form is a setting', async () => {
  const roomy = createPortal({ ...options(), config: { ...config(), BODY_KIB: 128 } });
  const at = await listening(roomy);
  const form = {
    method: 'POST',
    headers: { origin: OURS, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a'.repeat(100 * 1_024),
  };
  expect((await ask('/kept', form, at)).status).toBe(200);
  expect((await ask('/kept', form)).status).toBe(413);
  stop(roomy);
});
