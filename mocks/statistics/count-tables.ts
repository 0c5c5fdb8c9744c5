import type { StatisticsTables } from '~/model/statistics';
import { type CaseHistory, histories, isoDate, type LogEvent, mondayBefore } from './event-log';
import { atOnce } from './in-steps';

/** Lower edges of waiting-time bins in days: narrow where many cases wait, wide where few do. */
const BINS = [
  0, 0.5, 1, 2, 3, 4, 5, 7, 10, 12, 14, 21, 24, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98, 105, 112, 126, 140, 161,
  182, 210, 240, 270, 300, 335, 365, 420, 480, 550, 640, 730, 900, 1100, 1400,
];
/** Coarser bins for the ages in the run-off table, and the weeks after which its decisions are counted. */
const AGE_BINS = [0, 1, 3, 7, 14, 28, 56, 84, 126, 182, 240, 300, 365, 480, 640, 900];
const RUN_OFF_WEEKS = [1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26, 32, 39, 45, 52];

const DECIDED = -1;

export interface CountOptions {
  /** How many weeks to count before `asOf`. Defaults to all since the first event. */
  readonly weeks?: number;
  /** A run-off is issued every n-th week. */
  readonly runOffEvery?: number;
}

/**
 * Counts an event log into tables A to D, one set for each procedure, over whole weeks up to the last Monday on or
 * before `asOf` (ISO date). Ignores later events.
 */
export function countTables(events: Iterable<LogEvent>, asOf: string, options: CountOptions = {}): StatisticsTables[] {
  return countHistories(histories(events), asOf, options);
}

/** Like `countTables`, from case histories. */
export function countHistories(
  cases: readonly CaseHistory[],
  asOf: string,
  options: CountOptions = {},
): StatisticsTables[] {
  return atOnce(countByProcedure(cases, asOf, options));
}

/** `countHistories` with a step for each procedure. */
export function* countByProcedure(
  cases: readonly CaseHistory[],
  asOf: string,
  { weeks, runOffEvery = 4 }: CountOptions = {},
): Generator<void, StatisticsTables[]> {
  const end = mondayBefore(Date.parse(`${asOf}T00:00:00Z`) / 86_400_000);
  const known = cases.filter((one) => (one.entered[0] ?? end) < end);
  const first = known.reduce((earliest, one) => Math.min(earliest, one.entered[0] ?? end), end);
  const start = weeks === undefined ? mondayBefore(first) : end - 7 * weeks;
  if (start >= end) return [];
  const byProcedure = new Map<string, CaseHistory[]>();
  for (const one of known) {
    const alike = byProcedure.get(one.procedure);
    if (alike) alike.push(one);
    else byProcedure.set(one.procedure, [one]);
  }
  const counted: StatisticsTables[] = [];
  for (const [procedure, own] of byProcedure) {
    counted.push(countProcedure(procedure, own, start, end, runOffEvery));
    yield;
  }
  return counted;
}

function countProcedure(
  procedure: string,
  cases: readonly CaseHistory[],
  start: number,
  end: number,
  runOffEvery: number,
): StatisticsTables {
  const stages = stagesInOrder(cases, end);
  const indexOf = new Map(stages.map((code, index) => [code, index]));
  const weeks = (end - start) / 7;
  const stageExposure = new Cells([weeks, stages.length, BINS.length]);
  const stageExits = new Cells([weeks, stages.length, BINS.length, stages.length + 1]);
  const ageExposure = new Cells([weeks, BINS.length]);
  const ageDecided = new Cells([weeks, BINS.length]);
  const inflow = new Array<number>(weeks).fill(0);
  const stock = new Array<number>(weeks).fill(0);

  for (const one of cases) {
    const received = one.entered[0] ?? end;
    const last = Math.min(one.decided, end);
    if (received >= start) add(inflow, weekOf(received, start), one.n);
    for (let week = Math.max(0, Math.floor((received - start) / 7) + 1); week < weeks; week++) {
      if (start + 7 * week >= last) break;
      add(stock, week, one.n);
    }
    spread(received, last, start, (week, bin, days) => ageExposure.add([week, bin], days * one.n));
    if (one.decided >= start && one.decided < end) {
      ageDecided.add([weekOf(one.decided, start), binOf(BINS, one.decided - received)], one.n);
    }
    one.stages.forEach((code, step) => {
      const from = one.entered[step] ?? end;
      if (from >= end) return;
      const leaves = one.entered[step + 1] ?? one.decided;
      const stage = indexOf.get(code) ?? 0;
      spread(from, Math.min(leaves, end), start, (week, bin, days) =>
        stageExposure.add([week, stage, bin], days * one.n),
      );
      if (leaves < start || leaves >= end) return;
      const to = step + 1 < one.stages.length ? (indexOf.get(one.stages[step + 1] ?? '') ?? 0) + 1 : 0;
      stageExits.add([weekOf(leaves, start), stage, binOf(BINS, leaves - from), to], one.n);
    });
  }
  return {
    procedure,
    asOf: isoDate(end),
    firstWeek: isoDate(start),
    bins: BINS,
    stages,
    stageExposure: stageExposure.rows().map(([w = 0, s = 0, b = 0, days = 0]) => [w, s, b, hundredths(days)]),
    stageExits: stageExits
      .rows()
      .map(([w = 0, s = 0, b = 0, to = 0, count = 0]) => [w, s, b, to === 0 ? DECIDED : to - 1, count]),
    ageExposure: ageExposure.rows().map(([w = 0, b = 0, days = 0]) => [w, b, hundredths(days)]),
    ageDecided: ageDecided.rows().map(([w = 0, b = 0, count = 0]) => [w, b, count]),
    ageBins: AGE_BINS,
    runOffWeeks: RUN_OFF_WEEKS,
    runOff: runOff(cases, indexOf, start, end, runOffEvery),
    inflow,
    stock,
  };
}

