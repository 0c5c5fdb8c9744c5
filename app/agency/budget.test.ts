import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { within } from './budget.server';
import { deadlineNow, withoutDeadline } from './deadline.server';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const after = <T>(ms: number, answer: () => Loaded<T>) =>
  new Promise<Loaded<T>>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(answer());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });

test('an answer within the budget is returned, an empty one too', async () => {
  const asked = [
    within(100, () => after(99, () => fresh(1, 'now'))),
    within(100, () => after(50, () => unavailable('down'))),
  ];
  await vi.advanceTimersByTimeAsync(100);
  expect(await Promise.all(asked)).toEqual([fresh(1, 'now'), unavailable('down')]);
});

test('an answer after the budget is "late"', async () => {
  const asked = within(100, () => after(150, () => fresh(1, 'now')));
  await vi.advanceTimersByTimeAsync(100);
  expect(await asked).toEqual(unavailable('late'));
});

test('the work learns of the end of its budget', async () => {
  const ends: string[] = [];
  const asked = within(100, async () => {
    const inner = await within(200, () => {
      deadlineNow()?.addEventListener('abort', () => ends.push('inner'));
      withoutDeadline(() => deadlineNow()?.addEventListener('abort', () => ends.push('shared')));
      return after(300, () => fresh(1, 'now'));
    });
    return inner;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(await asked).toEqual(unavailable('late'));
  expect(ends).toEqual(['inner']);
});

test('an error within the budget is thrown, a later one is ignored', async () => {
  const broken = () => {
    throw new Error('broken');
  };
  const soon = expect(within(100, () => after(50, broken))).rejects.toThrow('broken');
  const late = within(100, () => after(150, broken));
  await vi.advanceTimersByTimeAsync(200);
  await soon;
  expect(await late).toEqual(unavailable('late'));
});

test('no timer is left behind', async () => {
  await within(60_000, async () => fresh(1, 'now'));
  expect(vi.getTimerCount()).toBe(0);
});
