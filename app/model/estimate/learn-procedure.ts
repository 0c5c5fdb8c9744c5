import type { StatisticsTables } from '../statistics';
import { type Counts, decayWeights, type Series, total, weeklySeries, weightedCounts } from './counts';
import { pooledHazard, shrunkHazard } from './hazard';
import { type Calibration, DEFAULT_MIXTURE, TENTH } from './mixture';
import type { ProcedureModel, StageCalibration } from './model';
import { type Queue, queuePace } from './pace';
import { elasticity } from './throughput';
import { lastWeeks, signsOfUnrest } from './unrest';

/** Weeks over which a queue's length and its throughput are measured. */
const STOCK_WEEKS = 2;
const FLOW_WEEKS = 6;
/** Weeks over which the usual throughput is measured, to which it returns. */
const USUAL_WEEKS = 52;
/** Strength of the prior that a procedure is as quick as the pool, in exits. */
const LEVEL_PRIOR = 50;
const RECENT_WEEKS = 4;

/** A procedure's counts of the first `weeks` weeks, recent weeks weighing more. */
export interface TrainingCounts {
  readonly tables: StatisticsTables;
  readonly weeks: number;
  readonly counts: Counts;
}

/** Decisions that an estimate should rest on, and the bounds (weeks) of the half-life that achieves it. */
const WANTED_DECISIONS = 100;
const SHORTEST_HALF_LIFE = 5;
const LONGEST_HALF_LIFE = 52;
/** Half-life of the weights in weeks: short where there are many decisions. */
export function halfLifeWeeks(tables: StatisticsTables, weeks: number): number {
  const perWeek = total(weightedCounts(tables, lastWeeks(weeks, 13)).decided) / Math.max(1, Math.min(13, weeks));
  return Math.min(LONGEST_HALF_LIFE, Math.max(SHORTEST_HALF_LIFE, WANTED_DECISIONS / Math.max(perWeek, 0.01)));
}

/** Learns one procedure. `alike` are all procedures that it may borrow from, itself included. */
export function learnProcedure(
  one: TrainingCounts,
  alike: readonly TrainingCounts[],
  asOf: string,
  calibration?: Calibration,
): ProcedureModel {
  const { tables, counts, weeks } = one;
  const { bins, stages } = tables;
  const stageHazard: number[][] = [];
  const destinations: number[][][] = [];
  const seen: number[][] = [];
  stages.forEach((code, stage) => {
    const own = stagePart(counts, stage);
    const pool = sumParts(
      alike.flatMap((other) => stageParts(other, code)),
      bins.length,
    );
    const overall = (total(pool.exits) + 1) / (total(pool.exposure) + 100);
    const prior = toOwnLevel(pooledHazard(pool.exposure, pool.exits, overall), own);
    stageHazard.push(Array.from(shrunkHazard(own.exposure, own.exits, prior), rounded));
    destinations.push(destinationsOf(one, stage, alike));
    seen.push(Array.from(own.exposure, (days, bin) => rounded(days / binWidth(bins, bin))));
  });
  const ages = sumParts(
    alike.map((other) => agePart(other.counts)),
    bins.length,
  );
  const agePool = pooledHazard(ages.exposure, ages.exits, (total(ages.exits) + 1) / (total(ages.exposure) + 100));
  const agePrior = toOwnLevel(agePool, agePart(counts));
  const ageHazard = shrunkHazard(counts.ageExposure, counts.decided, agePrior);
  const now = weightedCounts(tables, lastWeeks(weeks, STOCK_WEEKS));
  const flow = weightedCounts(tables, lastWeeks(weeks, FLOW_WEEKS));
  const usual = weightedCounts(tables, lastWeeks(weeks, USUAL_WEEKS));
  const daysOf = (most: number) => 7 * Math.min(most, Math.max(1, weeks));
  const queueOf = (partOf: (counts: Counts) => Part): Queue => ({
    waiting: partOf(now).exposure.map((days) => days / daysOf(STOCK_WEEKS)),
    leavingADay: total(partOf(flow).exits) / daysOf(FLOW_WEEKS),
    usuallyADay: total(partOf(usual).exits) / daysOf(USUAL_WEEKS),
  });
  const agePace = queuePace(bins, ageHazard, queueOf(agePart), 7 * weeks);
  const series = weeklySeries(tables, weeks, stageHazard, ageHazard);
  const withElasticity = (pace: readonly number[], { exits, due }: Series): number[] => {
    const queueing = 1 - elasticity(exits, due);
    return pace.map((slower) => rounded(slower ** queueing));
  };
  return {
    asOf,
    stages,
    bins,
    stageHazard,
    destinations,
    seen,
    ageHazard: Array.from(ageHazard, rounded),
    ...procedureCalibration(calibration),
    stagePace: series.stages.map((line, stage) => {
      const queue = queueOf((all) => stagePart(all, stage));
      return withElasticity(queuePace(bins, stageHazard[stage] ?? [], queue, 7 * weeks), line);
    }),
    agePace: withElasticity(agePace, series.ages),
    queueTrust: calibration?.queueTrust ?? DEFAULT_MIXTURE.queueTrust,
    byStage: stages.map((code) => calibration?.byStage[code] ?? procedureCalibration(calibration)),
    decisionsBehind: rounded(total(counts.decided)),
    unrest: signsOfUnrest(tables, asOf, hazardBefore(one, agePrior), agePace[0] ?? 1),
    coverage: calibration?.coverage ?? null,
    recentCoverage: calibration?.recentCoverage ?? null,
  };
}

