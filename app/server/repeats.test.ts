import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answers, askAt, listening, OURS, portalOptions, stop } from '../../tests/portal/portal-options';
import { createPortal } from './portal.server';

let port = 0;
let made = 0;
const nobody = () => {};
let finishSlow: () => void = nobody;

const answers: Answers = {
  kept: () => new Response('kept'),
  times: async ({ request: asked }) => {
    made += 1;
    if (new URL(asked.url).searchParams.has('slowly')) await new Promise<void>((resolve) => (finishSlow = resolve));
    return new Response(`made ${made}`, { status: new URL(asked.url).searchParams.has('badly') ? 503 : 200 });
  },
};
const portal = createPortal(portalOptions(answers, ['times']));

beforeAll(async () => {
  port = await listening(portal);
});
afterAll(() => stop(portal));

describe('a session that repeats a request within two seconds', () => {
  const as = (person: string) => ({ headers: { cookie: `__Host-zicht=${person}` } });
  const textOf = async (path: string, how = {}) => `${(await askAt(port, path, how)).body}`;

  test('gets the same bytes until the two seconds are over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const first = await textOf('/times?a', as('amal'));
    expect(await textOf('/times?a', as('amal'))).toBe(first);
    expect(await textOf('/times?b', as('amal'))).not.toBe(first);
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    expect(await textOf('/times?a', as('amal'))).not.toBe(first);
  });

  test('never gets another session’s answer', async () => {
    const first = await textOf('/times?c', as('amal'));
    expect(await textOf('/times?c', as('omar'))).not.toBe(first);
    expect(await textOf('/times?c')).not.toBe(await textOf('/times?c'));
  });

  test('sees what it changed', async () => {
    const [first, others] = [await textOf('/times?d', as('amal')), await textOf('/times?d', as('omar'))];
    await askAt(port, '/kept', { method: 'POST', headers: { origin: OURS, ...as('amal').headers }, body: 'a=1' });
    expect(await textOf('/times?d', as('amal'))).not.toBe(first);
    expect(await textOf('/times?d', as('omar'))).toBe(others);
  });

  test('shares the running rendering, even when the first client leaves', async () => {
    const before = made;
    finishSlow = nobody;
    const gone = request({
      port,
      host: '127.0.0.1',
      path: '/times?slowly',
      headers: { host: 'localhost:3000', ...as('amal').headers },
    });
    gone.on('error', nobody).end();
    await vi.waitUntil(() => finishSlow !== nobody);
    const second = textOf('/times?slowly', as('amal'));
    gone.destroy();
    await askAt(port, '/livez');
    finishSlow();
    finishSlow = nobody;
    expect(await second).toBe(`made ${before + 1}`);
  });

  test('never gets a cached failure', async () => {
    const first = await textOf('/times?badly', as('amal'));
    expect(await textOf('/times?badly', as('amal'))).not.toBe(first);
  });
});
