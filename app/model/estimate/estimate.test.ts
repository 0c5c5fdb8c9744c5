import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StatisticsTables } from '../statistics';
import { arbitraryTables, busyTables, steadyTables } from './arbitrary-tables.testing';
import { estimate } from './estimate';
import { forecast } from './forecast';
import { UNTRIED } from './mixture';
import type { Model, Situation } from './model';
import { train, withLastGood } from './train';

const situation = fc.record({
  stage: fc.constantFrom('received', 'review', 'documents'),
  inStageDays: fc.oneof(fc.nat(60), fc.nat(1200)),
  before: fc.oneof(fc.nat(60), fc.nat(1200)),
});

function ask(model: Model, tables: StatisticsTables, { stage, inStageDays, before }: FromArbitrary<typeof situation>) {
  const asked: Situation = { procedure: tables.procedure, stage, inStageDays, ageDays: inStageDays + before };
  return { told: estimate(model, asked), ahead: forecast(model, asked) };
}
type FromArbitrary<A> = A extends fc.Arbitrary<infer T> ? T : never;

describe('an estimate, whatever the counts', () => {
  test('is mostly a closed range where many cases move on, so that what follows is about something', () => {
    const asked = fc.record({ stage: fc.constant('review'), inStageDays: fc.nat(60), before: fc.nat(60) });
    const told = fc.sample(fc.tuple(busyTables, asked), 20).map(([tables, one]) => {
      return ask(train([tables], tables.asOf, { horizonDays: 200 }), tables, one).told;
    });
    expect(told.filter(({ low, high }) => low !== null && high !== null).length).toBeGreaterThan(10);
  });

  test('runs from low to high, none in the past, none beyond the horizon', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, asked) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { low, median, high, within90 } = ask(model, tables, asked).told;
        if (low !== null) expect(low).toBeGreaterThanOrEqual(0);
        if (median !== null) expect(median).toBeGreaterThanOrEqual(low ?? Number.POSITIVE_INFINITY);
        if (high !== null) expect(high).toBeGreaterThanOrEqual(median ?? Number.POSITIVE_INFINITY);
        if (high !== null) expect(high).toBeLessThanOrEqual(200);
        expect(within90).toBeGreaterThanOrEqual(0);
        expect(within90).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('however long somebody waits, no end of his range is ever in the past', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, fc.nat(4000), (tables, asked, more) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const later = { ...asked, inStageDays: asked.inStageDays + more };
        const { low, median, high } = ask(model, tables, later).told;
        for (const days of [low, median, high]) expect(days ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a day more of waiting never brings the date nearer, where only the time since application counts', () => {
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
              byStage: own.byStage.map((taught) => ({ ...taught, stageWeight: 0 })),
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
      fc.property(arbitraryTables, situation, (tables, asked) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { told, ahead } = ask(model, tables, asked);
        if (told.low !== null) expect(told.low).toBeLessThanOrEqual(ahead?.low() ?? -1);
        if (told.high !== null) expect(told.high).toBeGreaterThanOrEqual(ahead?.high() ?? 1e9);
      }),
    );
  });

  test('gives chances that only grow with time', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, asked) => {
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const { ahead } = ask(model, tables, asked);
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

  test('is the same from a model that went through JSON', () => {
    fc.assert(
      fc.property(arbitraryTables, situation, (tables, asked) => {
        const model = train([tables], tables.asOf);
        const shared: Model = JSON.parse(JSON.stringify(model));
        expect(ask(shared, tables, asked).told).toEqual(ask(model, tables, asked).told);
      }),
      { numRuns: 30 },
    );
  });

  test('knows nothing of weeks after its as-of date', () => {
    const long = steadyTables('family', 30, 20, 0.2);
    const short = steadyTables('family', 20, 20, 0.2);
    const { procedures } = train([long], short.asOf);
    expect(procedures).toEqual(train([short], short.asOf).procedures);
  });
});

