import { Temporal } from 'temporal-polyfill';

/** Destination index of a decision, in place of a stage's index. */
export const DECIDED = -1;

/** Issue week, stage, bin of time in stage, bin of age, stock, then the number decided after each of `runOffWeeks`. */
export type RunOffRow = readonly number[];

/**
 * An agency's counts of one procedure (tables A to D): counts only, no persons, small cells kept. Weeks are indices
 * from `firstWeek`, stages indices into `stages`, bins indices into `bins` (or `ageBins`). Empty rows are left out; the
 * order of rows has no meaning.
 */
export interface StatisticsTables {
  readonly procedure: string;
  /** ISO Monday. Only whole weeks before it are counted. */
  readonly asOf: string;
  /** ISO Monday on which week 0 begins. */
  readonly firstWeek: string;
  /** Lower edges in days, ascending from 0, for time in stage and for age. The last bin is open. */
  readonly bins: readonly number[];
  /** Stage codes of open cases. The suspended clock (`documents`) is one of them. */
  readonly stages: readonly string[];
  /** A: [week, stage, bin, days that cases spent there]. */
  readonly stageExposure: readonly (readonly [number, number, number, number])[];
  /** A: [week, stage, bin, to stage or DECIDED, number of cases]. */
  readonly stageExits: readonly (readonly [number, number, number, number, number])[];
  /** B: [week, bin of age, days]. */
  readonly ageExposure: readonly (readonly [number, number, number])[];
  /** B: [week, bin of age, number of decisions]. */
  readonly ageDecided: readonly (readonly [number, number, number])[];
  /** C: lower edges in days of the ages in `runOff`, and the weeks after which decisions are counted, ascending. */
  readonly ageBins: readonly number[];
  readonly runOffWeeks: readonly number[];
  readonly runOff: readonly RunOffRow[];
  /** D: applications received in each week. */
  readonly inflow: readonly number[];
  /** Open cases at the start of each week. */
  readonly stock: readonly number[];
}

type Loosely<T> = T extends string | number
  ? T
  : T extends readonly (readonly number[])[]
    ? readonly (readonly number[])[]
    : T;

/** The same shape before validation: rows may have any length. */
export type RawTables = { readonly [K in keyof StatisticsTables]: Loosely<StatisticsTables[K]> };

export type CheckedTables =
  | { readonly ok: true; readonly tables: StatisticsTables }
  | { readonly ok: false; readonly reason: string };

/** The same shape as a backend sends it: a row, a week or the name of a stage that can't be read is null. */
export type LooseTables = {
  readonly [K in keyof RawTables]: RawTables[K] extends readonly (readonly number[])[]
    ? readonly (readonly number[] | null)[]
    : K extends 'inflow' | 'stock'
      ? readonly (number | null)[]
      : K extends 'stages'
        ? readonly (string | null)[]
        : RawTables[K];
};

class Malformed extends Error {}

/** The most that odd rows may weigh in a table: a range moves by a day or two then. Run-offs only check past ranges. */
const MOST_LOST = 0.02;
const MOST_LOST_OF_RUN_OFF = 0.05;

/**
 * Tables without their odd rows, and how many those were. A table is refused when they may weigh too much of
 * it, and when its frame (dates, bins, stages) is wrong, which all rows refer to: a half right one would give a range
 * that is quietly wrong. A lost row is taken to be as heavy as the heaviest of its table.
 */
export function mendTables(loose: LooseTables): CheckedTables & { readonly odd: number } {
  let odd = 0;
  const mended = (table: RowTable): (readonly number[])[] => {
    const kept = soundRows(loose, table);
    const lost = loose[table].length - kept.sound.length - kept.repeated;
    odd += lost;
    const weights = kept.sound.map((row) => row[WEIGHT_AT[table]] ?? 0);
    refuseLoss(table, lost, weights);
    return kept.sound;
  };
  const series = (name: 'inflow' | 'stock'): number[] => {
    const known = loose[name].map((week) => (week !== null && Number.isFinite(week) && week >= 0 ? week : null));
    const lost = known.filter((week) => week === null).length;
    odd += lost;
    refuseLoss(
      name,
      lost,
      known.map((week) => Number(week !== null)),
    );
    // The week before, and for the first one the week after.
    return known.map((week, at) => week ?? known.slice(0, at).findLast(isKnown) ?? known.slice(at).find(isKnown) ?? 0);
  };
  try {
    if (loose.stages.every((name) => name === null)) throw new Malformed('no stage is named');
    odd += loose.stages.filter((name) => name === null).length;
    const raw = {
      ...loose,
      // Nobody is known to be in it, but other stages' cases go there.
      stages: loose.stages.map((name, at) => name ?? `${loose.procedure} stage ${at + 1}`),
      stageExposure: mended('stageExposure'),
      stageExits: mended('stageExits'),
      ageExposure: mended('ageExposure'),
      ageDecided: mended('ageDecided'),
      runOff: mended('runOff'),
      inflow: series('inflow'),
      stock: series('stock'),
    };
    return { ...checkTables(raw), odd };
  } catch (problem) {
    return { ...refusal(loose.procedure, problem), odd };
  }
}

