import { type Lesson, type Lessons, type Mixture, TENTH, UNTRIED } from './mixture';
import type { Coverage, StageLesson } from './model';

/** How the forecasts of one Monday for one procedure came out, as far as the run-off table tells. */
export interface IssueScore {
  readonly procedure: string;
  /** Index of the issue week in the tables, and its ISO Monday. */
  readonly week: number;
  readonly monday: string;
  /** By stage, after each of `runOffWeeks`: squared misses of the chance of a decision, for each of `MIXTURES`. */
  readonly runOffWeeks: readonly number[];
  readonly misses: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Closed ranges and how they came out. */
  readonly ranges: readonly RangeScore[];
  /** How the plain 10 % and 90 % quantiles came out, for setting the range's ends. */
  readonly tails: readonly TailScore[];
}

export interface TailScore {
  readonly end: 'low' | 'high';
  readonly stage: string;
  readonly knownAfter: number;
  readonly n: number;
  /** Of those, how many came before the low or after the high quantile. */
  readonly outside: number;
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

/** Weights of the stage clock, and how far the queue is followed, that are tried. */
export const STAGE_WEIGHTS = [0.1, 0.25, 0.5, 0.75, 0.9];
export const QUEUE_TRUSTS = [0, 0.5, 1];
/** Ways to put the forecast together that are tried against each other on the past. */
export const MIXTURES: readonly Mixture[] = QUEUE_TRUSTS.flatMap((queueTrust) =>
  STAGE_WEIGHTS.map((stageWeight) => ({ stageWeight, queueTrust })),
);

/** Weeks of forecasts that a lesson is drawn from, and that the published share speaks of. */
const LESSON_WEEKS = 52;
/** The queue is followed unless leaving it aside pays by this share: in calm years the past hardly tells them apart. */
const QUEUE_BELIEF = 0.03;
/** What all stages say counts for so much in each of them. */
const OTHER_STAGES = 0.1;
/** People's worth of belief that the plain tenth is right, and that a stage is as the procedure. */
const TAIL_PRIOR = 300;
const STAGE_TAIL_PRIOR = 300;
/** How far to correct the tenth, and its bounds. */
const TAIL_STEP = 0.7;
const LEAST_TAIL = 0.05;
const MOST_TAIL = 0.2;
const PUBLISHED_WEEKS = 52;
const RECENT_WEEKS = 26;
/** People whose range came out before anything is said about how often it was right. */
const FEWEST_RESOLVED = 30;

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
    const stages = missesByStage(own, asOf);
    const mixture = bestMixture(summed([...stages.values()]));
    const low = outside(own, asOf, 'low');
    const high = outside(own, asOf, 'high');
    const codes = [...stages.keys()].map((code): [string, StageLesson] => [
      code,
      {
        stageWeight: stageWeightOf(code, stages, mixture),
        lowShare: tailShare(outside(own, asOf, 'low', { code, as: low })),
        highShare: tailShare(outside(own, asOf, 'high', { code, as: high })),
      },
    ]);
    lessons[procedure] = {
      ...mixture,
      lowShare: tailShare(low),
      highShare: tailShare(high),
      byStage: Object.fromEntries(codes),
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

/** For each stage with known outcomes, the misses of each of `MIXTURES`. */
function missesByStage(issues: readonly IssueScore[], asOf: string): Map<string, number[]> {
  const stages = new Map<string, number[]>();
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const [code, rows] of Object.entries(issue.misses)) {
      issue.runOffWeeks.forEach((weeks, i) => {
        if (weeks > since || since - weeks > LESSON_WEEKS) return;
        stages.set(code, summed([stages.get(code) ?? [], rows[i] ?? []]));
      });
    }
  }
  return stages;
}

const summed = (rows: readonly (readonly number[])[]): number[] =>
  MIXTURES.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));

/** The mixture with the fewest misses; the untried one where nothing is known yet. */
function bestMixture(misses: readonly number[]): Mixture {
  const sums = MIXTURES.map(({ queueTrust }, at) => (misses[at] ?? 0) * (1 + QUEUE_BELIEF * (1 - queueTrust)));
  const least = Math.min(...sums);
  return (least > 0 ? MIXTURES[sums.indexOf(least)] : undefined) ?? UNTRIED;
}

/** The weight of the stage's own clock with the fewest misses in that stage, the queue being followed as in all. */
function stageWeightOf(
  code: string,
  stages: ReadonlyMap<string, number[]>,
  { stageWeight, queueTrust }: Mixture,
): number {
  const own = stages.get(code) ?? [];
  const all = summed([...stages.values()]);
  const tried = MIXTURES.flatMap((mixture, at) =>
    mixture.queueTrust === queueTrust ? [{ mixture, misses: (own[at] ?? 0) + OTHER_STAGES * (all[at] ?? 0) }] : [],
  );
  const least = Math.min(...tried.map(({ misses }) => misses));
  return (least > 0 ? tried.find(({ misses }) => misses === least)?.mixture.stageWeight : undefined) ?? stageWeight;
}

interface Outside {
  readonly n: number;
  readonly outside: number;
}

/** How many came before the low, or after the high quantile; of one stage, or of all. */
function outside(
  issues: readonly IssueScore[],
  asOf: string,
  end: TailScore['end'],
  stage?: { readonly code: string; readonly as: Outside },
): Outside {
  let n = stage ? STAGE_TAIL_PRIOR : TAIL_PRIOR;
  let count = n * (stage ? stage.as.outside / stage.as.n : TENTH);
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const tail of issue.tails) {
      if (tail.end !== end || tail.knownAfter > since || since - tail.knownAfter > LESSON_WEEKS) continue;
      if (stage && tail.stage !== stage.code) continue;
      n += tail.n;
      count += tail.outside;
    }
  }
  return { n, outside: count };
}

/** Where the plain tenth held more or fewer than it should, go part of the way back; much evidence moves it more. */
function tailShare({ n, outside: count }: Outside): number {
  const share = TENTH * ((TENTH * n) / Math.max(count, 1e-9)) ** TAIL_STEP;
  return Math.min(MOST_TAIL, Math.max(LEAST_TAIL, share));
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
