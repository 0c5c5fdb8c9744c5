import fc from 'fast-check';
import { DECIDED, type StatisticsTables } from '../../app/model/statistics';

const BINS = [0, 1, 3, 7, 14, 28, 56, 84, 126, 182, 270, 365, 730];
const STAGES = ['received', 'review', 'documents'];
const FIRST_WEEK = '2024-01-01';

/** An office where each week the same number waits in each bin and the same share of them leaves. */
interface Office {
  readonly procedure: string;
  readonly weeks: number;
  readonly waiting: readonly number[];
  /** May exceed 1: those who come and leave within the week are not among the waiting. */
  readonly leaving: readonly number[];
  readonly decidedShare: number;
}

const ofEveryBin = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: BINS.length, maxLength: BINS.length });
const procedure = fc.constantFrom('family', 'study', 'asylum');

/** Few or many cases, quick or stuck: often too little for a range. */
const anyOffice = fc.record({
  procedure,
  weeks: fc.integer({ min: 1, max: 40 }),
  waiting: ofEveryBin(fc.integer({ min: 0, max: 60 })),
  leaving: ofEveryBin(fc.double({ min: 0, max: 1, noNaN: true })),
  decidedShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** Many cases that move on: most people get a range. */
const busyOffice = fc.record({
  procedure,
  weeks: fc.integer({ min: 20, max: 40 }),
  waiting: ofEveryBin(fc.integer({ min: 100, max: 800 })),
  leaving: ofEveryBin(fc.double({ min: 0.1, max: 3, noNaN: true })),
  decidedShare: fc.double({ min: 0.3, max: 1, noNaN: true }),
});

/** Valid tables. */
export const arbitraryTables: fc.Arbitrary<StatisticsTables> = fc.oneof(anyOffice, busyOffice).map(tablesOf);
export const busyTables: fc.Arbitrary<StatisticsTables> = busyOffice.map(tablesOf);

/** An office that did not change for `weeks` weeks. */
export function steadyTables(procedure: string, weeks: number, waiting: number, leaving: number): StatisticsTables {
  const everyBin = (value: number): number[] => BINS.map(() => value);
  return tablesOf({ procedure, weeks, waiting: everyBin(waiting), leaving: everyBin(leaving), decidedShare: 0.6 });
}

function tablesOf({ procedure, weeks, waiting, leaving, decidedShare }: Office): StatisticsTables {
  const stageExposure: [number, number, number, number][] = [];
  const stageExits: [number, number, number, number, number][] = [];
  const ageExposure: [number, number, number][] = [];
  const ageDecided: [number, number, number][] = [];
  for (let week = 0; week < weeks; week++) {
    BINS.forEach((_, bin) => {
      const there = waiting[bin] ?? 0;
      const leave = Math.round(there * (leaving[bin] ?? 0));
      const decided = Math.round(leave * decidedShare);
      if (there === 0) return;
      STAGES.forEach((_, stage) => {
        stageExposure.push([week, stage, bin, 7 * there]);
        if (decided > 0) stageExits.push([week, stage, bin, DECIDED, decided]);
        if (leave > decided) stageExits.push([week, stage, bin, (stage + 1) % STAGES.length, leave - decided]);
      });
      ageExposure.push([week, bin, 7 * there * STAGES.length]);
      if (decided > 0) ageDecided.push([week, bin, decided * STAGES.length]);
    });
  }
  const stock = STAGES.length * waiting.reduce((sum, n) => sum + n, 0);
  const decidedAWeek = ageDecided.reduce((sum, row) => sum + row[2], 0) / weeks;
  const runOff = BINS.flatMap((_, bin) =>
    STAGES.map((_, stage) => {
      const there = waiting[bin] ?? 0;
      const after = (share: number): number => Math.round(there * Math.min(1, leaving[bin] ?? 0) * share);
      return [0, stage, bin, bin, there, after(0.3), after(0.6), after(1)];
    }).filter((row) => (row[4] ?? 0) > 0),
  );
  const asOf = new Date(Date.parse(FIRST_WEEK) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  return {
    procedure,
    asOf,
    firstWeek: FIRST_WEEK,
    bins: BINS,
    stages: STAGES,
    stageExposure,
    stageExits,
    ageExposure,
    ageDecided,
    ageBins: BINS,
    runOffWeeks: [1, 4, 13],
    runOff,
    inflow: Array.from({ length: weeks }, () => Math.round(decidedAWeek)),
    stock: Array.from({ length: weeks }, () => stock),
  };
}
