import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.server';

test('one person’s requests run in order, another’s beside them, despite failures', async () => {
  const done: string[] = [];
  const step = (name: string) => async () => {
    done.push(`${name} begins`);
    await Promise.resolve();
    done.push(`${name} ends`);
    if (name === 'a1') throw new Error('a1');
    return name;
  };
  const all = await Promise.allSettled([
    oneAtATime('a', step('a1')),
    oneAtATime('a', step('a2')),
    oneAtATime('b', step('b1')),
  ]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(done.indexOf('a2 begins')).toBeGreaterThan(done.indexOf('a1 ends'));
  expect(done.indexOf('b1 begins')).toBeLessThan(done.indexOf('a2 begins'));
});
