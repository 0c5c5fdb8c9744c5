import { describe, expect, test } from 'vitest';
import { histories, isoDate, type LogEvent } from '../../mocks/statistics/event-log';
import { kaplanMeier, uscisGivenWaited, uscisStyle } from './baselines';
import { replay } from './replay';
import { reportOf } from './report';
import { type Ahead, Tally } from './scores';

const closed: Ahead = { q10: 10, q25: 20, q50: 30, q75: 40, q90: 50, soon: 0.8 };

describe('scoring', () => {
  test('counts early, covered and late outcomes, and penalises each miss', () => {
    const tally = new Tally(100, 90);
    for (const wait of [5, 30, 30, 60]) tally.add(closed, wait, 1);
    const scores = tally.scores;
    expect(scores).toMatchObject({ cases: 4, closed: 4, early: 0.25, cov80: 0.5, late: 0.25, cov50: 0.5, width: 40 });
    expect(scores.winkler).toBeCloseTo(40 + (10 * 5 + 10 * 10) / 4);
    expect(scores.maeMedian).toBeCloseTo((25 + 0 + 0 + 30) / 4);
    const pinballAt30 = (0.1 * 20 + 0 + 0.1 * 20) / 3;
    const one = new Tally(100, 90);
    one.add(closed, 30, 7);
    expect(one.scores.pinball).toBeCloseTo(pinballAt30);
  });

  test('does not count an open range as a hit', () => {
    const tally = new Tally(100, 90);
    tally.add({ ...closed, q90: null }, 30, 5);
    tally.add({ ...closed, q90: 100 }, 30, 5);
    expect(tally.scores).toMatchObject({ cases: 10, closed: 0, cov80: null, early: null, late: null });
  });

  test('caps outcomes and forecasts at the horizon', () => {
    const tally = new Tally(100, 90);
    tally.add({ q10: null, q25: null, q50: null, q75: null, q90: null, soon: 0 }, Number.POSITIVE_INFINITY, 1);
    expect(tally.scores).toMatchObject({ pinball: 0, winkler: 0, maeMedian: 0, ece: 0, brier: 0 });
  });

  test('measures a chance that was forecast too high', () => {
    const tally = new Tally(100, 90);
    for (const wait of [10, 95, 95, 95]) tally.add(closed, wait, 1);
    expect(tally.scores.ece).toBeCloseTo(0.8 - 0.25);
  });
});

/** Cases that are received one a day. Case `i` is decided after `wait(i)` days. */
function stream(count: number, wait: (index: number) => number, from = 19000): LogEvent[] {
  return Array.from({ length: count }, (_, i) => [
    { case: String(i), procedure: 'family', stage: 'review', entered: `${isoDate(from + i)}T00:00:00Z` },
    { case: String(i), procedure: 'family', stage: 'DECIDED', entered: `${isoDate(from + i + wait(i))}T00:00:00Z` },
  ]).flat();
}

describe('the baselines', () => {
  const cases = histories(stream(300, (i) => 10 + (i % 10) * 10));

  test('use the waits that ended in the last six months', () => {
    const ahead = uscisStyle(cases, 19300, 200, 90)('family', 0);
    expect(ahead.q50).toBeGreaterThan(40);
    expect(ahead.q50).toBeLessThan(70);
    expect(uscisStyle(cases, 19300, 200, 90)('family', 60).q10).toBe(0);
    expect(uscisGivenWaited(cases, 19300, 200, 90)('family', 60).q10).toBeGreaterThan(0);
    expect(uscisStyle(cases, 19300, 200, 90)('visa', 0).q50).toBeNull();
  });

  test("Kaplan-Meier includes open cases and conditions on the case's age", () => {
    const curve = kaplanMeier(cases, 19500, 200, 90);
    expect(curve('family', 0).q50).toBe(50);
    expect(curve('family', 0).q90).toBe(90);
    expect(curve('family', 45).q50).toBe(25);
    expect(curve('family', 0).soon).toBeGreaterThan(0.85);
    expect(curve('family', 400).q10).toBeNull();
  });
});

describe('a replay', () => {
  test('of steady waits covers about eight outcomes in ten', () => {
    // Waits from 1 to 100 days, evenly spread and shuffled.
    const cases = histories(stream(900, (i) => 1 + ((i * 37) % 100)));
    const report = reportOf('steady', replay(cases));
    expect(report.asOfDates).toBeGreaterThan(20);
    expect(report.overall.estimate.cov80).toBeGreaterThan(0.74);
    expect(report.overall.estimate.cov80).toBeLessThan(0.92);
    expect(report.pinballRatio['kaplan-meier']).toBeLessThan(1.05);
  });

  test('does not use later events in a forecast', () => {
    const early = stream(500, (i) => 1 + ((i * 37) % 100));
    const jump = [
      ...early,
      ...stream(300, () => 300, 19500).map((event) => ({ ...event, case: `late ${event.case}` })),
    ];
    const horizon = 80;
    const short = replay(histories(early), { horizon });
    const long = replay(histories(jump), { horizon });
    const quarter = (of: typeof short): number => of.tallies.get('quarter 2023-Q1')?.estimate.scores.pinball ?? -1;
    expect(short.frame.first).toBeLessThan(long.frame.first);
    expect(quarter(long)).toBe(quarter(short));
  });

  test('from bin middles is almost as accurate as from exact days', () => {
    const cases = histories(stream(900, (i) => 1 + ((i * 37) % 100)));
    const own = reportOf('own', replay(cases)).overall.estimate.pinball;
    const bins = reportOf('bins', replay(cases, { atBinMiddles: true })).overall.estimate.pinball;
    expect(bins / own).toBeLessThan(1.01);
  });
});
