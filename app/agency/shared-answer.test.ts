import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { shareAnswers } from './shared-answer.server';

const START = Date.parse('2026-03-02T09:00:00Z');
const at = (ms: number) => vi.setSystemTime(START + ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  at(0);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a shared answer', () => {
  test('is requested once for concurrent callers and reused while fresh', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    const question = vi.fn(async () => fresh(7, 'now'));
    const all = await Promise.all(Array.from({ length: 20 }, () => ask('a', question)));
    expect(new Set(all)).toEqual(new Set([fresh(7, 'now')]));
    at(99);
    await ask('a', question);
    expect(question).toHaveBeenCalledTimes(1);
    at(100);
    await ask('a', question);
    expect(question).toHaveBeenCalledTimes(2);
  });

  test('is never the answer to another key', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    const [a, b] = await Promise.all([ask('a', async () => fresh(1, 'now')), ask('b', async () => fresh(2, 'now'))]);
    expect([a, b]).toEqual([fresh(1, 'now'), fresh(2, 'now')]);
  });

  test('is kept with its time and trouble when the backend fails', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    await ask('a', async () => fresh(1, '09:00'));
    at(500);
    const kept: Loaded<number> = { state: 'kept', value: 1, asOf: '09:00', why: 'down' };
    expect(await ask('a', async () => unavailable('down'))).toEqual(kept);
    at(1_099);
    expect(await ask('a', async () => unavailable('down'))).toEqual(kept);
    at(1_101);
    expect(await ask('a', async () => unavailable('down'))).toEqual(unavailable('down'));
  });

  test('that may not be kept is not kept', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 0 });
    await ask('a', async () => fresh(1, '09:00'));
    for (const ms of [100, 101, 5_000]) {
      at(ms);
      expect(await ask('a', async () => unavailable('late'))).toEqual(unavailable('late'));
    }
  });

  test('is requested again right after a failure and replaces the kept one', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    expect(await ask('a', async () => unavailable('down'))).toEqual(unavailable('down'));
    expect(await ask('a', async () => fresh(1, '09:00'))).toEqual(fresh(1, '09:00'));
    at(200);
    expect(await ask('a', async () => unavailable('down'))).toMatchObject({ state: 'kept' });
    expect(await ask('a', async () => fresh(2, '09:00'))).toEqual(fresh(2, '09:00'));
    at(250);
    expect(await ask('a', async () => fresh(3, '09:00'))).toEqual(fresh(2, '09:00'));
  });

  test('that failed is not requested again for a short time, if configured', async () => {
    const { ask, forget } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000, failedMs: 50 });
    const failing = vi.fn(async () => unavailable('down'));
    const working = vi.fn(async () => fresh(1, '09:00'));
    expect(await ask('a', failing)).toEqual(unavailable('down'));
    at(49);
    expect(await ask('a', working)).toEqual(unavailable('down'));
    expect(await ask('b', working)).toEqual(fresh(1, '09:00'));
    expect(working).toHaveBeenCalledTimes(1);
    forget((key) => key === 'a');
    expect(await ask('a', working)).toEqual(fresh(1, '09:00'));
    at(200);
    const kept: Loaded<number> = { state: 'kept', value: 1, asOf: '09:00', why: 'down' };
    expect(await ask('a', failing)).toEqual(kept);
    at(249);
    expect(await ask('a', failing)).toEqual(kept);
    expect(failing).toHaveBeenCalledTimes(2);
    at(250);
    expect(await ask('a', working)).toEqual(fresh(1, '09:00'));
  });

  test('that was dropped on its way is not remembered as a failure', async () => {
    const { ask, forget } = shareAnswers<number>({ freshMs: 100, keptMs: 0, failedMs: 50 });
    let arrive: (loaded: Loaded<number>) => void = () => undefined;
    const early = ask('a', () => new Promise((resolve) => (arrive = resolve)));
    forget(() => true);
    arrive(unavailable('down'));
    expect(await early).toEqual(unavailable('down'));
    expect(await ask('a', async () => fresh(1, '09:00'))).toEqual(fresh(1, '09:00'));
  });

  test('that is partial is shown but not cached as whole', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    const part: Loaded<number> = { state: 'partial', value: 1, asOf: '09:00', missing: ['b'] };
    expect(await ask('a', async () => part)).toEqual(part);
    expect(await ask('a', async () => unavailable('down'))).toEqual(unavailable('down'));
  });

  test('that throws fails for its waiting callers only', async () => {
    const { ask } = shareAnswers<number>({ freshMs: 100, keptMs: 1_000 });
    const broken = async () => {
      throw new Error('broken');
    };
    const waiting = [ask('a', broken), ask('a', broken)];
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('a', async () => fresh(1, 'now'))).toEqual(fresh(1, 'now'));
  });
});

test('that was dropped is requested again, also while on its way', async () => {
  const { ask, forget } = shareAnswers<number>({ freshMs: 1_000, keptMs: 1_000 });
  await ask('a/1', async () => fresh(1, '09:00'));
  await ask('b/1', async () => fresh(1, '09:00'));
  let arrive: (loaded: Loaded<number>) => void = () => undefined;
  const early = ask('a/2', () => new Promise((resolve) => (arrive = resolve)));
  forget((key) => key.startsWith('a/'));
  const late = ask('a/2', async () => fresh(3, '09:01'));
  arrive(fresh(2, '09:00'));
  expect([await early, await late]).toEqual([fresh(2, '09:00'), fresh(3, '09:01')]);
  const again = async () => fresh(9, '09:02');
  expect([await ask('a/1', again), await ask('a/2', again), await ask('b/1', again)]).toEqual([
    fresh(9, '09:02'),
    fresh(3, '09:01'),
    fresh(1, '09:00'),
  ]);
});

test('that is oldest is evicted when there are too many', async () => {
  const { ask } = shareAnswers<number>({ freshMs: 1_000, keptMs: 1_000, failedMs: 1_000, most: 2 });
  const question = vi.fn(async () => fresh(1, '09:00'));
  for (const key of ['a', 'b']) await ask(key, question);
  at(1_000);
  for (const key of ['a', 'c', 'a', 'c']) await ask(key, question);
  expect(question).toHaveBeenCalledTimes(4);
  await ask('b', question);
  expect(question).toHaveBeenCalledTimes(5);
  expect(await ask('a', async () => fresh(2, '09:01'))).toEqual(fresh(2, '09:01'));
});

test('that failed is evicted like others', async () => {
  const { ask } = shareAnswers<number>({ freshMs: 0, keptMs: 0, failedMs: 1_000, most: 1 });
  for (const key of ['a', 'b']) await ask(key, async () => unavailable('down'));
  expect(await ask('b', async () => fresh(1, '09:00'))).toEqual(unavailable('down'));
  expect(await ask('a', async () => fresh(1, '09:00'))).toEqual(fresh(1, '09:00'));
});
