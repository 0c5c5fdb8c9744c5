import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { DEFAULT_RULES } from '~/platform/breaker';
import { clearCaches } from '~/platform/caches.server';
import { register } from '~/platform/metrics.server';
import { createPortal } from '~/server/portal.server';
import { answering, backend, closeBackends, type GateQuestion, SOON } from '../../tests/agency/gate-backend';
import { listening, portalOptions, stop } from '../../tests/portal/portal-options';
import { within } from './budget.server';
import { shareAnswers } from './shared-answer.server';

beforeEach(clearCaches);
afterEach(closeBackends);

/** A backend that never answers, and how many of its requests were hung up. */
async function hanging(attemptMs = 5_000) {
  const hungUp: string[] = [];
  const own = await backend(
    (request, response) => {
      response.on('close', () => hungUp.push(request.method ?? ''));
    },
    { attemptMs },
  );
  const load = async (question?: GateQuestion): Promise<Loaded<number>> => {
    const answer = await own.ask(question);
    return answer.ok ? fresh(answer.value.n, 'now') : unavailable(answer.why);
  };
  return { ...own, hungUp, load };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: SOON, interval: 10 });

describe('the deadline of a page', () => {
  test('ends a read with the section’s budget', async () => {
    const { load, asked, hungUp } = await hanging();
    expect(await within(100, () => load())).toEqual(unavailable('late'));
    await soon(() => expect(hungUp).toEqual(['GET']));
    expect(asked).toHaveLength(1);
  });

  test('never ends a write', async () => {
    const { load, asked, hungUp } = await hanging();
    await within(100, () => load({ method: 'POST', body: {} }));
    await soon(() => expect(asked).toHaveLength(1));
    await within(100, () => load());
    await soon(() => expect(hungUp).toEqual(['GET']));
  });

  test('leaves an answer that others share', async () => {
    let send = () => {};
    const { ask } = await backend((_request, response) => {
      send = () => response.end('{"n":1}');
    });
    const shared = shareAnswers<number>({ freshMs: 60_000, keptMs: 0 });
    const load = () =>
      shared.ask('key', async () => {
        const answer = await ask();
        return answer.ok ? fresh(answer.value.n, 'now') : unavailable(answer.why);
      });
    const first = within(200, load);
    const second = within(SOON, load);
    expect(await first).toEqual(unavailable('late'));
    send();
    expect(await second).toEqual(fresh(1, 'now'));
  });

  test('sends nothing once it has passed', async () => {
    const { load, asked } = await hanging();
    const late = within(50, async () => {
      await new Promise((resume) => setTimeout(resume, 100));
      return load();
    });
    expect(await late).toEqual(unavailable('late'));
    await new Promise((resume) => setTimeout(resume, 200));
    expect(asked).toHaveLength(0);
  });

  test('opens the breaker only for calls that had their time', async () => {
    const patient = await hanging(5_000);
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await within(20, () => patient.load());
    await within(20, () => patient.load());
    expect(patient.asked.length).toBeGreaterThan(DEFAULT_RULES.minimumCalls);

    const slow = await hanging(300);
    const anybody = { by: undefined } as GateQuestion;
    for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) await within(200, () => slow.load(anybody));
    await soon(() => expect(slow.hungUp).toHaveLength(DEFAULT_RULES.minimumCalls));
    expect(await slow.ask()).toEqual({ ok: false, why: 'down', unsent: true });
  });

  test('ends a read whose client has gone', async () => {
    const { load, asked, hungUp } = await hanging();
    const portal = createPortal(portalOptions({ slow: async () => Response.json(await load()) }));
    const port = await listening(portal);
    const page = request({ port, host: '127.0.0.1', path: '/slow', headers: { host: 'localhost:3000' } });
    page.on('error', () => {}).end();
    await soon(() => expect(asked).toHaveLength(1));
    page.destroy();
    await soon(() => expect(hungUp).toEqual(['GET']));
    expect(await register.metrics()).toContain('zicht_backend_seconds_count{backend="test",outcome="abandoned"}');
    stop(portal);
  });

  test('lets a page that answers in time have its answer', async () => {
    const { ask } = await backend(answering(200, '{"n":1}'));
    const whole = await within(SOON, async () => {
      const answer = await ask();
      return answer.ok ? fresh(answer.value.n, 'now') : unavailable(answer.why);
    });
    expect(whole).toEqual(fresh(1, 'now'));
  });
});
