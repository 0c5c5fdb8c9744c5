import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from '~/model/estimate/estimate';
import type { Estimate } from '~/model/estimate/model';
import { waitingOf } from '~/model/estimate/public-figures';
import { train } from '~/model/estimate/train';
import { arbitraryTables, steadyTables } from '../../tests/estimate/arbitrary-tables';
import { type RoughSituation, roughEstimate } from './public-estimate';

const steady = steadyTables('family', 40, 20, 0.3);
const model = train([steady], steady.asOf);
const rough: RoughSituation = { procedure: 'family', stage: 'received', leastAge: 20, mostAge: 20 };

describe('a rough estimate', () => {
  test("of the first stage on a known day equals the case page's", () => {
    const result = roughEstimate(model, rough, null);
    const known = estimate(model, { procedure: 'family', stage: 'received', inStageDays: 20, ageDays: 20 });
    expect(result).toMatchObject({ low: known.low, high: known.high, trust: known.trust, coverage: known.coverage });
  });

  test('of a month covers each of its days', () => {
    fc.assert(
      fc.property(fc.constantFrom('received', 'review', null), fc.nat(200), fc.nat(30), (stage, leastAge, days) => {
        const mostAge = leastAge + days;
        const month = roughEstimate(model, { ...rough, stage, leastAge, mostAge }, null);
        for (const age of [leastAge, mostAge]) {
          const day = roughEstimate(model, { ...rough, stage, leastAge: age, mostAge: age }, null);
          // In later stages the likely times in stage depend on the whole span, so ranges are not comparable.
          if (stage !== 'review') expect(isWithin(day, month)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('runs from low to high, none in the past', () => {
    fc.assert(
      fc.property(
        arbitraryTables,
        fc.constantFrom('received', 'review', 'documents', null),
        fc.nat(1200),
        fc.nat(40),
        (tables, stage, leastAge, days) => {
          const any = train([tables], tables.asOf, { horizonDays: 200 });
          const situation = { procedure: tables.procedure, stage, leastAge, mostAge: leastAge + days };
          const { low, median, high, trust } = roughEstimate(any, situation, waitingOf(tables));
          if (trust === 'none') expect([low, median, high]).toEqual([null, null, null]);
          if (low !== null) expect(low).toBeGreaterThanOrEqual(0);
          if (median !== null) expect(median).toBeGreaterThanOrEqual(low ?? Number.POSITIVE_INFINITY);
          if (high !== null) expect(high).toBeGreaterThanOrEqual(median ?? Number.POSITIVE_INFINITY);
          if (high !== null) expect(high).toBeLessThanOrEqual(200);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is none for rare waits and withdrawn ranges', () => {
    const few = steadyTables('family', 40, 20, 0.3);
    const nobodyLong = { ...few, ageExposure: few.ageExposure.filter(([, bin]) => bin < 9) };
    const long = { ...rough, stage: null, leastAge: 900, mostAge: 900 };
    expect(roughEstimate(model, long, waitingOf(nobodyLong))).toMatchObject({ trust: 'none', high: null });
    expect(roughEstimate(model, long, waitingOf(few)).trust).not.toBe('none');
    expect(roughEstimate(model, rough, null, { trust: 'none' })).toMatchObject({ trust: 'none', reasons: ['staff'] });
    expect(roughEstimate(model, rough, null, { trust: 'unsettled' }).trust).toBe('unsettled');
    expect(roughEstimate(model, { ...rough, procedure: 'constructor' }, null).trust).toBe('none');
  });

  test('is one-sided when its end lies beyond the horizon', () => {
    const short = train([steady], steady.asOf, { horizonDays: 30 });
    expect(roughEstimate(short, { ...rough, stage: null }, null)).toMatchObject({ trust: 'one-sided', high: null });
  });
});

function isWithin(inner: Estimate, outer: Estimate): boolean {
  const ends = (one: Estimate) => [one.low ?? 0, one.high ?? Number.POSITIVE_INFINITY] as const;
  if (inner.trust === 'none' || outer.trust === 'none') return true;
  return ends(outer)[0] <= ends(inner)[0] && ends(outer)[1] >= ends(inner)[1];
}