/** Table C: the open cases on an issue Monday, and how many were decided after each number of weeks (by `end`). */
function runOff(
  cases: readonly CaseHistory[],
  indexOf: ReadonlyMap<string, number>,
  start: number,
  end: number,
  every: number,
): number[][] {
  const weeks = (end - start) / 7;
  const cells = new Map<number, number[]>();
  for (const one of cases) {
    const received = one.entered[0] ?? end;
    const decided = Math.min(one.decided, end);
    const firstIssue = Math.max(0, Math.floor((received - start) / 7) + 1);
    let step = 0;
    for (let week = firstIssue; week < weeks && start + 7 * week < decided; week++) {
      if ((weeks - week) % every !== 0) continue;
      const issue = start + 7 * week;
      while ((one.entered[step + 1] ?? Number.POSITIVE_INFINITY) <= issue) step++;
      const stage = indexOf.get(one.stages[step] ?? '') ?? 0;
      const bin = binOf(BINS, issue - (one.entered[step] ?? issue));
      const ageBin = binOf(AGE_BINS, issue - received);
      const key = ((week * indexOf.size + stage) * BINS.length + bin) * AGE_BINS.length + ageBin;
      let row = cells.get(key);
      if (!row) {
        row = [week, stage, bin, ageBin, 0, ...RUN_OFF_WEEKS.map(() => 0)];
        cells.set(key, row);
      }
      add(row, 4, one.n);
      for (const [i, after] of RUN_OFF_WEEKS.entries()) {
        if (one.decided < end && one.decided <= issue + 7 * after) add(row, 5 + i, one.n);
      }
    }
  }
  return [...cells].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** Stage codes, earliest in the case first. */
function stagesInOrder(cases: readonly CaseHistory[], end: number): string[] {
  const places = new Map<string, [sum: number, seen: number]>();
  for (const one of cases) {
    one.stages.forEach((code, step) => {
      if ((one.entered[step] ?? end) >= end) return;
      const [sum, seen] = places.get(code) ?? [0, 0];
      places.set(code, [sum + step, seen + 1]);
    });
  }
  return [...places].sort(([a, x], [b, y]) => x[0] / x[1] - y[0] / y[1] || (a < b ? -1 : 1)).map(([code]) => code);
}

/** Cuts the wait from `from` to `until` at Mondays and bin edges, and reports the parts since `start`. */
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

function add(sums: number[] | Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}

function weekOf(day: number, start: number): number {
  return Math.floor((day - start) / 7);
}

function binOf(edges: readonly number[], days: number): number {
  let bin = edges.length - 1;
  while (bin > 0 && (edges[bin] ?? 0) > days) bin--;
  return bin;
}

function hundredths(days: number): number {
  return Math.max(0.01, Math.round(days * 100) / 100);
}

/** Sums in cells that are addressed by several indices. Leaves out empty cells. */
class Cells {
  readonly #sums: Float64Array;
  constructor(readonly sizes: readonly number[]) {
    this.#sums = new Float64Array(sizes.reduce((product, size) => product * size, 1));
  }
  add(indices: readonly number[], value: number): void {
    let at = 0;
    for (let i = 0; i < indices.length; i++) at = at * (this.sizes[i] ?? 1) + (indices[i] ?? 0);
    add(this.#sums, at, value);
  }
  rows(): number[][] {
    const rows: number[][] = [];
    this.#sums.forEach((value, at) => {
      if (value === 0) return;
      const row = [value];
      let rest = at;
      for (let i = this.sizes.length - 1; i >= 0; i--) {
        const size = this.sizes[i] ?? 1;
        row.unshift(rest % size);
        rest = Math.floor(rest / size);
      }
      rows.push(row);
    });
    return rows;
  }
}
