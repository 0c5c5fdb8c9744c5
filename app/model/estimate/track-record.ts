import { mondayOf, type StatisticsTables, weeksBefore } from '../statistics';
import {
  CANDIDATE_MIXTURES,
  calibrate,
  type IssueScore,
  QUEUE_TRUSTS,
  type RangeScore,
  STAGE_WEIGHTS,
  type TailScore,
} from './calibration';
import { type Forecast, forecast } from './forecast';
import { type Calibrations, mixed, TENTH } from './mixture';
import { type Model, procedureOf } from './model';
import { type TrainOptions, train } from './train';

export interface TrackRecord {
  readonly calibrations: Calibrations;
  readonly issues: readonly IssueScore[];
}

/** `issues`: the number of issue weeks to replay at most, latest first. */
export type ReplayOptions = TrainOptions & { readonly issues?: number };

/**
 * Replays the past: for each issue week of the run-off tables, trains on what was known then and scores the forecasts
 * against what happened by `asOf`. Costly: several trainings per issue week.
 */
export function trackRecord(
  tables: readonly StatisticsTables[],
  asOf: string,
  options: ReplayOptions = {},
): TrackRecord {
  const steps = replayPast(tables, asOf, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, yielding the share done after each issue week so that a server can respond in between. */
function* replayPast(
  tables: readonly StatisticsTables[],
  asOf: string,
  { issues: most = 26, ...options }: ReplayOptions = {},
): Generator<number, TrackRecord, void> {
  const mondays = issueMondays(tables, asOf).slice(-most);
  // The run-off ends there, so a longer horizon would only cost time.
  const runOffDays = 7 * Math.max(1, ...tables.flatMap((one) => one.runOffWeeks));
  const horizonDays = Math.min(options.horizonDays ?? runOffDays, runOffDays);
  const issues: IssueScore[] = [];
  for (const [done, monday] of mondays.entries()) {
    yield done / mondays.length;
    const model = train(tables, monday, { ...options, horizonDays, calibrations: calibrate(issues, monday) });
    for (const one of tables) issues.push(...scoreIssue(model, one, monday));
  }
  return { issues, calibrations: calibrate(issues, asOf) };
}

/** ISO Mondays before `asOf` with a run-off, oldest first. */
function issueMondays(tables: readonly StatisticsTables[], asOf: string): string[] {
  const mondays = new Set<string>();
  for (const one of tables) {
    const known = weeksBefore(one, asOf);
    for (const week of new Set(one.runOff.map((row) => row[0] ?? 0))) {
      if (week > 0 && week < known) mondays.add(mondayOf(one, week));
    }
  }
  return [...mondays].sort();
}

/** Scores a model's forecasts of its own Monday; empty without a run-off of that week. */
export function scoreIssue(model: Model, tables: StatisticsTables, monday: string): IssueScore[] {
  const week = weeksBefore(tables, monday);
  const rows = tables.runOff.filter((row) => row[0] === week);
  if (rows.length === 0) return [];
  const runOffWeeks = tables.runOffWeeks.filter((weeks) => 7 * weeks <= model.horizonDays);
  const losses: Record<string, number[][]> = {};
  const ranges: RangeScore[] = [];
  const tails: TailScore[] = [];
  const variants = QUEUE_TRUSTS.map((queueTrust) => withQueueTrust(model, tables.procedure, queueTrust));
  for (const row of rows) {
    const [, stage = 0, bin = 0, ageBin = 0, stock = 0, ...decided] = row;
    const inStageDays = middleOfBin(tables.bins, bin);
    const ageDays = Math.max(inStageDays, middleOfBin(tables.ageBins, ageBin));
    const code = tables.stages[stage] ?? '';
    const situation = { procedure: tables.procedure, stage: code, inStageDays, ageDays };
    const ahead = forecast(model, situation);
    if (!ahead) continue;
    losses[code] ??= runOffWeeks.map(() => CANDIDATE_MIXTURES.map(() => 0));
    const own = losses[code];
    variants.forEach((variant, v) => {
      const tried = forecast(variant, situation);
      runOffWeeks.forEach((weeks, i) => {
        const by = decided[i] ?? 0;
        const step = weeks - (runOffWeeks[i - 1] ?? 0);
        const [stageChance, ageChance] = [tried?.byStage(7 * weeks) ?? 0, tried?.byAge(7 * weeks) ?? 0];
        STAGE_WEIGHTS.forEach((weight, w) => {
          const chance = mixed(weight, stageChance, ageChance);
          const sums = own[i] ?? [];
          const at = v * STAGE_WEIGHTS.length + w;
          sums[at] = (sums[at] ?? 0) + step * (by * (1 - chance) ** 2 + (stock - by) * chance ** 2);
        });
      });
    });
    tails.push(...scoreTails(ahead, code, stock, decided, tables.runOffWeeks));
    const range = scoreRange(ahead, code, stock, decided, tables.runOffWeeks);
    if (range) ranges.push(range);
  }
  return [
    {
      procedure: tables.procedure,
      week,
      monday,
      runOffWeeks,
      losses,
      ranges: rangesByStage(ranges),
      tails: tailsByEnd(tails),
    },
  ];
}

function withQueueTrust(model: Model, name: string, queueTrust: number): Model {
  const own = procedureOf(model, name);
  if (!own || own.queueTrust === queueTrust) return model;
  return { ...model, procedures: { [name]: { ...own, queueTrust } } };
}

/**
 * Scores a range with both ends against the run-off, interpolating between its counts; null where the end lies beyond.
 */
function scoreRange(
  ahead: Forecast,
  stage: string,
  n: number,
  decided: readonly number[],
  runOffWeeks: readonly number[],
): RangeScore | null {
  const low = ahead.low();
  const high = ahead.high();
  if (low === null || high === null) return null;
  const knownAfter = runOffWeeks.find((weeks) => 7 * weeks >= Math.ceil(high));
  if (knownAfter === undefined) return null;
  const early = decidedBy(Math.floor(low), decided, runOffWeeks);
  const inTime = decidedBy(Math.ceil(high), decided, runOffWeeks);
  return { stage, knownAfter, n, early, covered: inTime - early, late: n - inTime };
}

function scoreTails(
  ahead: Forecast,
  stage: string,
  n: number,
  decided: readonly number[],
  runOffWeeks: readonly number[],
): TailScore[] {
  const score = (end: TailScore['end'], days: number | null): TailScore[] => {
    const knownAfter = days === null ? undefined : runOffWeeks.find((weeks) => 7 * weeks >= days);
    if (days === null || knownAfter === undefined) return [];
    const by = decidedBy(days, decided, runOffWeeks);
    return [{ end, stage, knownAfter, n, outside: end === 'low' ? by : n - by }];
  };
  return [...score('low', ahead.quantile(TENTH)), ...score('high', ahead.quantile(1 - TENTH))];
}

function tailsByEnd(tails: readonly TailScore[]): TailScore[] {
  const sums = new Map<string, TailScore>();
  for (const tail of tails) {
    const key = `${tail.end} ${tail.stage} ${tail.knownAfter}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...tail, n: sum.n + tail.n, outside: sum.outside + tail.outside } : tail);
  }
  return [...sums.values()];
}

function decidedBy(days: number, decided: readonly number[], runOffWeeks: readonly number[]): number {
  const next = runOffWeeks.findIndex((weeks) => 7 * weeks >= days);
  const from = 7 * (runOffWeeks[next - 1] ?? 0);
  const until = 7 * (runOffWeeks[next] ?? 0);
  const before = decided[next - 1] ?? 0;
  return until > from ? before + (((decided[next] ?? 0) - before) * (days - from)) / (until - from) : 0;
}

function rangesByStage(ranges: readonly RangeScore[]): RangeScore[] {
  const sums = new Map<string, RangeScore>();
  for (const range of ranges) {
    const key = `${range.stage} ${range.knownAfter}`;
    const sum = sums.get(key);
    sums.set(
      key,
      sum
        ? {
            ...range,
            n: sum.n + range.n,
            early: sum.early + range.early,
            covered: sum.covered + range.covered,
            late: sum.late + range.late,
          }
        : range,
    );
  }
  return [...sums.values()];
}

/** Middle of a bin; for the open last bin a tenth beyond its edge. */
function middleOfBin(edges: readonly number[], bin: number): number {
  const low = edges[bin] ?? 0;
  return (low + (edges[bin + 1] ?? 1.2 * low)) / 2;
}
