/** A hazard that is constant within each bin of waiting time, with its integral precomputed. */
export interface HazardCurve {
  readonly bins: readonly number[];
  readonly hazard: ArrayLike<number>;
  /** Integral of the hazard up to each bin's lower edge. */
  readonly upToBin: Float64Array;
}

/** Strength of the pool's prior in each bin, in decisions. */
const PRIOR = 2;
/** How much of a procedure's level in one bin carries over to the next, 0 to 1. */
const LOCAL = 0.7;

/**
 * Chance per day in each bin, from days waited and exits. A bin where nobody waited continues from the bins before it;
 * `overall` (per day) is the starting value.
 */
export function pooledHazard(exposure: Float64Array, exits: Float64Array, overall: number): Float64Array {
  let previous = Math.max(overall, 1e-6);
  return exposure.map((days, bin) => {
    previous = ((exits[bin] ?? 0) + 1) / (days + 1 / previous);
    return previous;
  });
}

/**
 * The same for one procedure, shrunk towards the pool where it has few cases of its own. The prior is the pool's shape
 * at the level that the procedure had in earlier bins, to the extent of `LOCAL`.
 */
export function shrunkHazard(exposure: Float64Array, exits: Float64Array, pool: Float64Array): Float64Array {
  let level = 0;
  return exposure.map((days, bin) => {
    const prior = (pool[bin] ?? 1) * Math.exp(LOCAL * level);
    const hazard = ((exits[bin] ?? 0) + PRIOR) / (days + PRIOR / prior);
    level = Math.log(hazard / (pool[bin] ?? 1));
    return hazard;
  });
}

export function hazardCurve(bins: readonly number[], hazard: ArrayLike<number>): HazardCurve {
  const upToBin = new Float64Array(bins.length);
  for (let bin = 1; bin < bins.length; bin++) {
    const width = (bins[bin] ?? 0) - (bins[bin - 1] ?? 0);
    upToBin[bin] = (upToBin[bin - 1] ?? 0) + width * (hazard[bin - 1] ?? 0);
  }
  return { bins, hazard, upToBin };
}

export function cumulativeHazard(curve: HazardCurve, days: number): number {
  const bin = binOf(curve.bins, days);
  return (curve.upToBin[bin] ?? 0) + (days - (curve.bins[bin] ?? 0)) * (curve.hazard[bin] ?? 0);
}

/** Index of the bin that holds `days`; the first for negative values. */
export function binOf(bins: readonly number[], days: number): number {
  let low = 0;
  let high = bins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bins[middle] ?? 0) <= days) low = middle;
    else high = middle - 1;
  }
  return low;
}
