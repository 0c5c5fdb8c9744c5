import { type Calibration, type Calibrations, DEFAULT_MIXTURE, type Mixture, TENTH } from './mixture';
import type { Coverage, StageCalibration } from './model';

/** How one Monday's forecasts for one procedure turned out, as far as the run-off table shows. */
export interface IssueScore {
  readonly procedure: string;
  /** Index of the issue week in the tables, and its ISO Monday. */
  readonly week: number;
  readonly monday: string;
  /**
   * By stage, for each of `runOffWeeks`: squared errors of the chance of a decision, for each of `CANDIDATE_MIXTURES`.
   */
  readonly runOffWeeks: readonly number[];
  readonly losses: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Ranges with both ends, and how they turned out. */
  readonly ranges: readonly RangeScore[];
  /** How the uncalibrated 10 % and 90 % quantiles turned out; they calibrate the ends of the range. */
  readonly tails: readonly TailScore[];
}

export interface TailScore {
  readonly end: 'low' | 'high';
  readonly stage: string;
  readonly knownAfter: number;
  readonly n: number;
  /** Of `n`: decided before the low or after the high quantile. */
  readonly outside: number;
}

export interface RangeScore {
  readonly stage: string;
  /** Weeks after the issue when the outcome is known. */
  readonly knownAfter: number;
  readonly n: number;
  readonly early: number;
  readonly covered: number;
  readonly late: number;
}

/** Values that are tried on the past. */
export const STAGE_WEIGHTS = [0.1, 0.25, 0.5, 0.75, 0.9];
export const QUEUE_TRUSTS = [0, 0.5, 1];
export const CANDIDATE_MIXTURES: readonly Mixture[] = QUEUE_TRUSTS.flatMap((queueTrust) =>
  STAGE_WEIGHTS.map((stageWeight) => ({ stageWeight, queueTrust })),
);

/** Age in weeks up to which an outcome counts. */
const CALIBRATION_WEEKS = 52;
/**
 * The queue is ignored only where that reduces the loss by more than this share: in calm years the past hardly tells
 * the two apart.
 */
const QUEUE_PRIOR = 0.03;
/** Weight of the other stages' losses in each stage. */
const OTHER_STAGES_WEIGHT = 0.1;
/** Strength of the priors, in people: that the plain tenth is right, and that a stage is like its procedure. */
const TAIL_PRIOR = 300;
const STAGE_TAIL_PRIOR = 300;
/** How far to correct the tenth, and the bounds of the result. */
const TAIL_STEP = 0.7;
const LEAST_TAIL = 0.05;
const MOST_TAIL = 0.2;
const PUBLISHED_WEEKS = 52;
const RECENT_WEEKS = 26;
/** Fewest resolved ranges on which a coverage is stated. */
const FEWEST_RESOLVED = 30;

/** Calibrates each procedure on its past forecasts, using only outcomes known by `asOf` (ISO date). */
export function calibrate(issues: readonly IssueScore[], asOf: string): Calibrations {
  const byProcedure = new Map<string, IssueScore[]>();
  for (const issue of issues) {
    const own = byProcedure.get(issue.procedure);
    if (own) own.push(issue);
    else byProcedure.set(issue.procedure, [issue]);
  }
  const calibrations: Record<string, Calibration> = {};
  for (const [procedure, own] of byProcedure) {
    const stages = lossesByStage(own, asOf);
    const mixture = bestMixture(sumLosses([...stages.values()]));
    const low = outsideCounts(own, asOf, 'low');
    const high = outsideCounts(own, asOf, 'high');
    const codes = [...stages.keys()].map((code): [string, StageCalibration] => [
      code,
      {
        stageWeight: stageWeightOf(code, stages, mixture),
        lowShare: tailShareFrom(outsideCounts(own, asOf, 'low', { code, as: low })),
        highShare: tailShareFrom(outsideCounts(own, asOf, 'high', { code, as: high })),
      },
    ]);
    calibrations[procedure] = {
      ...mixture,
      lowShare: tailShareFrom(low),
      highShare: tailShareFrom(high),
      byStage: Object.fromEntries(codes),
      coverage: coverageOf(own, asOf, PUBLISHED_WEEKS),
      recentCoverage: coverageOf(own, asOf, RECENT_WEEKS),
    };
  }
  return calibrations;
}

function weeksBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
}

/** For each stage with known outcomes: the loss of each of `CANDIDATE_MIXTURES`. */
function lossesByStage(issues: readonly IssueScore[], asOf: string): Map<string, number[]> {
  const stages = new Map<string, number[]>();
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const [code, rows] of Object.entries(issue.losses)) {
      issue.runOffWeeks.forEach((weeks, i) => {
        if (weeks > since || since - weeks > CALIBRATION_WEEKS) return;
        stages.set(code, sumLosses([stages.get(code) ?? [], rows[i] ?? []]));
      });
    }
  }
  return stages;
}

const sumLosses = (rows: readonly (readonly number[])[]): number[] =>
  CANDIDATE_MIXTURES.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0));

/** The mixture with the least loss, or the default when nothing is known yet. */
function bestMixture(losses: readonly number[]): Mixture {
  const sums = CANDIDATE_MIXTURES.map(({ queueTrust }, at) => (losses[at] ?? 0) * (1 + QUEUE_PRIOR * (1 - queueTrust)));
  const least = Math.min(...sums);
  return (least > 0 ? CANDIDATE_MIXTURES[sums.indexOf(least)] : undefined) ?? DEFAULT_MIXTURE;
}

/** The stage clock's weight with the least loss in that stage; the queue is followed as in the whole procedure. */
function stageWeightOf(
  code: string,
  stages: ReadonlyMap<string, number[]>,
  { stageWeight, queueTrust }: Mixture,
): number {
  const own = stages.get(code) ?? [];
  const all = sumLosses([...stages.values()]);
  const tried = CANDIDATE_MIXTURES.flatMap((mixture, at) =>
    mixture.queueTrust === queueTrust
      ? [{ mixture, losses: (own[at] ?? 0) + OTHER_STAGES_WEIGHT * (all[at] ?? 0) }]
      : [],
  );
  const least = Math.min(...tried.map(({ losses }) => losses));
  return (least > 0 ? tried.find(({ losses }) => losses === least)?.mixture.stageWeight : undefined) ?? stageWeight;
}

interface OutsideCounts {
  readonly n: number;
  readonly outside: number;
}

/** Counts outcomes below the low or above the high quantile, of one stage or of all. */
function outsideCounts(
  issues: readonly IssueScore[],
  asOf: string,
  end: TailScore['end'],
  stage?: { readonly code: string; readonly as: OutsideCounts },
): OutsideCounts {
  let n = stage ? STAGE_TAIL_PRIOR : TAIL_PRIOR;
  let count = n * (stage ? stage.as.outside / stage.as.n : TENTH);
  for (const issue of issues) {
    const since = weeksBetween(issue.monday, asOf);
    for (const tail of issue.tails) {
      if (tail.end !== end || tail.knownAfter > since || since - tail.knownAfter > CALIBRATION_WEEKS) continue;
      if (stage && tail.stage !== stage.code) continue;
      n += tail.n;
      count += tail.outside;
    }
  }
  return { n, outside: count };
}

/** Corrects the plain tenth part of the way towards what the past shows; more evidence corrects more. */
function tailShareFrom({ n, outside: count }: OutsideCounts): number {
  const share = TENTH * ((TENTH * n) / Math.max(count, 1e-9)) ** TAIL_STEP;
  return Math.min(MOST_TAIL, Math.max(LEAST_TAIL, share));
}

/** Ranges whose end came within the last `weeks` weeks. Selected by the range alone, never by its outcome. */
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
