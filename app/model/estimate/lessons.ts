import { type Lesson, type Lessons, type Mixture, TENTH, UNTRIED } from './mixture';
import type { Coverage } from './model';

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
  /** How the plain 10 % and 90 % quantiles came out, for setting the range's ends. */
  readonly tails: readonly TailScore[];
}

export interface TailScore {
  readonly end: 'low' | 'high';
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
/** People's worth of belief that the plain tenth is right, how far to correct it, and its bounds. */
const TAIL_PRIOR = 300;
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
    lessons[procedure] = {
      ...bestMixture(own, asOf),
      lowShare: tailShare(own, asOf, 'low'),
      highShare: tailShare(own, asOf, 'high'),
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
  MIXTURES.forEach(({ queueTrust }, at) => {
    sums[at] = (sums[at] ?? 0) * (1 + QUEUE_BELIEF * (1 - queueTrust));
  });
  const least = Math.min(...sums);
  return (least > 0 ? MIXTURES[sums.indexOf(least)] : undefined) ?? UNTRIED;
}

/** Where the plain tenth held more or fewer than it should, go part of the way back; much evidence moves it more. */
function tailShare(issues: readonly IssueScore[], asOf: string, end: TailScore['end']): number {
  let n = TAIL_PRIOR;
  let outside = TENTH * TAIL_PRIOR;
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const tail of issue.tails) {
      if (tail.end !== end || tail.knownAfter > since || since - tail.knownAfter > LESSON_WEEKS) continue;
      n += tail.n;
      outside += tail.outside;
    }
  }
  const share = TENTH * ((TENTH * n) / Math.max(outside, 1e-9)) ** TAIL_STEP;
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
