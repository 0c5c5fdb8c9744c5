import { describe, expect, test } from 'vitest';
import { steadyTables } from '../../../tests/estimate/arbitrary-tables';
import { CANDIDATE_MIXTURES, calibrate, type IssueScore } from './calibration';
import { nowBeingDecided } from './cohort';
import { DEFAULT_MIXTURE } from './mixture';
import { trackRecord } from './track-record';

const EARLIER = '2024-01-01';

function issue(change: Partial<IssueScore>): IssueScore {
  return {
    procedure: 'family',
    week: 0,
    monday: EARLIER,
    runOffWeeks: [],
    losses: {},
    ranges: [],
    tails: [],
    ...change,
  };
}

describe('calibration', () => {
  /** Losses that are least for one candidate mixture. */
  const bestAt = (stageWeight: number, queueTrust: number, gain: number, stage = 'review') => ({
    [stage]: [
      CANDIDATE_MIXTURES.map((one) =>
        one.stageWeight === stageWeight && one.queueTrust === queueTrust ? 100 - gain : 100,
      ),
    ],
  });

  test('takes the mixture with the least loss', () => {
    const calibrations = calibrate([issue({ runOffWeeks: [4], losses: bestAt(0.9, 1, 10) })], '2024-02-12');
    expect(calibrations.family).toMatchObject({ stageWeight: 0.9, queueTrust: 1 });
  });

  test('ignores the queue only where that clearly paid', () => {
    const queueTrustAfter = (gain: number): number | undefined =>
      calibrate([issue({ runOffWeeks: [4], losses: bestAt(0.9, 0, gain) })], '2024-02-12').family?.queueTrust;
    expect(queueTrustAfter(2)).toBe(1);
    expect(queueTrustAfter(10)).toBe(0);
  });

  test('ignores outcomes that were not known yet', () => {
    const ranges = [{ stage: 'review', knownAfter: 4, n: 100, early: 10, covered: 50, late: 40 }];
    const tails = [{ end: 'high', stage: 'review', knownAfter: 4, n: 5000, outside: 2000 } as const];
    const early = calibrate([issue({ runOffWeeks: [4], losses: bestAt(0.9, 1, 50), ranges, tails })], '2024-01-22');
    expect(early.family).toEqual({
      ...DEFAULT_MIXTURE,
      lowShare: 0.1,
      highShare: 0.1,
      byStage: {},
      coverage: null,
      recentCoverage: null,
    });
  });

  test('widens an end that too many exceeded and narrows one few did', () => {
    const tails = [
      { end: 'high', stage: 'review', knownAfter: 4, n: 5000, outside: 1000 } as const,
      { end: 'low', stage: 'review', knownAfter: 4, n: 5000, outside: 200 } as const,
    ];
    const { family } = calibrate([issue({ tails })], '2024-02-12');
    expect(family?.highShare).toBeLessThan(0.08);
    expect(family?.highShare).toBeGreaterThanOrEqual(0.05);
    expect(family?.lowShare).toBeGreaterThan(0.13);
    expect(family?.lowShare).toBeLessThanOrEqual(0.2);
    const few = calibrate([issue({ tails: tails.map((tail) => ({ ...tail, n: 20, outside: 20 })) })], '2024-02-12');
    expect(few.family?.highShare).toBeGreaterThan(0.07);
  });

  test('differs by stage', () => {
    const tails = [
      { end: 'high', stage: 'received', knownAfter: 4, n: 2000, outside: 400 } as const,
      { end: 'high', stage: 'review', knownAfter: 4, n: 2000, outside: 100 } as const,
    ];
    const losses = { ...bestAt(0.1, 1, 60, 'received'), ...bestAt(0.9, 1, 60, 'review') };
    const { family } = calibrate([issue({ runOffWeeks: [4], losses, tails })], '2024-02-12');
    expect(family?.byStage.received).toMatchObject({ stageWeight: 0.1 });
    expect(family?.byStage.review).toMatchObject({ stageWeight: 0.9 });
    expect(family?.byStage.received?.highShare).toBeLessThan(0.07);
    expect(family?.byStage.review?.highShare).toBeGreaterThan(0.12);
  });

  test('states the coverage once enough ranges are resolved', () => {
    const ranges = [
      { stage: 'review', knownAfter: 4, n: 60, early: 5, covered: 45, late: 10 },
      { stage: 'review', knownAfter: 39, n: 40, early: 5, covered: 35, late: 0 },
    ];
    expect(calibrate([issue({ ranges })], '2024-02-12').family?.coverage).toEqual({ share: 0.75, n: 60 });
    expect(calibrate([issue({ ranges })], '2024-10-07').family?.coverage).toEqual({ share: 0.8, n: 100 });
    expect(calibrate([issue({ ranges })], '2024-10-07').family?.recentCoverage).toEqual({ share: 0.875, n: 40 });
    const few = [{ stage: 'review', knownAfter: 4, n: 12, early: 0, covered: 12, late: 0 }];
    expect(calibrate([issue({ ranges: few })], '2024-02-12').family?.coverage).toBeNull();
  });
});

test('a replay counts each person once: early, covered or late', () => {
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

describe('the cohort now being decided', () => {
  const tables = steadyTables('family', 40, 20, 0.3);
  const { asOf } = tables;

  test('is the month from which most recent decisions come', () => {
    const ofAge = (bin: number): typeof tables => ({ ...tables, ageDecided: [[39, bin, 25]] });
    // The last week is that of 30 September 2024; bins 6 and 9 are 56 to 84 and 182 to 270 days.
    expect(nowBeingDecided(ofAge(6), asOf)).toMatchObject({ month: '2024-07', decisions: 25 });
    expect(nowBeingDecided(ofAge(9), asOf)?.month).toMatch(/2024-0[1-4]/);
  });

  test('is unknown with too few recent decisions', () => {
    expect(nowBeingDecided({ ...tables, ageDecided: [[39, 6, 19]] }, asOf)).toBeNull();
    expect(nowBeingDecided({ ...tables, ageDecided: [[20, 6, 500]] }, asOf)).toBeNull();
  });
});
