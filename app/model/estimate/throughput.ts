/** Weeks per block, and how many weeks are looked at. */
const BLOCK_WEEKS = 6;
const LOOK_BACK_WEEKS = 104;
/** Fewest exits in a block; the prior's strength in blocks, and its value. */
const FEWEST_EXITS = 5;
const PRIOR = 4;
const PRIOR_ELASTICITY = 0.1;
/** Relative variance of a block's exits on top of the Poisson variance. */
const EXTRA_VARIANCE = 0.01;

/**
 * Elasticity of exits to cases due, 0 to 1. 0: a queue, where a team finishes a fixed number a week. 1: no queue, twice
 * as many due means twice as many exits. Compares each block of six weeks with the block before. Both series are by
 * week, oldest first.
 */
export function elasticity(exits: Float64Array, due: Float64Array): number {
  let squares = PRIOR;
  let products = PRIOR * PRIOR_ELASTICITY;
  const oldest = Math.max(0, exits.length - LOOK_BACK_WEEKS);
  for (let end = exits.length; end - 2 * BLOCK_WEEKS >= oldest; end -= BLOCK_WEEKS) {
    const left = sum(exits, end - BLOCK_WEEKS, end);
    const leftBefore = sum(exits, end - 2 * BLOCK_WEEKS, end - BLOCK_WEEKS);
    const expected = sum(due, end - BLOCK_WEEKS, end);
    const expectedBefore = sum(due, end - 2 * BLOCK_WEEKS, end - BLOCK_WEEKS);
    if (Math.min(left, leftBefore) < FEWEST_EXITS || Math.min(expected, expectedBefore) <= 0) continue;
    const weight = 1 / (1 / left + 1 / leftBefore + EXTRA_VARIANCE);
    const grown = Math.log(expected / expectedBefore);
    squares += weight * grown * grown;
    products += weight * grown * Math.log(left / leftBefore);
  }
  return Math.min(1, Math.max(0, products / squares));
}

function sum(series: Float64Array, from: number, until: number): number {
  let total = 0;
  for (let week = from; week < until; week++) total += series[week] ?? 0;
  return total;
}
