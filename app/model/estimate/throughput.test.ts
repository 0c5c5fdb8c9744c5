import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elasticity } from './throughput';

const WEEKS = 60;
/** Cases due a week: a quiet year in which the last months bring far more. */
const due = Float64Array.from({ length: WEEKS }, (_, week) => (week < 30 ? 20 : 20 * 1.06 ** (week - 30)));

test('a line that lets out so many a week, however many are due, is a queue', () => {
  const exits = due.map(() => 20);
  expect(elasticity(exits, due)).toBeLessThan(0.1);
});

test('a line in which twice as many due means twice as many exits is none', () => {
  expect(elasticity(due, due)).toBeGreaterThan(0.8);
});

test('a line of which nothing is known is taken for a queue', () => {
  expect(elasticity(new Float64Array(0), new Float64Array(0))).toBeCloseTo(0.1);
  const steady = new Float64Array(WEEKS).fill(20);
  expect(elasticity(steady, steady)).toBeCloseTo(0.1);
});

test('whatever was counted, it lies between the two', () => {
  const week = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.01, max: 1e4, noNaN: true }));
  fc.assert(
    fc.property(fc.array(week, { minLength: 12, maxLength: 150, size: 'max' }), (weeks) => {
      const found = elasticity(
        Float64Array.from(weeks, ([exits]) => exits),
        Float64Array.from(weeks, ([, expected]) => expected),
      );
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
    }),
  );
});