/** Validates tables before anything is trained on them. One fault refuses the whole table. */
export function checkTables(raw: RawTables): CheckedTables {
  try {
    return { ok: true, tables: checked(raw) };
  } catch (problem) {
    return refusal(raw.procedure, problem);
  }
}

function refusal(procedure: string, problem: unknown): CheckedTables {
  if (problem instanceof Malformed) return { ok: false, reason: `${procedure}: ${problem.message}` };
  throw problem;
}

type RowTable = 'stageExposure' | 'stageExits' | 'ageExposure' | 'ageDecided' | 'runOff';

/** Where a row has its days or its number of cases. */
const WEIGHT_AT: Readonly<Record<RowTable, number>> = {
  stageExposure: 3,
  stageExits: 4,
  ageExposure: 2,
  ageDecided: 2,
  runOff: 4,
};

const isKnown = (week: number | null): week is number => week !== null;

function refuseLoss(table: string, lost: number, weights: readonly number[]): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const share = lost === 0 ? 0 : (lost * heaviest) / (total + lost * heaviest || 1);
  const most = table === 'runOff' ? MOST_LOST_OF_RUN_OFF : MOST_LOST;
  if (lost > 0 && (share > most || heaviest === 0)) throw new Malformed(`${table} has ${lost} odd rows`);
}

/** Rows that can be used, each cell once. `repeated`: the same row again, by which nothing is lost. */
function soundRows(loose: LooseTables, table: RowTable) {
  const { indices, values } = columnsOf(loose)[table];
  const seen = new Map<string, string>();
  const sound: (readonly number[])[] = [];
  let repeated = 0;
  for (const row of loose[table]) {
    if (row === null || faultOf(row, indices, values) !== null || (table === 'runOff' && runOffFault(row))) continue;
    const key = row.slice(0, indices.length).join();
    const before = seen.get(key);
    if (before === row.join()) repeated += 1;
    if (before !== undefined) continue;
    seen.set(key, row.join());
    sound.push(row);
  }
  return { sound, repeated };
}

/** ISO Monday of week `index`. */
export function mondayOf(tables: Pick<StatisticsTables, 'firstWeek'>, index: number): string {
  return Temporal.PlainDate.from(tables.firstWeek)
    .add({ days: 7 * index })
    .toString();
}

/** Number of whole weeks that ended by `asOf` (ISO date), at most the number of weeks counted. */
export function weeksBefore(tables: Pick<StatisticsTables, 'firstWeek' | 'inflow'>, asOf: string): number {
  const days = Temporal.PlainDate.from(tables.firstWeek).until(asOf, { largestUnit: 'day' }).days;
  return Math.min(tables.inflow.length, Math.max(0, Math.floor(days / 7)));
}

function checked(raw: RawTables): StatisticsTables {
  const weeks = raw.inflow.length;
  checkFrame(raw, weeks);
  const columns = columnsOf(raw);
  for (const table of ['stageExposure', 'stageExits', 'ageExposure', 'ageDecided', 'runOff'] as const)
    checkRows(table, raw[table], columns[table]);
  raw.runOff.forEach((row, at) => {
    const fault = runOffFault(row);
    if (fault) throw new Malformed(`runOff row ${at} ${fault}`);
  });
  checkCompleteness(raw, weeks);
  return {
    ...raw,
    stageExposure: raw.stageExposure.map(([w = 0, s = 0, b = 0, days = 0]) => [w, s, b, days]),
    stageExits: raw.stageExits.map(([w = 0, s = 0, b = 0, dest = 0, count = 0]) => [w, s, b, dest, count]),
    ageExposure: raw.ageExposure.map(([w = 0, b = 0, days = 0]) => [w, b, days]),
    ageDecided: raw.ageDecided.map(([w = 0, b = 0, count = 0]) => [w, b, count]),
  };
}

function checkFrame(raw: RawTables, weeks: number): void {
  for (const name of ['asOf', 'firstWeek'] as const) {
    if (!isMonday(raw[name])) throw new Malformed(`${name} "${raw[name]}" is not the ISO date of a Monday`);
  }
  if (weeks === 0) throw new Malformed('no week is counted');
  if (mondayOf(raw, weeks) !== raw.asOf) {
    throw new Malformed(`${weeks} weeks from ${raw.firstWeek} end on ${mondayOf(raw, weeks)}, but asOf is ${raw.asOf}`);
  }
  if (raw.stock.length !== weeks) throw new Malformed(`stock has ${raw.stock.length} weeks, inflow ${weeks}`);
  for (const name of ['inflow', 'stock'] as const) {
    const wrong = raw[name].findIndex((n) => !Number.isFinite(n) || n < 0);
    if (wrong >= 0) throw new Malformed(`${name} of week ${wrong} is ${raw[name][wrong]}`);
  }
  for (const name of ['bins', 'ageBins'] as const) {
    if (raw[name][0] !== 0) throw new Malformed(`${name} must begin at 0 days`);
    if (!ascending(raw[name])) throw new Malformed(`${name} must ascend`);
  }
  if (!ascending(raw.runOffWeeks) || raw.runOffWeeks.some((n) => n <= 0)) {
    throw new Malformed('runOffWeeks must be positive and ascend');
  }
  if (raw.stages.length === 0) throw new Malformed('no stage is named');
  if (new Set(raw.stages).size !== raw.stages.length) throw new Malformed('a stage is named twice');
}

