import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryTables, steadyTables } from '../../../tests/estimate/arbitrary-tables';
import type { StatisticsTables } from '../statistics';
import type { IssueScore, RangeScore } from './calibration';
import {
  comparisonOf,
  monthsOf,
  pastYearOutcomes,
  publicFigures,
  shareWithin,
  trackRecordRows,
  waitingOf,
} from './public-figures';
import { trackRecord } from './track-record';

const steady = steadyTables('family', 60, 20, 0.3);

describe('months', () => {
  test('hold every application and every decision of their weeks', () => {
    const months = monthsOf(steady);
    const sum = (of: 'weeks' | 'received' | 'decided') => months.reduce((total, month) => total + month[of], 0);
    expect(sum('weeks')).toBe(60);
    expect(sum('received')).toBe(steady.inflow.reduce((total, n) => total + n, 0));
    expect(sum('decided')).toBe(steady.ageDecided.reduce((total, [, , n]) => total + n, 0));
    expect(months.at(0)).toMatchObject({ month: '2024-01', weeks: 5, open: steady.stock[4] });
  });

  test('go back two years and no further', () => {
    expect(monthsOf(steadyTables('family', 150, 5, 0.3))).toHaveLength(24);
  });
});

test('the people waiting add up to the stock', () => {
  const people = waitingOf(steady).reduce((sum, bin) => sum + bin.people, 0);
  expect(people).toBeCloseTo(steady.stock.at(-1) ?? 0, 6);
  expect(waitingOf(steady).at(-1)).toMatchObject({ fromDays: 730, toDays: null });
});

describe('the track record', () => {
  const range: RangeScore = { stage: 'review', knownAfter: 13, n: 10, early: 1, covered: 8, late: 1 };
  const issue = (monday: string, ...ranges: RangeScore[]): IssueScore => ({
    procedure: 'family',
    week: 0,
    monday,
    runOffWeeks: [],
    losses: {},
    ranges,
    tails: [],
  });

  test('judges a range only once its end has come', () => {
    const given = [issue('2026-01-05', range)];
    const judged = { quarter: '2026-Q1', stage: 'review', n: 10, early: 1, covered: 8, late: 1, pending: 0 };
    expect(trackRecordRows(given, '2026-04-06')).toEqual([judged]);
    expect(trackRecordRows(given, '2026-03-30')).toEqual([
      { ...judged, n: 0, early: 0, covered: 0, late: 0, pending: 10 },
    ]);
  });

  test("of the past year agrees with the model's coverage", () => {
    const tables = { ...steady, runOff: steady.runOff.map(([, ...row]) => [40, ...row]) };
    const { issues, calibrations } = trackRecord([tables], tables.asOf);
    const { n, covered, early, late } = pastYearOutcomes(issues, tables.asOf);
    expect(n).toBeGreaterThan(30);
    expect(early + covered + late).toBeCloseTo(n, 6);
    expect(covered / n).toBeCloseTo(calibrations.family?.coverage?.share ?? -1, 9);
    expect(pastYearOutcomes([issue('2024-01-01', range)], '2025-12-01')).toEqual({
      n: 0,
      early: 0,
      covered: 0,
      late: 0,
    });
  });

  test('counts each person once, by quarter and stage', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ week: fc.nat(100), knownAfter: fc.nat(52), n: fc.nat(50), early: fc.nat(9) })),
        (given) => {
          const issues = given.map(({ week, knownAfter, n, early }) =>
            issue(new Date(Date.parse('2024-01-01') + week * 7 * 86_400_000).toISOString().slice(0, 10), {
              ...range,
              knownAfter,
              n: n + early,
              early,
              covered: n,
              late: 0,
            }),
          );
          const rows = trackRecordRows(issues, '2025-12-01');
          const people = given.reduce((sum, { n, early }) => sum + n + early, 0);
          expect(rows.reduce((sum, row) => sum + row.n + row.pending, 0)).toBe(people);
          for (const row of rows) expect(row.early + row.covered + row.late).toBe(row.n);
          expect(new Set(rows.map(({ quarter }) => quarter)).size).toBe(rows.length);
        },
      ),
    );
  });
});

describe('the usual predictions of a wait', () => {
  test('the share within a number of days rises from none to all', () => {
    const counts = Float64Array.from([2, 0, 5, 3]);
    const bins = [0, 7, 14, 28];
    let before = 0;
    for (const days of [0, 3.5, 7, 14, 21, 28, 30, 33.6, 100]) {
      const share = shareWithin(counts, bins, days);
      expect(share).toBeGreaterThanOrEqual(before);
      before = share;
    }
    expect(shareWithin(counts, bins, 0)).toBe(0);
    expect(shareWithin(counts, bins, 7)).toBeCloseTo(0.2);
    expect(before).toBe(1);
  });

  test('the past 80 of 100 holds as long as nothing changes', () => {
    const rows = comparisonOf(steady, 90);
    for (const row of rows.slice(2)) expect(row.withinPast80).toBeCloseTo(0.8, 2);
    expect(rows[0]?.withinPast80).toBeNull();
    expect(rows.every(({ withinTerm }) => withinTerm !== null && withinTerm > 0.5)).toBe(true);
    expect(comparisonOf(steady, null).every(({ withinTerm }) => withinTerm === null)).toBe(true);
  });

  test('the past 80 of 100 fails once decisions slow down', () => {
    const bins = steady.bins.length;
    const slower: StatisticsTables = {
      ...steady,
      ageDecided: steady.ageDecided.map(([week, bin, n]) => [week, week < 40 ? bin : Math.min(bins - 1, bin + 3), n]),
    };
    expect(comparisonOf(slower, 90).at(-1)?.withinPast80).toBeLessThan(0.7);
  });
});

describe('all figures', () => {
  test('cover each procedure, as plain JSON', () => {
    const tables = { ...steady, runOff: steady.runOff.map(([, ...row]) => [20, ...row]) };
    const { issues } = trackRecord([tables], tables.asOf);
    const [figures] = publicFigures([tables], tables.asOf, issues, { family: 90 });
    expect(figures).toMatchObject({ procedure: 'family', termDays: 90, stages: ['received', 'review', 'documents'] });
    expect(figures?.record.length).toBeGreaterThan(0);
    expect(figures?.cohort?.month).toMatch(/^20\d\d-\d\d$/);
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
    const points = figures?.trend.filter(({ trust }) => trust === 'ok') ?? [];
    expect(points.length).toBeGreaterThan(5);
    for (const { low, median, high } of points) {
      expect(low ?? Number.NaN).toBeLessThanOrEqual(median ?? Number.NaN);
      expect(median ?? Number.NaN).toBeLessThanOrEqual(high ?? Number.NaN);
    }
  });

  test('never fail, whatever the counts', () => {
    fc.assert(
      fc.property(arbitraryTables, (tables) => {
        const [figures] = publicFigures([tables], tables.asOf, [], {});
        expect(figures?.termDays).toBeNull();
        for (const { withinPast80 } of figures?.told ?? []) expect(withinPast80 ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 15 },
    );
  });
});
