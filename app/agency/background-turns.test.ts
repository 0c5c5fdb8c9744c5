import { describe, expect, test } from 'vitest';
import { createTurns } from './background-turns';

describe('turns of background work', () => {
  test('run in order, a few at once, also after failures', async () => {
    const turns = createTurns(2);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = (n: number) => async () => {
      begun.push(n);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (n % 3 === 0) throw new Error('failed');
      return n;
    };
    const ended = await Promise.allSettled([...Array(9).keys()].map((n) => turns.take(work(n))));
    expect(most).toBe(2);
    expect(begun).toEqual([...Array(9).keys()]);
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  });
});
