/** Weeks that are taken together, and how far back is looked. */
const BLOCK_WEEKS = 6;
const LOOK_BACK_WEEKS = 104;
/** Fewest exits in a block, and about how many blocks' worth of belief that a line is a queue. */
const FEWEST_EXITS = 5;
const PRIOR = 4;
const PRIOR_ELASTICITY = 0.1;
/** Relative variance of a block's exits beyond that of chance. */
const UNRULY = 0.01;

/**
 * Whether a line is a queue: 0 where a team lets out so many a week however many are due (who comes behind more people
 * waits longer), 1 where everybody's own clock runs and twice as many due means twice as many exits. Learned from how
 * exits moved with the cases that were due, six weeks against the six before. Both series by week, oldest first.
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
    const weight = 1 / (1 / left + 1 / leftBefore + UNRULY);
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
