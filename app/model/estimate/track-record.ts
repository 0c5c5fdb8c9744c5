import { mondayOf, type StatisticsTables, weeksBefore } from '../statistics';
import { type Forecast, forecast } from './forecast';
import { type Coverage, type Model, procedureOf } from './model';
import { type Lesson, type Lessons, type Mixture, type TrainOptions, train, UNTRIED } from './train';

/** How the forecasts of one Monday for one procedure came out, as far as the run-off table tells. */
export interface IssueScore {
  readonly procedure: string;
  /** Index of the issue week in the tables, and its ISO Monday. */
  readonly week: number;
  readonly monday: string;
  /** After each of `runOffWeeks`: squared misses of the chance of a decision, for each of `MIXTURES`. */
  readonly runOffWeeks: readonly number[];
  readonly misses: readonly (readonly number[])[];
  /** Closed ranges and how they came out. */
  readonly ranges: readonly RangeScore[];
}

export interface RangeScore {
  readonly stage: string;
  /** Known this many weeks after the issue. */
  readonly knownAfter: number;
  readonly n: number;
  readonly early: number;
  readonly covered: number;
  readonly late: number;
}

const STAGE_WEIGHTS = [0.1, 0.25, 0.5, 0.75, 0.9];
const QUEUE_TRUSTS = [0, 0.5, 1];
/** Ways to put the forecast together that are tried against each other on the past. */
export const MIXTURES: readonly Mixture[] = QUEUE_TRUSTS.flatMap((queueTrust) =>
  STAGE_WEIGHTS.map((stageWeight) => ({ stageWeight, queueTrust })),
);

/** Weeks of forecasts that a lesson is drawn from, and that the published share speaks of. */
const LESSON_WEEKS = Number(process.env.LW ?? 52);
const PUBLISHED_WEEKS = 52;
const RECENT_WEEKS = 26;
/** People whose range came out before anything is said about how often it was right. */
const FEWEST_RESOLVED = 30;

export interface TrackRecord {
  readonly lessons: Lessons;
  readonly issues: readonly IssueScore[];
}

/**
 * Replays the past: trains on what was known on each issue week of the run-off tables and holds the forecasts against
 * what came of them by `asOf`. At most `issues` issue weeks, the latest ones. Slow (a training each): for the background.
 */
export function trackRecord(
  tables: readonly StatisticsTables[],
  asOf: string,
  { issues: most = 26, ...options }: TrainOptions & { readonly issues?: number } = {},
): TrackRecord {
  const mondays = issueMondays(tables, asOf).slice(-most);
  const issues: IssueScore[] = [];
  for (const monday of mondays) {
    const model = train(tables, monday, { ...options, lessons: lessonsFrom(issues, monday) });
    for (const one of tables) issues.push(...scoreIssue(model, one, monday));
  }
  return { issues, lessons: lessonsFrom(issues, asOf) };
}

/** ISO Mondays on which some run-off was issued, before `asOf`, oldest first. */
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

/** Scores a model's forecasts of its own Monday; none where the tables hold no run-off of that week. */
export function scoreIssue(model: Model, tables: StatisticsTables, monday: string): IssueScore[] {
  const week = weeksBefore(tables, monday);
  const rows = tables.runOff.filter((row) => row[0] === week);
  if (rows.length === 0) return [];
  const runOffWeeks = tables.runOffWeeks.filter((weeks) => 7 * weeks <= model.horizonDays);
  const misses = runOffWeeks.map(() => MIXTURES.map(() => 0));
  const ranges: RangeScore[] = [];
  const variants = QUEUE_TRUSTS.map((queueTrust) => withQueueTrust(model, tables.procedure, queueTrust));
  for (const row of rows) {
    const [, stage = 0, bin = 0, ageBin = 0, stock = 0, ...decided] = row;
    const inStageDays = middle(tables.bins, bin);
    const ageDays = Math.max(inStageDays, middle(tables.ageBins, ageBin));
    const code = tables.stages[stage] ?? '';
    const asked = { procedure: tables.procedure, stage: code, inStageDays, ageDays };
    const ahead = forecast(model, asked);
    if (!ahead) continue;
    variants.forEach((variant, v) => {
      const tried = forecast(variant, asked);
      runOffWeeks.forEach((weeks, i) => {
        const by = decided[i] ?? 0;
        const step = weeks - (runOffWeeks[i - 1] ?? 0);
        const [stageChance, ageChance] = [tried?.byStage(7 * weeks) ?? 0, tried?.byAge(7 * weeks) ?? 0];
        STAGE_WEIGHTS.forEach((weight, w) => {
          const chance = weight * stageChance + (1 - weight) * ageChance;
          const sums = misses[i] ?? [];
          const at = v * STAGE_WEIGHTS.length + w;
          sums[at] = (sums[at] ?? 0) + step * (by * (1 - chance) ** 2 + (stock - by) * chance ** 2);
        });
      });
    });
    const range = scoreRange(ahead, code, stock, decided, tables.runOffWeeks);
    if (range) ranges.push(range);
  }
  return [{ procedure: tables.procedure, week, monday, runOffWeeks, misses, ranges: byStage(ranges) }];
}

