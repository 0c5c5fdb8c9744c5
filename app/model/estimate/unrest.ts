import { type StatisticsTables, weeksBefore } from '../statistics';
import { type Counts, weightedCounts } from './counts';
import type { Unrest } from './model';

const RECENT_WEEKS = 4;
const EARLIER_WEEKS = 26;
const STOCK_WEEKS = 8;
/** A change in small numbers counts only from this many standard deviations on. */
const NOTABLE = 3;
/** From this pace on, in either direction, the queue counts as a sign of its own. */
const MOVING_PACE = 1.5;

/**
 * Signs that the office is changing: recent decisions against what `ageHazard` expected, inflow against the half year
 * before, stock against eight weeks ago, and the queue (`queuePace` of a new case) against the life table. Uses only
 * weeks before `asOf` (ISO date).
 */
export function signsOfUnrest(
  tables: StatisticsTables,
  asOf: string,
  ageHazard: Float64Array,
  queuePace: number,
): Unrest[] {
  const weeks = weeksBefore(tables, asOf);
  if (weeks < RECENT_WEEKS) return [];
  const signs: Unrest[] = [];

  const recent = weightedCounts(tables, lastWeeks(weeks, RECENT_WEEKS));
  const expected = expectedDecisions(recent, ageHazard);
  const decided = recent.decided.reduce((sum, n) => sum + n, 0);
  if (notable(decided, expected)) {
    if (decided < 0.67 * expected) signs.push('fewer-decisions');
    if (decided > 1.5 * expected) signs.push('more-decisions');
  }
  const from = Math.max(0, weeks - RECENT_WEEKS - EARLIER_WEEKS);
  const usual = mean(tables.inflow, from, weeks - RECENT_WEEKS) * RECENT_WEEKS;
  const received = mean(tables.inflow, weeks - RECENT_WEEKS, weeks) * RECENT_WEEKS;
  if (weeks > RECENT_WEEKS && notable(received, usual)) {
    if (received > 1.5 * usual) signs.push('inflow-up');
    if (received < 0.6 * usual) signs.push('inflow-down');
  }
  const now = tables.stock[weeks - 1] ?? 0;
  const before = tables.stock[weeks - 1 - STOCK_WEEKS] ?? 0;
  if (queuePace > MOVING_PACE) signs.push('stock-up');
  else if (queuePace < 1 / MOVING_PACE) signs.push('stock-down');
  else if (before > 0 && notable(now, before)) {
    if (now > 1.3 * before) signs.push('stock-up');
    if (now < 0.75 * before) signs.push('stock-down');
  }
  return signs;
}

/** Decisions that the hazard expects from the days waited. */
function expectedDecisions(counts: Counts, ageHazard: ArrayLike<number>): number {
  return counts.ageExposure.reduce((sum, days, bin) => sum + days * (ageHazard[bin] ?? 0), 0);
}

/** Weight 1 for the last `count` of `weeks` weeks, 0 before. */
export function lastWeeks(weeks: number, count: number): Float64Array {
  return new Float64Array(weeks).fill(1, Math.max(0, weeks - count));
}

function notable(seen: number, usual: number): boolean {
  return Math.abs(seen - usual) > NOTABLE * Math.sqrt(Math.max(usual, 1));
}

function mean(numbers: readonly number[], from: number, to: number): number {
  const part = numbers.slice(from, to);
  return part.length === 0 ? 0 : part.reduce((sum, n) => sum + n, 0) / part.length;
}
