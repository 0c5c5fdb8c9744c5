import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryTables, busyTables, steadyTables } from '../../../tests/estimate/arbitrary-tables';
import type { StatisticsTables } from '../statistics';
import { estimate } from './estimate';
import { forecast } from './forecast';
import { DEFAULT_MIXTURE } from './mixture';
import type { Model, Situation } from './model';
import { train, withLastGood } from './train';

const situation = fc.record({
  stage: fc.constantFrom('received', 'review', 'documents'),
  inStageDays: fc.oneof(fc.nat(60), fc.nat(1200)),
  before: fc.oneof(fc.nat(60), fc.nat(1200)),
});

function estimateAndForecast(
  model: Model,
  tables: StatisticsTables,
  { stage, inStageDays, before }: FromArbitrary<typeof situation>,
) {
  const situation: Situation = { procedure: tables.procedure, stage, inStageDays, ageDays: inStageDays + before };
  return { result: estimate(model, situation), ahead: forecast(model, situation) };
}
type FromArbitrary<A> = A extends fc.Arbitrary<infer T> ? T : never;

describe('an estimate from any counts', () => {
  test('mostly has both ends in a busy office', () => {
    const sample = fc.record({ stage: fc.constant('review'), inStageDays: fc.nat(60), before: fc.nat(60) });
    const results = fc.sample(fc.tuple(busyTables, sample), 20).map(([tables, one]) => {
      return estimateAndForecast(train([tables], tables.asOf, { horizonDays: 200 }), tables, one).result;
    });
    expect(results.filter(({ low, high }) => low !== null && high !== null).length).toBeGreaterThan(10);
  });

  test('runs from low to high, between today and the horizon', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, sample) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { low, median, high, within90 } = estimateAndForecast(model, tables, sample).result;
        if (low !== null) expect(low).toBeGreaterThanOrEqual(0);
        if (median !== null) expect(median).toBeGreaterThanOrEqual(low ?? Number.POSITIVE_INFINITY);
        if (high !== null) expect(high).toBeGreaterThanOrEqual(median ?? Number.POSITIVE_INFINITY);
        if (high !== null) expect(high).toBeLessThanOrEqual(200);
        expect(within90).toBeGreaterThanOrEqual(0);
        expect(within90).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('never ends in the past, however long the wait', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, fc.nat(4000), (tables, sample, more) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const later = { ...sample, inStageDays: sample.inStageDays + more };
        const { low, median, high } = estimateAndForecast(model, tables, later).result;
        for (const days of [low, median, high]) expect(days ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('waiting a day longer never brings the date nearer, by age alone', () => {
    fc.assert(
      fc.property(busyTables, fc.nat(400), fc.integer({ min: 1, max: 60 }), (tables, waited, more) => {
        const model = train([tables], tables.asOf, { horizonDays: 400 });
        const own = model.procedures[tables.procedure];
        if (!own) throw new Error('not trained');
        const still: Model = {
          ...model,
          procedures: {
            [tables.procedure]: {
              ...own,
              byStage: own.byStage.map((one) => ({ ...one, stageWeight: 0 })),
              agePace: own.agePace.map(() => 1),
            },
          },
        };
        const at = (ageDays: number) =>
          forecast(still, { procedure: tables.procedure, stage: 'review', inStageDays: 0, ageDays });
        for (const share of [0.1, 0.5, 0.9]) {
          const before = at(waited)?.quantile(share) ?? null;
          const after = at(waited + more)?.quantile(share) ?? null;
          if (before !== null && after !== null) expect(more + after).toBeGreaterThanOrEqual(before - 1e-6);
        }
      }),
    );
  });

  test('is never narrower than the unrounded range', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, sample) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { result, ahead } = estimateAndForecast(model, tables, sample);
        if (result.low !== null) expect(result.low).toBeLessThanOrEqual(ahead?.low() ?? -1);
        if (result.high !== null) expect(result.high).toBeGreaterThanOrEqual(ahead?.high() ?? 1e9);
      }),
    );
  });

  test('gives chances that only grow with time', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, sample) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { ahead } = estimateAndForecast(model, tables, sample);
        let before = 0;
        for (const days of [0, 0.5, 1, 7, 30, 90, 150, 199.5, 200]) {
          const chance = ahead?.within(days) ?? Number.NaN;
          expect(chance).toBeGreaterThanOrEqual(before - 1e-9);
          expect(chance).toBeLessThanOrEqual(1);
          before = chance;
        }
      }),
    );
  });

  test('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(arbitraryTables, fc.integer(), (tables, seed) => {
        const shuffled: StatisticsTables = {
          ...tables,
          stageExposure: shuffle(tables.stageExposure, seed),
          stageExits: shuffle(tables.stageExits, seed + 1),
          ageExposure: shuffle(tables.ageExposure, seed + 2),
          ageDecided: shuffle(tables.ageDecided, seed + 3),
        };
        expect(train([shuffled], tables.asOf)).toEqual(train([tables], tables.asOf));
      }),
      { numRuns: 30 },
    );
  });

  test('survives a round trip through JSON', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, sample) => {
        const model = train([tables], tables.asOf);
        const shared: Model = JSON.parse(JSON.stringify(model));
        expect(estimateAndForecast(shared, tables, sample).result).toEqual(
          estimateAndForecast(model, tables, sample).result,
        );
      }),
      { numRuns: 30 },
    );
  });

  test('ignores weeks after its as-of date', () => {
    const long = steadyTables('family', 30, 20, 0.2);
    const short = steadyTables('family', 20, 20, 0.2);
    const { procedures } = train([long], short.asOf);
    expect(procedures).toEqual(train([short], short.asOf).procedures);
  });
});

