import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { createSteadyClock } from './steady-clock';

const START = Temporal.Instant.from('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
/** Real time that passes, and by how much the wall clock is set at its end, milliseconds. */
const steps = fc.array(
  fc.tuple(fc.nat(HOUR), fc.oneof(fc.constant(0), fc.integer({ min: -5 * HOUR, max: 5 * HOUR }))),
  {
    maxLength: 20,
  },
);

test('I6: clock jumps never make a session last longer', () => {
  fc.assert(
    fc.property(steps, steps, fc.nat(2 * HOUR), (before, after, limit) => {
      let elapsed = 0;
      let wall = START;
      const now = createSteadyClock(
        () => wall,
        () => elapsed,
      );
      const pass = ([real, jump]: readonly [number, number]) => {
        elapsed += real;
        wall = wall.add({ milliseconds: real + jump });
        return now();
      };
      before.forEach(pass);
      const begunAt = elapsed;
      const endsAt = now().add({ milliseconds: limit });
      for (const step of after) {
        const isOver = Temporal.Instant.compare(pass(step), endsAt) >= 0;
        if (elapsed - begunAt >= limit) expect(isOver).toBe(true);
      }
    }),
  );
});

test('without jumps it is the wall clock', () => {
  let minutes = 0;
  const now = createSteadyClock(
    () => START.add({ minutes }),
    () => minutes * 60_000,
  );
  for (minutes of [0, 1, 90]) expect(now().since(START).total('minutes')).toBe(minutes);
});
