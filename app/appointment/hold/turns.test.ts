import { expect, test } from 'vitest';
import { inTurn } from './turns.server';

test('one person’s wishes come one after the other, another’s beside them, and a failure stops nobody', async () => {
  const done: string[] = [];
  const step = (name: string) => async () => {
    done.push(`${name} begins`);
    await Promise.resolve();
    done.push(`${name} ends`);
    if (name === 'a1') throw new Error('a1');
    return name;
  };
  const all = await Promise.allSettled([inTurn('a', step('a1')), inTurn('a', step('a2')), inTurn('b', step('b1'))]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(done.indexOf('a2 begins')).toBeGreaterThan(done.indexOf('a1 ends'));
  expect(done.indexOf('b1 begins')).toBeLessThan(done.indexOf('a2 begins'));
});
