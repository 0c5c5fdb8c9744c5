import type { Exposure } from './design';
import { type Cells, sumOf, twoWay } from './two-way';

/** The comparison that one rollout makes in a panel of logarithms. */
export function contrastOf(exposure: Exposure, weights: readonly number[]) {
  const kept = exposure.map((row) => row.map((cell) => cell !== null));
  const residual = twoWay(kept, weights);
  const own = residual(exposure.map((row) => row.map((cell) => cell ?? 0)));
  const parts = own.map((row, p) => row.map((value, t) => (kept[p]?.[t] ? (weights[p] ?? 0) * value : 0)));
  const size = sumOf(parts, (part, p, t) => part * (exposure[p]?.[t] ?? 0));
  const effectIn = (cells: Cells) => sumOf(parts, (part, p, t) => part * (cells[p]?.[t] ?? 0)) / size;
  /** What the cells that are left out differ by, on average, from what procedure and week predict without the feature. */
  const firstWeeksIn = (cells: Cells): number => {
    const effect = effectIn(cells);
    const rest = residual(cells.map((row, p) => row.map((value, t) => value - effect * (exposure[p]?.[t] ?? 0))));
    const weight = sumOf(kept, (isKept, p) => (isKept ? 0 : (weights[p] ?? 0)));
    return weight === 0 ? 0 : sumOf(rest, (value, p, t) => (kept[p]?.[t] ? 0 : (weights[p] ?? 0) * value)) / weight;
  };
  return {
    exposure,
    effectIn,
    firstWeeksIn,
    withoutFirstWeeks: (cells: Cells) => withoutSurge(cells, kept, weights, residual(cells)),
  };
}

/**
 * Takes the surge out of cells that are left out: their average distance from what procedure and week predict, apart for the
 * first week after a switch, the second and so on. What a cell differs by beyond that stays.
 */
function withoutSurge(cells: Cells, kept: readonly (readonly boolean[])[], weights: readonly number[], rest: Cells) {
  const ages = kept.map((row) => {
    let age = -1;
    return row.map((isKept) => {
      age = isKept ? -1 : age + 1;
      return age;
    });
  });
  const most = Math.max(...ages.flat());
  const surge = Array.from({ length: most + 1 }, (_, age) => {
    const weight = sumOf(ages, (one, p) => (one === age ? (weights[p] ?? 0) : 0));
    return sumOf(ages, (one, p, t) => (one === age ? (weights[p] ?? 0) * (rest[p]?.[t] ?? 0) : 0)) / weight;
  });
  return cells.map((row, p) => row.map((value, t) => value - (surge[ages[p]?.[t] ?? -1] ?? 0)));
}

/** Of each procedure: one over the variance of its logarithm, by chance and by what else moves it from week to week. */
export const weightsOf = (contacts: Cells, weeksBefore: number): number[] =>
  contacts.map((row) => 1 / (1.5 / (meanOf(row.slice(0, weeksBefore)) + 1) + 0.0006));

export const meanOf = (row: readonly number[]): number => row.reduce((all, each) => all + each, 0) / row.length;
