import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queuePace } from './pace';

const BINS = [0, 7, 14, 28, 56, 112];
const HAZARD = BINS.map(() => 1 / 30);
/** Stock of a queue with 10 in and 10 out a day at that hazard; the mean wait is 30 days. */
const STEADY = BINS.map((from, bin) => 300 * (Math.exp(-from / 30) - Math.exp(-(BINS[bin + 1] ?? 1e9) / 30)));

const pace = (waiting: number[], leavingADay: number, usuallyADay = leavingADay): number[] =>
  queuePace(BINS, HAZARD, { waiting: Float64Array.from(waiting), leavingADay, usuallyADay }, 1000);

test('a queue as long as the life table expects has pace 1', () => {
  for (const factor of pace(STEADY, 10)) expect(factor).toBeCloseTo(1, 1);
});

test("twice the queue or half the throughput doubles a new case's wait", () => {
  expect(
    pace(
      STEADY.map((n) => 2 * n),
      10,
    )[0],
  ).toBeCloseTo(2, 0);
  expect(pace(STEADY, 5)[0]).toBeCloseTo(2, 0);
});

test('a surge does not delay those who came before it', () => {
  const surge = STEADY.map((n, bin) => (bin < 2 ? 4 * n : n));
  const factors = pace(surge, 10);
  expect(factors[0]).toBeGreaterThan(1.5);
  expect(factors[4]).toBeCloseTo(1, 1);
});

test('a recent drop in throughput delays those nearly served most', () => {
  const lasting = pace(STEADY, 5);
  const passing = pace(STEADY, 5, 10);
  expect(passing[0]).toBeLessThan(lasting[0] ?? 0);
  expect(passing[0]).toBeGreaterThan(1.1);
  const heldUp = (bin: number) => ((passing[bin] ?? 0) - 1) / ((lasting[bin] ?? 0) - 1);
  expect(heldUp(3)).toBeGreaterThan(heldUp(0));
});

test('the pace stays between a third and three', () => {
  const throughput = fc.double({ min: 0, max: 1e5, noNaN: true });
  const count = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(count, throughput, throughput, (waiting, leaving, usual) => {
      for (const factor of pace(waiting, leaving, usual)) {
        expect(factor).toBeGreaterThanOrEqual(1 / 3);
        expect(factor).toBeLessThanOrEqual(3);
      }
    }),
  );
});