/** Name of the index, its size, and one value allowed besides. */
type Index = readonly [what: string, size: number, besides?: number];

interface Columns {
  readonly indices: readonly Index[];
  readonly values: readonly string[];
}

function columnsOf(raw: Pick<LooseTables, 'inflow' | 'stages' | 'bins' | 'ageBins' | 'runOffWeeks'>) {
  const week: Index = ['week', raw.inflow.length];
  const stage: Index = ['stage', raw.stages.length];
  const bin: Index = ['bin', raw.bins.length];
  const to: Index = ['destination', raw.stages.length, DECIDED];
  const after = raw.runOffWeeks.map((n) => `decided after ${n} weeks`);
  return {
    stageExposure: { indices: [week, stage, bin], values: ['days'] },
    stageExits: { indices: [week, stage, bin, to], values: ['count'] },
    ageExposure: { indices: [week, bin], values: ['days'] },
    ageDecided: { indices: [week, bin], values: ['count'] },
    runOff: { indices: [week, stage, bin, ['age bin', raw.ageBins.length]], values: ['stock', ...after] },
  } satisfies Record<RowTable, Columns>;
}

function checkRows(table: RowTable, rows: readonly (readonly number[])[], { indices, values }: Columns): void {
  const seen = new Set<number>();
  rows.forEach((row, at) => {
    const fault = faultOf(row, indices, values);
    if (fault) throw new Malformed(`${table} row ${at} ${fault}`);
    const key = indices.reduce((sum, [, size], i) => sum * (size + 1) + (row[i] ?? 0) + 1, 0);
    if (seen.has(key)) throw new Malformed(`${table} row ${at} counts a cell a second time`);
    seen.add(key);
  });
}

/** What is wrong with a row by itself; null for one that can be used. */
function faultOf(row: readonly number[], indices: readonly Index[], values: readonly string[]): string | null {
  if (row.length !== indices.length + values.length)
    return `has ${row.length} numbers, not ${indices.length + values.length}`;
  for (const [i, [what, size, besides]] of indices.entries()) {
    const index = row[i] ?? Number.NaN;
    const known = index === besides || (Number.isInteger(index) && index >= 0 && index < size);
    if (!known) return `names ${what} ${index}, but there are ${size}`;
  }
  for (const [i, what] of values.entries()) {
    const value = row[indices.length + i] ?? Number.NaN;
    if (!Number.isFinite(value) || value < 0) return `has ${what} ${value}`;
  }
  return null;
}

function runOffFault(row: readonly number[]): string | null {
  const [stock = 0, ...decided] = row.slice(4);
  for (const [i, count] of decided.entries()) {
    if (count > stock) return `has ${count} decided of ${stock}`;
    if (count < (decided[i - 1] ?? 0)) return 'is inverted: fewer decided after longer';
  }
  return null;
}

/** A week with open cases but no counted days is a gap; tables A and B must agree on the decisions. */
function checkCompleteness(raw: RawTables, weeks: number): void {
  const inStage = weeklySums(raw.stageExposure, weeks, 3);
  const inAge = weeklySums(raw.ageExposure, weeks, 2);
  for (let week = 0; week < weeks; week++) {
    if ((raw.stock[week] ?? 0) === 0) continue;
    const monday = mondayOf(raw, week);
    if (inStage[week] === 0)
      throw new Malformed(`gap: cases were open in the week of ${monday}, stageExposure has none`);
    if (inAge[week] === 0) throw new Malformed(`gap: cases were open in the week of ${monday}, ageExposure has none`);
  }
  let byStage = 0;
  for (const row of raw.stageExits) if (row[3] === DECIDED) byStage += row[4] ?? 0;
  const byAge = raw.ageDecided.reduce((sum, row) => sum + (row[2] ?? 0), 0);
  if (Math.abs(byStage - byAge) > 10 + 0.05 * Math.max(byStage, byAge)) {
    throw new Malformed(`stageExits has ${byStage} decisions, ageDecided has ${byAge}`);
  }
}

function weeklySums(rows: readonly (readonly number[])[], weeks: number, column: number): Float64Array {
  const sums = new Float64Array(weeks);
  for (const row of rows) {
    const week = row[0] ?? 0;
    sums[week] = (sums[week] ?? 0) + (row[column] ?? 0);
  }
  return sums;
}

function ascending(numbers: readonly number[]): boolean {
  return numbers.every((n, i) => Number.isFinite(n) && (i === 0 || n > (numbers[i - 1] ?? n)));
}

function isMonday(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  try {
    return Temporal.PlainDate.from(date).dayOfWeek === 1;
  } catch {
    return false;
  }
}
