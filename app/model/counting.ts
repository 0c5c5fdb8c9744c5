import { DECIDED, type StatisticsTables } from './statistics';

/** Lower edges of waiting-time bins in days: narrow where many cases wait, wide where few do. */
const BINS = [
  0, 0.5, 1, 2, 3, 4, 5, 7, 10, 12, 14, 21, 24, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98, 105, 112, 126, 140, 161,
  182, 210, 240, 270, 300, 335, 365, 420, 480, 550, 640, 730, 900, 1100, 1400,
];
/** Coarser bins for ages in the run-off table, and the weeks after which its decisions are counted. */
const AGE_BINS = [0, 1, 3, 7, 14, 28, 56, 84, 126, 182, 240, 300, 365, 480, 640, 900];
const RUN_OFF_WEEKS = [1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26, 32, 39, 45, 52];
/** A run-off is issued every fourth week. */
const RUN_OFF_EVERY = 4;

/** One case as it is counted, without anything that tells whose it is. Times in days since 1970-01-01 UTC. */
export interface CaseCourse {
  readonly received: number;
  /** Open stages in order; the first begins when the case does. Never empty. */
  readonly stages: readonly { readonly code: string; readonly entered: number }[];
  /** Infinity while the case is open. */
  readonly decided: number;
}

/** Which weeks are counted: ISO Mondays, the second one exclusive. */
export interface CountedWeeks {
  readonly firstWeek: string;
  readonly asOf: string;
}

/** Sums of one procedure that cases are added to, in any order. Plain JSON. */
export interface Counts {
  /** Stage codes in the order in which they were met; cells name them by index. */
  readonly stages: string[];
  /** [stage]: sum of its places in cases, and number of cases, for the order of stages. */
  readonly places: [number, number][];
  /** Letter of the table and indices, with commas between → sum. Run-off cells hold several. */
  readonly cells: Record<string, number>;
  readonly runOff: Record<string, number[]>;
}

export const noCounts = (): Counts => ({ stages: [], places: [], cells: {}, runOff: {} });

/** Days since 1970-01-01 of an ISO date's first moment, UTC. */
export const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** Adds one case to the sums. Nothing after `asOf` counts. */
export function addCase(counts: Counts, course: CaseCourse, weeks: CountedWeeks): void {
  const [start, end] = [dayNumberOf(weeks.firstWeek), dayNumberOf(weeks.asOf)];
  const { received, decided, stages } = course;
  if (received >= end || decided < start) return;
  const last = Math.min(decided, end);
  const add = (key: string, value: number) => {
    counts.cells[key] = (counts.cells[key] ?? 0) + value;
  };
  if (received >= start) add(`D,${weekOf(received, start)}`, 1);
  for (let week = firstMondayAfter(received, start); start + 7 * week < last; week++) add(`S,${week}`, 1);
  spread(received, last, start, (week, bin, days) => add(`E,${week},${bin}`, days));
  if (decided < end) add(`F,${weekOf(decided, start)},${binOf(BINS, decided - received)}`, 1);
  stages.forEach(({ code, entered }, step) => {
    if (entered >= end) return;
    const stage = indexOf(counts, code, step);
    const next = stages[step + 1];
    const left = next?.entered ?? decided;
    spread(entered, Math.min(left, end), start, (week, bin, days) => add(`A,${week},${stage},${bin}`, days));
    if (left < start || left >= end) return;
    const to = next ? indexOf(counts, next.code) : DECIDED;
    add(`X,${weekOf(left, start)},${stage},${binOf(BINS, left - entered)},${to}`, 1);
  });
  addRunOff(counts, course, start, end);
}