describe('trust', () => {
  const steady = steadyTables('family', 40, 20, 0.3);
  const model = train([steady], steady.asOf);
  const asked: Situation = { procedure: 'family', stage: 'review', inStageDays: 10, ageDays: 20 };

  test('is ok in a steady office with many decisions, and the range is right', () => {
    const told = estimate(model, asked);
    expect(told.trust).toBe('ok');
    expect(told.reasons).toEqual([]);
    // 30 % leave a week, 60 % of them decided: the hazard of a decision by age is 0.18 a week, the median 27 days.
    expect(told.median).toBeGreaterThan(18);
    expect(told.median).toBeLessThan(36);
    expect(told.decisionsBehind).toBeGreaterThan(200);
  });

  test('is none for a procedure or stage that was never counted', () => {
    expect(estimate(model, { ...asked, procedure: 'visa' })).toMatchObject({ trust: 'none', high: null });
    expect(estimate(model, { ...asked, procedure: 'visa' }).reasons).toEqual(['unknown-procedure']);
    expect(estimate(model, { ...asked, stage: 'ceremony' }).reasons).toEqual(['unknown-stage']);
    expect(estimate(model, { ...asked, procedure: 'constructor' }).reasons).toEqual(['unknown-procedure']);
  });

  test('is none on few decisions, and for a wait that hardly anyone had', () => {
    const few = steadyTables('family', 1, 1, 0.9);
    expect(estimate(train([few], few.asOf), asked)).toMatchObject({ trust: 'none', low: null, median: null });
    expect(estimate(train([few], few.asOf), asked).reasons).toContain('few-decisions');
    const nobodyLong: StatisticsTables = {
      ...steady,
      stageExposure: steady.stageExposure.filter((row) => row[2] < 11),
    };
    const long = estimate(train([nobodyLong], steady.asOf), { ...asked, inStageDays: 600, ageDays: 600 });
    expect(long.reasons).toEqual(['few-like-this']);
  });

  test('is one-sided or open where the end lies beyond the horizon', () => {
    const short = train([steady], steady.asOf, { horizonDays: 40 });
    expect(estimate(short, asked)).toMatchObject({ trust: 'one-sided', high: null, reasons: ['beyond-horizon'] });
    const shorter = train([steady], steady.asOf, { horizonDays: 8 });
    expect(estimate(shorter, asked)).toMatchObject({ trust: 'open', median: null, high: null });
  });

  test('is unsettled when applications surge, stock grows or decisions stop', () => {
    const last = (numbers: readonly number[], factor: number): number[] =>
      numbers.map((n, week) => (week >= numbers.length - 4 ? n * factor : n));
    const surge = train([{ ...steady, inflow: last(steady.inflow, 2) }], steady.asOf);
    expect(estimate(surge, asked)).toMatchObject({ trust: 'unsettled', reasons: ['inflow-up'] });
    const grown = train([{ ...steady, stock: last(steady.stock, 1.5) }], steady.asOf);
    expect(estimate(grown, asked).reasons).toEqual(['stock-up']);
    const stopped = train([{ ...steady, ageDecided: steady.ageDecided.filter((row) => row[0] < 36) }], steady.asOf);
    expect(estimate(stopped, asked).reasons).toContain('fewer-decisions');
  });

  test('of a procedure whose newest counts were refused stays as it was last good, with that date', () => {
    const longer = steadyTables('study', 41, 20, 0.3);
    const renewed = withLastGood(train([longer], longer.asOf), model, ['family']);
    expect(estimate(renewed, asked)).toEqual(estimate(model, asked));
    expect(estimate(renewed, asked).asOf).toBe(steady.asOf);
    expect(estimate(renewed, { ...asked, procedure: 'study' }).asOf).toBe(longer.asOf);
    // One that the agency no longer counts is not brought back.
    expect(estimate(withLastGood(train([longer], longer.asOf), model, []), asked).trust).toBe('none');
  });

  test('is what staff say, and no range is shown when they withdraw it', () => {
    expect(estimate(model, asked, { trust: 'unsettled' })).toMatchObject({ trust: 'unsettled', reasons: ['staff'] });
    expect(estimate(model, asked, { trust: 'none' })).toMatchObject({ trust: 'none', high: null, reasons: ['staff'] });
  });

  test('is none where the last half year was right for fewer than 65 of 100', () => {
    const wrong = {
      ...UNTRIED,
      lowShare: 0.1,
      highShare: 0.1,
      byStage: {},
      coverage: null,
      recentCoverage: { share: 0.6, n: 80 },
    };
    const told = estimate(train([steady], steady.asOf, { lessons: { family: wrong } }), asked);
    expect(told).toMatchObject({ trust: 'none', reasons: ['track-record'] });
  });
});

function shuffle<T>(rows: readonly T[], seed: number): T[] {
  const keyed = rows.map((row, i) => ({ row, key: Math.sin(seed + i * 12.9898) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ row }) => row);
}
