import { describe, expect, test } from 'vitest';
import { steadyTables } from './arbitrary-tables.testing';
import { nowBeingDecided } from './cohort';
import { type IssueScore, lessonsFrom, STAGE_WEIGHTS, trackRecord } from './track-record';

const EARLIER = '2024-01-01';

function issue(change: Partial<IssueScore>): IssueScore {
  return { procedure: 'family', week: 0, monday: EARLIER, runOffWeeks: [], misses: [], ranges: [], ...change };
}

describe('the lessons of the past', () => {
  test('take the weight with the fewest misses', () => {
    const misses = [STAGE_WEIGHTS.map((weight) => 1 + (weight - 0.9) ** 2)];
    const lessons = lessonsFrom([issue({ runOffWeeks: [4], misses })], '2024-02-12');
    expect(lessons.family?.stageWeight).toBe(0.9);
  });

  test('are not drawn from what was not known yet', () => {
    const misses = [STAGE_WEIGHTS.map((weight) => 1 + (weight - 0.9) ** 2)];
    const ranges = [{ stage: 'review', knownAfter: 4, n: 100, early: 10, covered: 50, late: 40 }];
    const early = lessonsFrom([issue({ runOffWeeks: [4], misses, ranges })], '2024-01-22');
    expect(early.family).toEqual({ stageWeight: 0.5, coverage: null, recentCoverage: null });
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