const procedureCalibration = (calibration: Calibration | undefined): StageCalibration => ({
  stageWeight: calibration?.stageWeight ?? DEFAULT_MIXTURE.stageWeight,
  lowShare: calibration?.lowShare ?? TENTH,
  highShare: calibration?.highShare ?? TENTH,
});

/** Age hazard as of four weeks ago; the last four weeks are compared with it. */
function hazardBefore({ tables, weeks }: TrainingCounts, prior: Float64Array): Float64Array {
  const earlier = Math.max(0, weeks - RECENT_WEEKS);
  const before = weightedCounts(tables, decayWeights(earlier, halfLifeWeeks(tables, earlier)));
  return shrunkHazard(before.ageExposure, before.decided, prior);
}

/** Scales the pool's shape to the procedure's own overall speed. */
function toOwnLevel(pool: Float64Array, own: Part): Float64Array {
  const expected = own.exposure.reduce((sum, days, bin) => sum + days * (pool[bin] ?? 0), 0);
  const level = (total(own.exits) + LEVEL_PRIOR) / (expected + LEVEL_PRIOR);
  return pool.map((hazard) => hazard * level);
}

interface Part {
  readonly exposure: Float64Array;
  readonly exits: Float64Array;
}

function stagePart(counts: Counts, stage: number): Part {
  const from = stage * counts.bins;
  return {
    exposure: counts.exposure.subarray(from, from + counts.bins),
    exits: counts.exits.subarray(from, from + counts.bins),
  };
}

function stageParts(learned: TrainingCounts, code: string): Part[] {
  const stage = learned.tables.stages.indexOf(code);
  return stage < 0 ? [] : [stagePart(learned.counts, stage)];
}

function agePart(counts: Counts): Part {
  return { exposure: counts.ageExposure, exits: counts.decided };
}

function sumParts(parts: readonly Part[], bins: number): Part {
  const sum = { exposure: new Float64Array(bins), exits: new Float64Array(bins) };
  for (const part of parts) {
    for (let bin = 0; bin < bins; bin++) {
      sum.exposure[bin] = (sum.exposure[bin] ?? 0) + (part.exposure[bin] ?? 0);
      sum.exits[bin] = (sum.exits[bin] ?? 0) + (part.exits[bin] ?? 0);
    }
  }
  return sum;
}

/** [bin][to] destination shares. Each bin is shrunk towards the stage as a whole, and that towards all procedures. */
function destinationsOf(one: TrainingCounts, stage: number, alike: readonly TrainingCounts[]): number[][] {
  const { tables, counts } = one;
  const code = tables.stages[stage] ?? '';
  const targets = ['', ...tables.stages];
  const own = marginal(one, stage);
  const ownTotal = own.reduce((sum, n) => sum + n, 0);
  const pool = targets.map((target, to) => {
    let sum = 0;
    for (const other of alike) {
      const from = other.tables.stages.indexOf(code);
      const at = target === '' ? 0 : other.tables.stages.indexOf(target) + 1;
      if (from >= 0 && (to === 0 || at > 0)) sum += marginal(other, from)[at] ?? 0;
    }
    return sum;
  });
  const poolTotal = pool.reduce((sum, n) => sum + n, 0);
  const whole = targets.map((_, to) => {
    const believed = poolTotal > 0 ? (pool[to] ?? 0) / poolTotal : to === 0 ? 1 : 0;
    return ((own[to] ?? 0) + 3 * believed) / (ownTotal + 3);
  });
  return tables.bins.map((_, bin) => {
    const at = (stage * counts.bins + bin) * (counts.stages + 1);
    const left = counts.exits[stage * counts.bins + bin] ?? 0;
    return whole.map((share, to) => rounded(((counts.destinations[at + to] ?? 0) + 5 * share) / (left + 5)));
  });
}

function marginal({ counts }: TrainingCounts, stage: number): number[] {
  return Array.from({ length: counts.stages + 1 }, (_, to) => {
    let sum = 0;
    for (let bin = 0; bin < counts.bins; bin++) {
      sum += counts.destinations[(stage * counts.bins + bin) * (counts.stages + 1) + to] ?? 0;
    }
    return sum;
  });
}

export function binWidth(bins: readonly number[], bin: number): number {
  return (bins[bin + 1] ?? (bins[bin] ?? 0) + 365) - (bins[bin] ?? 0);
}

/** Enough digits for the reader; few enough to keep the shared model small. */
function rounded(n: number): number {
  return Number(n.toPrecision(7));
}