function withQueueTrust(model: Model, name: string, queueTrust: number): Model {
  const own = procedureOf(model, name);
  if (!own || own.queueTrust === queueTrust) return model;
  return { ...model, procedures: { [name]: { ...own, queueTrust } } };
}

/** What may be learned by `asOf` from the issues so far; only what was known by then is looked at. */
export function lessonsFrom(issues: readonly IssueScore[], asOf: string): Lessons {
  const byProcedure = new Map<string, IssueScore[]>();
  for (const issue of issues) {
    const own = byProcedure.get(issue.procedure);
    if (own) own.push(issue);
    else byProcedure.set(issue.procedure, [issue]);
  }
  const lessons: Record<string, Lesson> = {};
  for (const [procedure, own] of byProcedure) {
    lessons[procedure] = {
      ...bestMixture(own, asOf),
      coverage: coverageOf(own, asOf, PUBLISHED_WEEKS),
      recentCoverage: coverageOf(own, asOf, RECENT_WEEKS),
    };
  }
  return lessons;
}

/** Weeks from one ISO Monday to another. */
function weeksBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
}

/** The mixture with the fewest misses; the untried one where nothing is known yet. */
function bestMixture(issues: readonly IssueScore[], asOf: string): Mixture {
  const sums = MIXTURES.map(() => 0);
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    issue.runOffWeeks.forEach((weeks, i) => {
      if (weeks > since || since - weeks > LESSON_WEEKS) return;
      issue.misses[i]?.forEach((miss, at) => {
        sums[at] = (sums[at] ?? 0) + miss;
      });
    });
  }
  const least = Math.min(...sums);
  return (least > 0 ? MIXTURES[sums.indexOf(least)] : undefined) ?? UNTRIED;
}

/** Ranges whose end came within the last `weeks` weeks. Chosen by the range alone, never by how it came out. */
function coverageOf(issues: readonly IssueScore[], asOf: string, weeks: number): Coverage | null {
  let n = 0;
  let covered = 0;
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const range of issue.ranges) {
      if (range.knownAfter > since || since - range.knownAfter > weeks) continue;
      n += range.n;
      covered += range.covered;
    }
  }
  return n < FEWEST_RESOLVED ? null : { share: covered / n, n: Math.round(n) };
}

/** One closed range against the run-off, straight lines between its counts; null where its end lies beyond them. */
function scoreRange(
  ahead: Forecast,
  stage: string,
  n: number,
  decided: readonly number[],
  runOffWeeks: readonly number[],
): RangeScore | null {
  const low = ahead.quantile(0.1);
  const high = ahead.quantile(0.9);
  if (low === null || high === null) return null;
  const knownAfter = runOffWeeks.find((weeks) => 7 * weeks >= Math.ceil(high));
  if (knownAfter === undefined) return null;
  const early = decidedBy(Math.floor(low), decided, runOffWeeks);
  const inTime = decidedBy(Math.ceil(high), decided, runOffWeeks);
  return { stage, knownAfter, n, early, covered: inTime - early, late: n - inTime };
}

function decidedBy(days: number, decided: readonly number[], runOffWeeks: readonly number[]): number {
  const next = runOffWeeks.findIndex((weeks) => 7 * weeks >= days);
  const from = 7 * (runOffWeeks[next - 1] ?? 0);
  const until = 7 * (runOffWeeks[next] ?? 0);
  const before = decided[next - 1] ?? 0;
  return until > from ? before + (((decided[next] ?? 0) - before) * (days - from)) / (until - from) : 0;
}

function byStage(ranges: readonly RangeScore[]): RangeScore[] {
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

/** Where in a bin a case is taken to be: its middle, a tenth beyond the last edge. */
function middle(edges: readonly number[], bin: number): number {
  const low = edges[bin] ?? 0;
  return (low + (edges[bin + 1] ?? 1.2 * low)) / 2;
}
