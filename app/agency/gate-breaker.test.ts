import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_RULES } from '~/platform/breaker';
import { log } from '~/platform/log.server';
import { register } from '~/platform/metrics.server';
import { withinRequest } from '~/platform/request-context.server';
import { answering, backend, closeBackends, type GateQuestion, schema } from '../../tests/agency/gate-backend';

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn() }));

/** A read of the same operation as a write, so that it meets the breaker that failing writes opened. */
const SEARCH: GateQuestion = { method: 'POST', safe: true };

afterEach(async () => {
  vi.useRealTimers();
  vi.clearAllMocks();
  await closeBackends();
});

describe('the breaker of a gate', () => {
  test('opens after failures, blocks calls, and closes once the backend is back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let status = 500;
    const { ask, asked } = await backend((request, response) => answering(status, '{"n":1}')(request, response));
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await ask({ method: 'POST' });
    expect(await ask(SEARCH)).toEqual({ ok: false, why: 'down', unsent: true });
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls);

    vi.advanceTimersByTime(DEFAULT_RULES.retryAfterMs);
    // Still failing: one trial call was made, without a retry.
    expect(await ask(SEARCH)).toMatchObject({ ok: false, why: 'failed' });
    expect(await ask(SEARCH)).toMatchObject({ unsent: true });
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls + 1);

    status = 200;
    vi.advanceTimersByTime(DEFAULT_RULES.retryAfterMs);
    const [first, ...others] = await Promise.all([ask(SEARCH), ask(SEARCH), ask(SEARCH)]);
    expect(first).toMatchObject({ ok: true });
    expect(others).toEqual(Array(2).fill({ ok: false, why: 'down', unsent: true }));
    expect(await ask(SEARCH)).toMatchObject({ ok: true });
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
    await ask(SEARCH);
    expect(asked).toHaveLength(DEFAULT_RULES.minimumCalls);
  });

  test('blocks the failing operation only', async () => {
    const { ask } = await backend((request, response) =>
      answering(request.url?.endsWith('/sick') ? 500 : 200, '{"n":1}')(request, response),
    );
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await ask({ method: 'POST', path: '/sick' });
    expect(await ask({ method: 'POST', path: '/sick' })).toMatchObject({ why: 'down', unsent: true });
    expect(await ask()).toMatchObject({ ok: true });
  });

  test('blocks all operations of a backend that takes no connection', async () => {
    const { ask, stop } = await backend(answering(200));
    await stop();
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await ask({ path: '/one' });
    vi.mocked(log).mockClear();
    expect(await ask({ path: '/other' })).toEqual({ ok: false, why: 'down', unsent: true });
    expect(log).not.toHaveBeenCalledWith('backend-unreachable', expect.anything(), 'warn');
  });
});

describe('the connections of a gate', () => {
  test('serve a page at once during a flood of background work', async () => {
    const hanging: (() => void)[] = [];
    const { ask, asked } = await backend(
      (request, response) => {
        const answer = () => answering(200, '{"n":1}')(request, response);
        if (request.url?.endsWith('/round')) hanging.push(answer);
        else answer();
      },
      { connections: 4 },
    );
    const job = { requestId: 'a-round', traceparent: null, route: '(job test)', isJob: true } as const;
    const rounds = withinRequest(job, () => [...Array(40).keys()].map(() => ask({ path: '/round' })));
    expect(await Promise.all([ask(), ask(), ask()])).toMatchObject(Array(3).fill({ ok: true }));
    expect(asked.filter(({ url }) => url.endsWith('/round'))).toHaveLength(1);
    let ended = false;
    const all = Promise.all(rounds).finally(() => {
      ended = true;
    });
    while (!ended) {
      hanging.shift()?.();
      await new Promise(setImmediate);
    }
    expect((await all).every(({ ok }) => ok)).toBe(true);
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
