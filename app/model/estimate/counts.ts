import { DECIDED, type StatisticsTables } from '../statistics';

/** Weighted sums over the weeks of one procedure's counts, in flat arrays. */
export interface Counts {
  readonly stages: number;
  readonly bins: number;
  /** [stage × bin] days and exits; [stage × bin × (stages + 1)] exits by destination, index 0 = decision. */
  readonly exposure: Float64Array;
  readonly exits: Float64Array;
  readonly destinations: Float64Array;
  /** [bin of age] days and decisions. */
  readonly ageExposure: Float64Array;
  readonly decided: Float64Array;
}

/** Weights and days are rounded to these grains. Such sums are exact, so the order of rows does not matter. */
const WEIGHT_GRAIN = 2 ** 14;
const DAY_GRAIN = 64;
const SERIES_GRAIN = 2 ** 20;

/** Sums the tables with `weights[week]` from 0 to 1; later weeks do not count. */
export function weightedCounts(tables: StatisticsTables, weights: Float64Array): Counts {
  const stages = tables.stages.length;
  const bins = tables.bins.length;
  const weight = weights.map((w) => Math.round(w * WEIGHT_GRAIN) / WEIGHT_GRAIN);
  const counts: Counts = {
    stages,
    bins,
    exposure: new Float64Array(stages * bins),
    exits: new Float64Array(stages * bins),
    destinations: new Float64Array(stages * bins * (stages + 1)),
    ageExposure: new Float64Array(bins),
    decided: new Float64Array(bins),
  };
  for (const [week, stage, bin, days] of tables.stageExposure) {
    add(counts.exposure, stage * bins + bin, (weight[week] ?? 0) * grained(days));
  }
  for (const [week, stage, bin, to, count] of tables.stageExits) {
    const w = weight[week] ?? 0;
    if (w === 0) continue;
    const at = stage * bins + bin;
    add(counts.exits, at, w * grained(count));
    add(counts.destinations, at * (stages + 1) + (to === DECIDED ? 0 : to + 1), w * grained(count));
  }
  for (const [week, bin, days] of tables.ageExposure) add(counts.ageExposure, bin, (weight[week] ?? 0) * grained(days));
  for (const [week, bin, count] of tables.ageDecided) add(counts.decided, bin, (weight[week] ?? 0) * grained(count));
  return counts;
}

/** One line of waiting people by week: how many left, and how many the hazard expected to leave. */
export interface Series {
  readonly exits: Float64Array;
  readonly due: Float64Array;
}

/** The series of each stage and of all open cases by age, over the first `weeks` weeks. */
export function weeklySeries(
  tables: StatisticsTables,
  weeks: number,
  stageHazard: readonly ArrayLike<number>[],
  ageHazard: ArrayLike<number>,
): { readonly stages: readonly Series[]; readonly ages: Series } {
  const empty = (): Series => ({ exits: new Float64Array(weeks), due: new Float64Array(weeks) });
  const stages = tables.stages.map(empty);
  const ages = empty();
  const addTo = (series: Float64Array | undefined, week: number, value: number): void => {
    if (series && week < weeks) add(series, week, Math.round(value * SERIES_GRAIN) / SERIES_GRAIN);
  };
  for (const [week, stage, bin, days] of tables.stageExposure) {
    addTo(stages[stage]?.due, week, days * (stageHazard[stage]?.[bin] ?? 0));
  }
  for (const [week, stage, , , count] of tables.stageExits) addTo(stages[stage]?.exits, week, count);
  for (const [week, bin, days] of tables.ageExposure) addTo(ages.due, week, days * (ageHazard[bin] ?? 0));
  for (const [week, , count] of tables.ageDecided) addTo(ages.exits, week, count);
  return { stages, ages };
}

/** Weights of `weeks` past weeks: 1 for the last, halving every `halfLife` weeks. */
export function decayWeights(weeks: number, halfLife: number): Float64Array {
  return Float64Array.from({ length: weeks }, (_, week) => 0.5 ** ((weeks - 1 - week) / halfLife));
}

export function total(numbers: Float64Array): number {
  let sum = 0;
  for (const n of numbers) sum += n;
  return sum;
}

function grained(value: number): number {
  return Math.round(value * DAY_GRAIN) / DAY_GRAIN;
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}
