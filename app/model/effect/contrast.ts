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
    withoutFirstWeeks: firstWeeksTaker(kept, weights, residual),
  };
}

/**
 * Prepares to take the surge out of cells that are left out: their average distance from what procedure and week predict, apart
 * for the first week after a switch, the second and so on. What procedures differ by beyond that stays as far as it is usual in
 * other weeks: some people call more at first use than others, which says nothing about weeks without a switch.
 *
 * @returns what takes it out of `cells`, with the usual distances as `logs` has them
 */
function firstWeeksTaker(
  kept: readonly (readonly boolean[])[],
  weights: readonly number[],
  residual: (cells: Cells) => Cells,
) {
  const ages = kept.map((row) => {
    let age = -1;
    return row.map((isKept) => {
      age = isKept ? -1 : age + 1;
      return age;
    });
  });
  const most = Math.max(...ages.flat());
  const weigh = (cells: Cells, counts: (age: number) => boolean) => {
    const weight = sumOf(ages, (age, p) => (counts(age) ? (weights[p] ?? 0) : 0));
    return sumOf(cells, (value, p, t) => (counts(ages[p]?.[t] ?? -1) ? (weights[p] ?? 0) * value : 0)) / weight;
  };
  /** Distances of cells, the average of their week after the switch taken off where they are left out. */
  const distances = (cells: Cells): { readonly rest: Cells; readonly own: Cells } => {
    const rest = residual(cells);
    const surge = Array.from({ length: most + 1 }, (_, at) => weigh(rest, (age) => age === at));
    return { rest, own: rest.map((row, p) => row.map((value, t) => value - (surge[ages[p]?.[t] ?? -1] ?? 0))) };
  };
  return (cells: Cells, logs: Cells): Cells => {
    const squares = distances(logs).own.map((row) => row.map((value) => value * value));
    const usual = Math.min(1, Math.sqrt(weigh(squares, (age) => age < 0) / weigh(squares, (age) => age >= 0)));
    const { rest, own } = distances(cells);
    return cells.map((row, p) =>
      row.map((value, t) => (kept[p]?.[t] ? value : value - (rest[p]?.[t] ?? 0) + usual * (own[p]?.[t] ?? 0))),
    );
  };
}

/** Of each procedure: one over the variance of its logarithm, by chance and by what else moves it from week to week. */
export const weightsOf = (contacts: Cells, weeksBefore: number): number[] =>
  contacts.map((row) => 1 / (1.5 / (meanOf(row.slice(0, weeksBefore)) + 1) + 0.0006));

export const meanOf = (row: readonly number[]): number => row.reduce((all, each) => all + each, 0) / row.length;
