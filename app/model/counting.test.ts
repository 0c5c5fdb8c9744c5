import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countHistories } from '../../mocks/statistics/count-tables';
import { addCase, type CaseCourse, type Counts, noCounts, tablesOf } from './counting';
import { checkTables, type StatisticsTables } from './statistics';

const WEEKS = { firstWeek: '2024-01-01', asOf: '2024-12-02' };
const FIRST = Date.parse('2024-01-01T00:00:00Z') / 86_400_000;

const hours = (from: number, to: number) => fc.integer({ min: 24 * from, max: 24 * to }).map((hour) => hour / 24);
const course: fc.Arbitrary<CaseCourse> = fc
  .record({
    received: hours(-400, 360),
    steps: fc.array(fc.tuple(fc.constantFrom('received', 'review', 'documents'), hours(0, 90)), {
      minLength: 1,
      maxLength: 5,
    }),
    last: hours(0, 200),
    isDecided: fc.boolean(),
  })
  .map(({ received, steps, last, isDecided }) => {
    let at = FIRST + received;
    const stages = steps.map(([code, days], index) => {
      if (index > 0) at += days;
      return { code, entered: at };
    });
    return { received: FIRST + received, stages, decided: isDecided ? at + last : Number.POSITIVE_INFINITY };
  });

/** Rows in one order, days in whole hundredths. */
function comparable(tables: StatisticsTables) {
  const { stages } = tables;
  const named = (index: number) => stages[index] ?? '-';
  const text = (rows: readonly (readonly (number | string)[])[]) => rows.map(String).sort();
  return {
    stages: stages.toSorted(),
    stageExposure: text(tables.stageExposure.map(([w, s, b, days]) => [w, named(s), b, days.toFixed(1)])),
    stageExits: text(tables.stageExits.map(([w, s, b, to, n]) => [w, named(s), b, named(to), n])),
    ageExposure: text(tables.ageExposure.map(([w, b, days]) => [w, b, days.toFixed(1)])),
    ageDecided: text(tables.ageDecided),
    runOff: text(tables.runOff.map(([w = 0, s = 0, ...rest]) => [w, named(s), ...rest])),
    inflow: tables.inflow,
    stock: tables.stock,
  };
}

test('cases added one by one count as a log counted at once', () => {
  fc.assert(
    fc.property(fc.array(course, { minLength: 1, maxLength: 40 }), (courses) => {
      const counts = noCounts();
      for (const one of courses) addCase(counts, one, WEEKS);
      const own = tablesOf('family', counts, WEEKS);
      const cases = courses.map(({ stages, decided }) => ({
        procedure: 'family',
        n: 1,
        stages: stages.map(({ code }) => code),
        entered: stages.map(({ entered }) => entered),
        decided,
      }));
      const ended = cases.filter((one) => one.decided >= FIRST);
      const [at] = countHistories(ended, WEEKS.asOf, { weeks: 48 });
      if (!own || !at) {
        expect(own).toBeNull();
        return;
      }
      expect(checkTables(own)).toMatchObject({ ok: true });
      const known = at.stages.filter((code) => own.stages.includes(code));
      expect(comparable(own)).toEqual({ ...comparable(at), stages: known.toSorted() });
    }),
  );
});

test('sums that were stored and read are gone on from', () => {
  fc.assert(
    fc.property(fc.array(course, { minLength: 2, maxLength: 20 }), fc.nat(), (courses, cut) => {
      const whole = noCounts();
      for (const one of courses) addCase(whole, one, WEEKS);
      let parts: Counts = noCounts();
      courses.forEach((one, index) => {
        if (index === cut % courses.length) parts = JSON.parse(JSON.stringify(parts));
        addCase(parts, one, WEEKS);
      });
      expect(tablesOf('x', parts, WEEKS)).toEqual(tablesOf('x', whole, WEEKS));
    }),
  );
});