describe('trust', () => {
  const steady = steadyTables('family', 40, 20, 0.3);
  const model = train([steady], steady.asOf);
  const sample: Situation = { procedure: 'family', stage: 'review', inStageDays: 10, ageDays: 20 };

  test('is ok in a steady office with many decisions', () => {
    const result = estimate(model, sample);
    expect(result.trust).toBe('ok');
    expect(result.reasons).toEqual([]);
    // 30 % leave a week, 60 % of them decided: the hazard by age is 0.18 a week, the median 27 days.
    expect(result.median).toBeGreaterThan(18);
    expect(result.median).toBeLessThan(36);
    expect(result.decisionsBehind).toBeGreaterThan(200);
  });

  test('is none for a procedure or stage that was never counted', () => {
    expect(estimate(model, { ...sample, procedure: 'visa' })).toMatchObject({ trust: 'none', high: null });
    expect(estimate(model, { ...sample, procedure: 'visa' }).reasons).toEqual(['unknown-procedure']);
    expect(estimate(model, { ...sample, stage: 'ceremony' }).reasons).toEqual(['unknown-stage']);
    expect(estimate(model, { ...sample, procedure: 'constructor' }).reasons).toEqual(['unknown-procedure']);
  });

  test('is none with few decisions or few similar waits', () => {
    const few = steadyTables('family', 1, 1, 0.9);
    expect(estimate(train([few], few.asOf), sample)).toMatchObject({ trust: 'none', low: null, median: null });
    expect(estimate(train([few], few.asOf), sample).reasons).toContain('few-decisions');
    const nobodyLong: StatisticsTables = {
      ...steady,
      stageExposure: steady.stageExposure.filter((row) => row[2] < 11),
    };
    const long = estimate(train([nobodyLong], steady.asOf), { ...sample, inStageDays: 600, ageDays: 600 });
    expect(long.reasons).toEqual(['few-like-this']);
  });

  test('is one-sided or open where the end lies beyond the horizon', () => {
    const short = train([steady], steady.asOf, { horizonDays: 40 });
    expect(estimate(short, sample)).toMatchObject({ trust: 'one-sided', high: null, reasons: ['beyond-horizon'] });
    const shorter = train([steady], steady.asOf, { horizonDays: 8 });
    expect(estimate(shorter, sample)).toMatchObject({ trust: 'open', median: null, high: null });
  });

  test('is unsettled when applications surge, stock grows or decisions stop', () => {
    const last = (numbers: readonly number[], factor: number): number[] =>
      numbers.map((n, week) => (week >= numbers.length - 4 ? n * factor : n));
    const surge = train([{ ...steady, inflow: last(steady.inflow, 2) }], steady.asOf);
    expect(estimate(surge, sample)).toMatchObject({ trust: 'unsettled', reasons: ['inflow-up'] });
    const grown = train([{ ...steady, stock: last(steady.stock, 1.5) }], steady.asOf);
    expect(estimate(grown, sample).reasons).toEqual(['stock-up']);
    const stopped = train([{ ...steady, ageDecided: steady.ageDecided.filter((row) => row[0] < 36) }], steady.asOf);
    expect(estimate(stopped, sample).reasons).toContain('fewer-decisions');
  });

  test('uses the last good counts when new ones are refused', () => {
    const longer = steadyTables('study', 41, 20, 0.3);
    const renewed = withLastGood(train([longer], longer.asOf), model, ['family']);
    expect(estimate(renewed, sample)).toEqual(estimate(model, sample));
    expect(estimate(renewed, sample).asOf).toBe(steady.asOf);
    expect(estimate(renewed, { ...sample, procedure: 'study' }).asOf).toBe(longer.asOf);
    // A procedure that the agency no longer counts is not restored.
    expect(estimate(withLastGood(train([longer], longer.asOf), model, []), sample).trust).toBe('none');
  });

  test('follows the staff switch, which can withdraw the range', () => {
    expect(estimate(model, sample, { trust: 'unsettled' })).toMatchObject({ trust: 'unsettled', reasons: ['staff'] });
    expect(estimate(model, sample, { trust: 'none' })).toMatchObject({ trust: 'none', high: null, reasons: ['staff'] });
  });

  test('is none when fewer than 65 of 100 recent ranges were right', () => {
    const wrong = {
      ...DEFAULT_MIXTURE,
      lowShare: 0.1,
      highShare: 0.1,
      byStage: {},
      coverage: null,
      recentCoverage: { share: 0.6, n: 80 },
    };
    const result = estimate(train([steady], steady.asOf, { calibrations: { family: wrong } }), sample);
    expect(result).toMatchObject({ trust: 'none', reasons: ['track-record'] });
  });
});

function shuffle<T>(rows: readonly T[], seed: number): T[] {
  const keyed = rows.map((row, i) => ({ row, key: Math.sin(seed + i * 12.9898) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
}
