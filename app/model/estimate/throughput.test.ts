import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elasticity } from './throughput';

const WEEKS = 60;
/** Cases due a week: constant at first, then growing by 6 % a week. */
const due = Float64Array.from({ length: WEEKS }, (_, week) => (week < 30 ? 20 : 20 * 1.06 ** (week - 30)));

test('a fixed number of exits a week is a queue', () => {
  const exits = due.map(() => 20);
  expect(elasticity(exits, due)).toBeLessThan(0.1);
});

test('exits proportional to the cases due are no queue', () => {
  expect(elasticity(due, due)).toBeGreaterThan(0.8);
});

test('without evidence a line counts as a queue', () => {
  expect(elasticity(new Float64Array(0), new Float64Array(0))).toBeCloseTo(0.1);
  const steady = new Float64Array(WEEKS).fill(20);
  expect(elasticity(steady, steady)).toBeCloseTo(0.1);
});

test('the elasticity stays between 0 and 1', () => {
  const week = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.01, max: 1e4, noNaN: true }));
  fc.assert(
    fc.property(fc.array(week, { minLength: 12, maxLength: 150, size: 'max' }), (weeks) => {
      const result = elasticity(
        Float64Array.from(weeks, ([exits]) => exits),
        Float64Array.from(weeks, ([, expected]) => expected),
      );
      expect(result).toBeGreaterThanOrEqual(0);
      expect(result).toBeLessThanOrEqual(1);
    }),
  );
});
