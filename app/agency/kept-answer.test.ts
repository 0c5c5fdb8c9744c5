import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fresh, type Loaded, type Trouble, unavailable } from '~/model/loaded';
import type { Actor } from '~/model/viewer';
import { clearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { deleteExpiredAnswers } from '~/store/kept-answer.server';
import { createSession, deleteExpiredSessions, deleteSession } from '~/store/session.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { type Keeping, keepWith, orKept } from './kept-answer.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(clearCaches);

const CANARY = 'ሰላም 4711';
const LIMITS = { idleMinutes: 15, absoluteMinutes: 120 };

/** Somebody with a session of their own, and a request of theirs. */
async function signedIn() {
  const sessionId = await createSession({}, LIMITS, now(), {
    subject: 'hash of an advisor',
    owner: null,
    device: 'phone',
    providerSession: null,
  });
  return { sessionId, ask: askerOf(sessionId) };
}

/** Each request has an actor of its own, as in the portal. */
function askerOf(sessionId: string | null) {
  return <T = string>(load: () => Promise<Loaded<T>>, about: Partial<Keeping<T>> = {}) => {
    const actor: Actor = { id: 'somebody', role: 'applicant', name: '' };
    if (sessionId !== null) keepWith(actor, sessionId);
    return orKept({ actor, about: 'cases', budget: 2_000, patience: 1_000, load, casesIn: () => [], ...about });
  };
}

const well =
  (value = CANARY, asOf = '2026-03-02T09:42:00Z') =>
  async () =>
    fresh(value, asOf);
const broken = (why: Trouble) => async () => unavailable(why);
const rows = () => rowsOf(store.url, 'select session, about, content from kept_answer');
const isKept = (count = 1) => vi.waitFor(async () => expect(await rows()).toHaveLength(count));
beforeEach(() => rowsOf(store.url, 'delete from kept_answer'));

describe('when the backend fails', () => {
  test.each(['down', 'late', 'failed', 'malformed'] as const)(
    '%s: the last answer is shown with its time',
    async (why) => {
      const { ask } = await signedIn();
      expect(await ask(broken(why))).toEqual(unavailable(why));
      await ask(well());
      await isKept();
      expect(await ask(broken(why))).toEqual({ state: 'kept', value: CANARY, asOf: '2026-03-02T09:42:00Z', why });
    },
  );

  test.each(['refused', 'foreign'] as const)('because the answer is %s, nothing is shown', async (why) => {
    const { ask } = await signedIn();
    await ask(well());
    await isKept();
    expect(await ask(broken(why))).toEqual(unavailable(why));
  });

  test('an answer of another name, session or device is never shown', async () => {
    const [me, other] = [await signedIn(), await signedIn()];
    await me.ask(well());
    await isKept();
    expect(await other.ask(broken('down'))).toEqual(unavailable('down'));
    expect(await me.ask(broken('down'), { about: 'cases of another' })).toEqual(unavailable('down'));
    expect(await askerOf(null)(broken('down'))).toEqual(unavailable('down'));
  });

  test('a part of an answer does not replace the whole one', async () => {
    const { ask } = await signedIn();
    await ask(well());
    await isKept();
    const part: Loaded<string> = { state: 'partial', value: 'part', asOf: 'now', missing: ['a page'] };
    expect(await ask(async () => part)).toEqual(part);
    expect(await ask(broken('down'))).toMatchObject({ state: 'kept', value: CANARY });
  });

  test('the newest answer counts, and an equal one is not stored again', async () => {
    const { ask } = await signedIn();
    await ask(well());
    await isKept();
    const [before] = await rows();
    await ask(well(CANARY, '2026-03-02T09:43:00Z'));
    await ask(well('newer', '2026-03-02T09:44:00Z'));
    await vi.waitFor(async () => expect(await ask(broken('down'))).toMatchObject({ value: 'newer' }));
    expect((await rows())[0]?.content).not.toEqual(before?.content);
  });

  test('a page waits no longer than its patience for a fresh one', async () => {
    const { ask } = await signedIn();
    await ask(well());
    await isKept();
    const started = performance.now();
    const slow = () => new Promise<Loaded<string>>(() => {});
    expect(await ask(slow, { budget: 60_000, patience: 50 })).toMatchObject({ state: 'kept', why: 'late' });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await ask(slow, { about: 'nothing kept', budget: 100, patience: 50 })).toEqual(unavailable('late'));
  });
});

describe('what is kept', () => {
  test('is gone with its session, also while it is being stored', async () => {
    const { sessionId, ask } = await signedIn();
    await ask(well());
    await isKept();
    await deleteSession(sessionId);
    expect(await rows()).toEqual([]);
    await ask(well('after the end'));
    await ask(broken('down'));
    expect(await rows()).toEqual([]);
  });

  test('is gone when its session expired, and after eight hours', async () => {
    const { ask } = await signedIn();
    await ask(well());
    await isKept();
    await deleteExpiredAnswers(now().add({ hours: 7 }));
    expect(await rows()).toHaveLength(1);
    await deleteExpiredAnswers(now().add({ hours: 8 }));
    expect(await rows()).toEqual([]);
    await ask(well('again'));
    await isKept();
    await deleteExpiredSessions(now().add({ hours: 1 }));
    expect(await rows()).toEqual([]);
  });

  test('tells the holder of the database nothing', async () => {
    const { sessionId, ask } = await signedIn();
    await ask(well());
    await isKept();
    const dump = JSON.stringify(
      await rowsOf(store.url, `select encode(content, 'escape') as content, about from kept_answer`),
    );
    for (const secret of [CANARY, 'cases', '4711', sessionId]) expect(dump).not.toContain(secret);
  });

  test('is bounded for a session and for an answer', async () => {
    const { ask } = await signedIn();
    for (let about = 0; about < 23; about += 1) {
      await ask(well(), { about: `case ${about}` });
      await isKept(Math.min(about + 1, 20));
    }
    await vi.waitFor(async () =>
      expect(await ask(broken('down'), { about: 'case 22' })).toMatchObject({ state: 'kept' }),
    );
    const noise = Array.from({ length: 60_000 }, () => Math.random()).join();
    await ask(well(noise), { about: 'too large' });
    expect(await ask(broken('down'), { about: 'too large' })).toEqual(unavailable('down'));
  });

  test('is not missed when the database is away', async () => {
    const { ask } = await signedIn();
    await store.close();
    expect(await ask(well())).toMatchObject({ state: 'fresh' });
    expect(await ask(broken('down'))).toEqual(unavailable('down'));
    store = await openTestStore();
  });
});
