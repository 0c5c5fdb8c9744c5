import { describe, expect, test } from 'vitest';
import { steadyTables } from './arbitrary-tables.testing';
import { nowBeingDecided } from './cohort';
import { type IssueScore, lessonsFrom, MIXTURES } from './lessons';
import { UNTRIED } from './mixture';
import { trackRecord } from './track-record';

const EARLIER = '2024-01-01';

function issue(change: Partial<IssueScore>): IssueScore {
  return {
    procedure: 'family',
    week: 0,
    monday: EARLIER,
    runOffWeeks: [],
    misses: {},
    ranges: [],
    tails: [],
    ...change,
  };
}

describe('the lessons of the past', () => {
  /** Misses that are fewest for one way to put the forecast together. */
  const bestAt = (stageWeight: number, queueTrust: number, gain: number, stage = 'review') => ({
    [stage]: [
      MIXTURES.map((one) => (one.stageWeight === stageWeight && one.queueTrust === queueTrust ? 100 - gain : 100)),
    ],
  });

  test('take the mixture with the fewest misses', () => {
    const lessons = lessonsFrom([issue({ runOffWeeks: [4], misses: bestAt(0.9, 1, 10) })], '2024-02-12');
    expect(lessons.family).toMatchObject({ stageWeight: 0.9, queueTrust: 1 });
  });

  test('leave the queue aside only where that clearly paid', () => {
    const found = (gain: number): number | undefined =>
      lessonsFrom([issue({ runOffWeeks: [4], misses: bestAt(0.9, 0, gain) })], '2024-02-12').family?.queueTrust;
    expect(found(2)).toBe(1);
    expect(found(10)).toBe(0);
  });

  test('are not drawn from what was not known yet', () => {
    const ranges = [{ stage: 'review', knownAfter: 4, n: 100, early: 10, covered: 50, late: 40 }];
    const tails = [{ end: 'high', stage: 'review', knownAfter: 4, n: 5000, outside: 2000 } as const];
    const early = lessonsFrom([issue({ runOffWeeks: [4], misses: bestAt(0.9, 1, 50), ranges, tails })], '2024-01-22');
    expect(early.family).toEqual({
      ...UNTRIED,
      lowShare: 0.1,
      highShare: 0.1,
      byStage: {},
      coverage: null,
      recentCoverage: null,
    });
  });

  test('widen an end that too many fell beyond, and narrow one that hardly anyone did', () => {
    const tails = [
      { end: 'high', stage: 'review', knownAfter: 4, n: 5000, outside: 1000 } as const,
      { end: 'low', stage: 'review', knownAfter: 4, n: 5000, outside: 200 } as const,
    ];
    const { family } = lessonsFrom([issue({ tails })], '2024-02-12');
    expect(family?.highShare).toBeLessThan(0.08);
    expect(family?.highShare).toBeGreaterThanOrEqual(0.05);
    expect(family?.lowShare).toBeGreaterThan(0.13);
    expect(family?.lowShare).toBeLessThanOrEqual(0.2);
    const few = lessonsFrom([issue({ tails: tails.map((tail) => ({ ...tail, n: 20, outside: 20 })) })], '2024-02-12');
    expect(few.family?.highShare).toBeGreaterThan(0.07);
  });

  test('are drawn for each stage: who begins may come late where who is nearly through comes early', () => {
    const tails = [
      { end: 'high', stage: 'received', knownAfter: 4, n: 2000, outside: 400 } as const,
      { end: 'high', stage: 'review', knownAfter: 4, n: 2000, outside: 100 } as const,
    ];
    const misses = { ...bestAt(0.1, 1, 60, 'received'), ...bestAt(0.9, 1, 60, 'review') };
    const { family } = lessonsFrom([issue({ runOffWeeks: [4], misses, tails })], '2024-02-12');
    expect(family?.byStage.received).toMatchObject({ stageWeight: 0.1 });
    expect(family?.byStage.review).toMatchObject({ stageWeight: 0.9 });
    expect(family?.byStage.received?.highShare).toBeLessThan(0.07);
    expect(family?.byStage.review?.highShare).toBeGreaterThan(0.12);
  });

  test('say how often the range was right, once enough have come out', () => {
    const ranges = [
      { stage: 'review', knownAfter: 4, n: 60, early: 5, covered: 45, late: 10 },
      { stage: 'review', knownAfter: 39, n: 40, early: 5, covered: 35, late: 0 },
    ];
    expect(lessonsFrom([issue({ ranges })], '2024-02-12').family?.coverage).toEqual({ share: 0.75, n: 60 });
    expect(lessonsFrom([issue({ ranges })], '2024-10-07').family?.coverage).toEqual({ share: 0.8, n: 100 });
    expect(lessonsFrom([issue({ ranges })], '2024-10-07').family?.recentCoverage).toEqual({ share: 0.875, n: 40 });
    const few = [{ stage: 'review', knownAfter: 4, n: 12, early: 0, covered: 12, late: 0 }];
    expect(lessonsFrom([issue({ ranges: few })], '2024-02-12').family?.coverage).toBeNull();
  });
});

test('a replay counts every person of the run-off once, as early, covered or late', () => {
  const steady = steadyTables('family', 30, 20, 0.5);
  const tables = { ...steady, runOff: steady.runOff.map((row) => [10, ...row.slice(1)]) };
  const { issues } = trackRecord([tables], tables.asOf, { horizonDays: 91 });
  expect(issues).toHaveLength(1);
  expect(issues[0]?.monday).toBe('2024-03-11');
  for (const range of issues[0]?.ranges ?? []) {
    expect(range.early + range.covered + range.late).toBeCloseTo(range.n);
    expect(Math.min(range.early, range.covered, range.late)).toBeGreaterThanOrEqual(0);
  }
});

describe('the applications that are now being decided', () => {
  const tables = steadyTables('family', 40, 20, 0.3);
  const { asOf } = tables;

  test('are of the month that most recent decisions come from', () => {
    const ofAge = (bin: number): typeof tables => ({ ...tables, ageDecided: [[39, bin, 25]] });
    // The last week is that of 30 September 2024; bins 6 and 9 are 56 to 84 and 182 to 270 days.
    expect(nowBeingDecided(ofAge(6), asOf)).toMatchObject({ month: '2024-07', decisions: 25 });
    expect(nowBeingDecided(ofAge(9), asOf)?.month).toMatch(/2024-0[1-4]/);
  });

  test('are not named where too few were decided, or only long ago', () => {
    expect(nowBeingDecided({ ...tables, ageDecided: [[39, 6, 19]] }, asOf)).toBeNull();
    expect(nowBeingDecided({ ...tables, ageDecided: [[20, 6, 500]] }, asOf)).toBeNull();
  });
});