/** The tables of what was added; null when nothing was. */
export function tablesOf(
  procedure: string,
  counts: Counts,
  { firstWeek, asOf }: CountedWeeks,
): StatisticsTables | null {
  const order = counts.places
    .map(([sum, seen], index) => ({ index, place: sum / Math.max(1, seen), code: counts.stages[index] ?? '' }))
    .sort((a, b) => a.place - b.place || (a.code < b.code ? -1 : 1));
  if (order.length === 0) return null;
  const placeOf = new Map(order.map(({ index }, place) => [index, place]));
  const stageAt = (index: number) => placeOf.get(index) ?? 0;
  const weeks = (dayNumberOf(asOf) - dayNumberOf(firstWeek)) / 7;
  const cells = Object.entries(counts.cells).map(([key, value]) => {
    const [table = '', ...indices] = key.split(',');
    return { table, indices: indices.map(Number), value };
  });
  const rows = (letter: string) => cells.filter(({ table }) => table === letter);
  const series = (letter: string) => {
    const sums = new Array<number>(weeks).fill(0);
    for (const { indices, value } of rows(letter)) sums[indices[0] ?? 0] = value;
    return sums;
  };
  return {
    procedure,
    asOf,
    firstWeek,
    bins: BINS,
    stages: order.map(({ code }) => code),
    stageExposure: rows('A').map(({ indices: [w = 0, s = 0, b = 0], value }) => [w, stageAt(s), b, hundredths(value)]),
    stageExits: rows('X').map(({ indices: [w = 0, s = 0, b = 0, to = 0], value }) => [
      w,
      stageAt(s),
      b,
      to === DECIDED ? DECIDED : stageAt(to),
      value,
    ]),
    ageExposure: rows('E').map(({ indices: [w = 0, b = 0], value }) => [w, b, hundredths(value)]),
    ageDecided: rows('F').map(({ indices: [w = 0, b = 0], value }) => [w, b, value]),
    ageBins: AGE_BINS,
    runOffWeeks: RUN_OFF_WEEKS,
    runOff: Object.entries(counts.runOff).map(([key, sums]) => {
      const [w = 0, s = 0, b = 0, age = 0] = key.split(',').map(Number);
      return [w, stageAt(s), b, age, ...sums];
    }),
    inflow: series('D'),
    stock: series('S'),
  };
}

/** Table C: where the case stood on each issue Monday, and after how many weeks it was decided, as known by `end`. */
function addRunOff({ runOff, stages: known }: Counts, course: CaseCourse, start: number, end: number): void {
  const { received, decided, stages } = course;
  const weeks = (end - start) / 7;
  let step = 0;
  for (let week = firstMondayAfter(received, start); start + 7 * week < Math.min(decided, end); week++) {
    if ((weeks - week) % RUN_OFF_EVERY !== 0) continue;
    const issue = start + 7 * week;
    while ((stages[step + 1]?.entered ?? Number.POSITIVE_INFINITY) <= issue) step++;
    const { code = '', entered = issue } = stages[step] ?? {};
    const key = [week, known.indexOf(code), binOf(BINS, issue - entered), binOf(AGE_BINS, issue - received)].join();
    runOff[key] ??= [0, ...RUN_OFF_WEEKS.map(() => 0)];
    const row = runOff[key];
    row[0] = (row[0] ?? 0) + 1;
    RUN_OFF_WEEKS.forEach((after, index) => {
      if (decided < end && decided <= issue + 7 * after) row[index + 1] = (row[index + 1] ?? 0) + 1;
    });
  }
}

/** @param place where the stage stands in this case; left out when it only names a destination */
function indexOf({ stages, places }: Counts, code: string, place?: number): number {
  let index = stages.indexOf(code);
  if (index < 0) {
    index = stages.push(code) - 1;
    places.push([0, 0]);
  }
  const at = places[index];
  if (at && place !== undefined) {
    at[0] += place;
    at[1] += 1;
  }
  return index;
}

const weekOf = (day: number, start: number): number => Math.floor((day - start) / 7);

const firstMondayAfter = (day: number, start: number): number => Math.max(0, weekOf(day, start) + 1);

/** Cuts the time from `from` to `until` at Mondays and edges of bins, and reports the parts since `start`. */
function spread(from: number, until: number, start: number, report: (week: number, bin: number, days: number) => void) {
  let at = Math.max(from, start);
  let bin = binOf(BINS, at - from);
  while (at < until) {
    const week = weekOf(at, start);
    const edge = from + (BINS[bin + 1] ?? Number.POSITIVE_INFINITY);
    const next = Math.min(until, start + 7 * (week + 1), edge);
    if (next > at) report(week, bin, next - at);
    if (next >= edge) bin++;
    at = next;
  }
}

function binOf(edges: readonly number[], days: number): number {
  let bin = edges.length - 1;
  while (bin > 0 && (edges[bin] ?? 0) > days) bin--;
  return bin;
}

const hundredths = (days: number): number => Math.max(0.01, Math.round(days * 100) / 100);
