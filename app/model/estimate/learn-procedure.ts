import type { StatisticsTables } from '../statistics';
import { type Counts, forgetting, type Series, total, weeklySeries, weightedCounts } from './counts';
import { pooledHazard, shrunkHazard } from './hazard';
import { type Lesson, TENTH, UNTRIED } from './mixture';
import type { ProcedureModel, StageLesson } from './model';
import { type Queue, queuePace } from './pace';
import { elasticity } from './throughput';
import { lastWeeks, signsOfUnrest } from './unrest';

/** Weeks over which the length of a queue and its throughput are taken. */
const STOCK_WEEKS = 2;
const FLOW_WEEKS = 6;
/** … and over which what is usual is taken, to which the throughput comes back. */
const USUAL_WEEKS = 52;
/** Exits' worth of belief that a procedure is as quick as the pool. */
const LEVEL_PRIOR = 50;
const RECENT_WEEKS = 4;

/** A procedure's counts of the first `weeks` weeks, forgetting the old ones. */
export interface Learned {
  readonly tables: StatisticsTables;
  readonly weeks: number;
  readonly counts: Counts;
}

/** Decisions that an estimate should rest on, and the bounds of the half-life (weeks) that achieves it. */
const CARRYING = 100;
const SHORTEST_HALF_LIFE = 5;
const LONGEST_HALF_LIFE = 52;
/** Weeks after which a past week counts half: short where decisions are many. */
export function halfLife(tables: StatisticsTables, weeks: number): number {
  const perWeek = total(weightedCounts(tables, lastWeeks(weeks, 13)).decided) / Math.max(1, Math.min(13, weeks));
  return Math.min(LONGEST_HALF_LIFE, Math.max(SHORTEST_HALF_LIFE, CARRYING / Math.max(perWeek, 0.01)));
}

/** Learns one procedure; `alike` are all that it may learn from, itself included. */
export function learnProcedure(one: Learned, alike: readonly Learned[], asOf: string, lesson?: Lesson): ProcedureModel {
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
  const asQueue = (pace: readonly number[], { exits, due }: Series): number[] => {
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
    ...withoutStages(lesson),
    stagePace: series.stages.map((line, stage) => {
      const queue = queueOf((all) => stagePart(all, stage));
      return asQueue(queuePace(bins, stageHazard[stage] ?? [], queue, 7 * weeks), line);
    }),
    agePace: asQueue(agePace, series.ages),
    queueTrust: lesson?.queueTrust ?? UNTRIED.queueTrust,
    byStage: stages.map((code) => lesson?.byStage[code] ?? withoutStages(lesson)),
    decisionsBehind: rounded(total(counts.decided)),
    unrest: signsOfUnrest(tables, asOf, hazardBefore(one, agePrior), agePace[0] ?? 1),
    coverage: lesson?.coverage ?? null,
    recentCoverage: lesson?.recentCoverage ?? null,
  };
}

const withoutStages = (lesson: Lesson | undefined): StageLesson => ({
  stageWeight: lesson?.stageWeight ?? UNTRIED.stageWeight,
  lowShare: lesson?.lowShare ?? TENTH,
  highShare: lesson?.highShare ?? TENTH,
});

/** Age hazard as it stood before the last four weeks, to hold those weeks against. */
function hazardBefore({ tables, weeks }: Learned, prior: Float64Array): Float64Array {
  const earlier = Math.max(0, weeks - RECENT_WEEKS);
  const before = weightedCounts(tables, forgetting(earlier, halfLife(tables, earlier)));
  return shrunkHazard(before.ageExposure, before.decided, prior);
}

/** The pool lends its shape; how quick a procedure is by and large, it knows itself. */
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

function stageParts(learned: Learned, code: string): Part[] {
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

/** [bin][to] shares of where cases go: each bin drawn towards the stage as a whole, that towards all procedures. */
function destinationsOf(one: Learned, stage: number, alike: readonly Learned[]): number[][] {
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

/** Exits of a stage by destination, over all bins. */
function marginal({ counts }: Learned, stage: number): number[] {
  return Array.from({ length: counts.stages + 1 }, (_, to) => {
    let sum = 0;
    for (let bin = 0; bin < counts.bins; bin++) {
      sum += counts.destinations[(stage * counts.bins + bin) * (counts.stages + 1) + to] ?? 0;
    }
    return sum;
  });
}

function binWidth(bins: readonly number[], bin: number): number {
  return (bins[bin + 1] ?? (bins[bin] ?? 0) + 365) - (bins[bin] ?? 0);
}

/** Enough figures to be exact to the reader, few enough to keep the shared model small. */
function rounded(n: number): number {
  return Number(n.toPrecision(7));
}
