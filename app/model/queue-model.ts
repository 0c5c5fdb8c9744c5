import { groupsOf } from './groups';
import { addDays, daysBetween, weekdayOf } from './time';

/** The mean wait of a half hour in which a line or desk was open. Half hours count from 0 (00:00) to 47 (23:30). */
export interface PastWait {
  /** Local ISO date. */
  readonly date: string;
  readonly half: number;
  readonly minutes: number;
}

/** Minutes; the wait is between `low` and `high` 8 times in 10. */
export interface WaitRange {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * What the past waits of one line or desk tell of the coming ones. All inner figures are square roots of minutes: a long
 * queue varies more than a short one, and its root does not.
 */
export interface QueueModel {
  usualAt(date: string, half: number): number | null;
  /** How much of a half hour's difference from the usual is left after so many half hours (index 1 and up). */
  readonly carry: readonly number[];
  /** The share of the mean difference of a day that the next open day has. */
  readonly dayCarry: number;
  /** The mean difference of the last day that was open, and its date. */
  readonly lastDay: { readonly date: string; readonly off: number } | null;
  /** Quantiles of what the forecast missed: within the hour, later on the day, and on later days. */
  readonly spread: readonly [Spread, Spread, Spread];
  /**
   * In how many of the half hours of the last four weeks the wait was within the range that these weeks had no part in;
   * null while there are too few.
   */
  readonly measured: { readonly inside: number; readonly of: number } | null;
}

interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

interface Difference {
  readonly half: number;
  readonly off: number;
}

interface Miss {
  readonly date: string;
  readonly reach: 0 | 1 | 2;
  readonly miss: number;
}

/** The oldest wait that counts. */
export const KEPT_DAYS = 112;
/** Four weeks to know what is usual, and two to see how far the waits are from it. */
const LEAST_DAYS = 42;
const USUAL_FROM_DAYS = 28;
const MEASURED_DAYS = 28;
const LEAST_MISSES = 200;
const HALF_LIFE_DAYS = 28;
/** What the half hour before or after, and another weekday, count for. */
const NEIGHBOUR = 0.4;
const OTHER_WEEKDAY = 0.05;
const LONGEST_LAG = 24;
/** From how far ahead forecasts are tried, in half hours and in open days. */
const LAGS = [1, 2, 4, 8];
const DAYS_AHEAD = [1, 3, 5];
/** Half hours that are "within the hour". */
const SOON = 2;

/** Learns from the days before `today` (local ISO date). Null with less than six weeks of waits. */
export function learnQueue(waits: readonly PastWait[], today: string): QueueModel | null {
  const past = waits.filter(({ date }) => date < today && daysBetween(date, today) <= KEPT_DAYS);
  const days = [...new Set(past.map(({ date }) => date))].sort();
  const first = days[0];
  if (first === undefined || daysBetween(first, today) < LEAST_DAYS) return null;

  const usualAt = usualWaits(past);
  const differences = new Map<string, readonly Difference[]>();
  const byDate = groupsOf(past, ({ date }) => date);
  for (const date of days.filter((day) => daysBetween(first, day) >= USUAL_FROM_DAYS)) {
    const offs = (byDate.get(date) ?? [])
      .toSorted((a, b) => a.half - b.half)
      .flatMap(({ half, minutes }) => {
        const usual = usualAt(date, half);
        return usual === null ? [] : [{ half, off: Math.sqrt(minutes) - usual }];
      });
    if (offs.length > 0) differences.set(date, offs);
  }
  const carry = carryOf([...differences.values()]);
  const levels = [...differences].map(([date, offs]) => ({ date, off: mean(offs.map(({ off }) => off)) }));
  const dayCarry = slope(levels.slice(1).map(({ off }, index) => [levels[index]?.off ?? 0, off]));
  const misses = missesOf(differences, carry, levels, dayCarry);
  return {
    usualAt,
    carry,
    dayCarry,
    lastDay: levels.at(-1) ?? null,
    spread: spreadOf(misses),
    measured: measure(misses, addDays(today, -MEASURED_DAYS)),
  };
}

/** The weighted mean of earlier days: recent ones, the same weekday and the same half hour count most. */
function usualWaits(past: readonly PastWait[]): QueueModel['usualAt'] {
  const epoch = past[0]?.date ?? '';
  const byHalf = groupsOf(
    past.map(({ date, half, minutes }) => ({
      half,
      day: daysBetween(epoch, date),
      weekday: weekdayOf(date),
      root: Math.sqrt(minutes),
    })),
    ({ half }) => half,
  );
  return (date, half) => {
    const [day, weekday] = [daysBetween(epoch, date), weekdayOf(date)];
    let [sum, weights] = [0, 0];
    for (const step of [-1, 0, 1])
      for (const row of byHalf.get(half + step) ?? []) {
        if (row.day >= day) continue;
        const age = 0.5 ** ((day - row.day) / HALF_LIFE_DAYS);
        const weight = age * (step === 0 ? 1 : NEIGHBOUR) * (row.weekday === weekday ? 1 : OTHER_WEEKDAY);
        sum += weight * row.root;
        weights += weight;
      }
    return weights === 0 ? null : sum / weights;
  };
}

/** By lag in half hours: how much of the mean of the last two differences is still there. Never grows with the lag. */
function carryOf(days: readonly (readonly Difference[])[]): number[] {
  const carry = [1];
  for (let lag = 1; lag <= LONGEST_LAG; lag += 1) {
    const pairs = days.flatMap((day) =>
      day.flatMap(({ half, off }) => {
        const recent = recentOff(day, half - lag);
        return recent === null ? [] : [[recent, off] as const];
      }),
    );
    carry.push(Math.min(carry[lag - 1] ?? 0, slope(pairs)));
  }
  return carry;
}

/** The mean difference of a half hour and of the one before it; null when the half hour itself is not known. */
export function recentOff(day: readonly Difference[], half: number): number | null {
  const own = day.find((each) => each.half === half);
  if (!own) return null;
  const before = day.find((each) => each.half === half - 1);
  return before ? (own.off + before.off) / 2 : own.off;
}

/** What forecasts from each half hour of each day would have missed. */
function missesOf(
  days: ReadonlyMap<string, readonly Difference[]>,
  carry: readonly number[],
  levels: readonly { readonly date: string; readonly off: number }[],
  dayCarry: number,
): Miss[] {
  const dates = [...days.keys()];
  return [...days].flatMap(([date, day]) => {
    const [at, first] = [dates.indexOf(date), day[0]?.half ?? 0];
    const other = DAYS_AHEAD.flatMap((ahead) => {
      const level = dayCarry ** ahead * (levels[at - ahead]?.off ?? 0);
      return day.map(({ off }): Miss => ({ date, reach: 2, miss: off - level }));
    });
    const same = day.flatMap(({ half, off }) =>
      LAGS.flatMap((lag): Miss[] => {
        const recent = half - lag < first ? null : recentOff(day, half - lag);
        return recent === null ? [] : [{ date, reach: reachOf(lag), miss: off - (carry[lag] ?? 0) * recent }];
      }),
    );
    return [...other, ...same];
  });
}

export const reachOf = (lag: number): 0 | 1 => (lag <= SOON ? 0 : 1);

function spreadOf(misses: readonly Miss[]): QueueModel['spread'] {
  const all = misses.map(({ miss }) => miss);
  const of = (reach: Miss['reach']): Spread => {
    const own = misses.filter((each) => each.reach === reach).map(({ miss }) => miss);
    const sorted = (own.length > 0 ? own : all).sort((a, b) => a - b);
    return { low: quantile(sorted, 0.1), median: quantile(sorted, 0.5), high: quantile(sorted, 0.9) };
  };
  return [of(0), of(1), of(2)];
}

/** Counts how often the last weeks were within the range of the weeks before them. */
function measure(misses: readonly Miss[], since: string): QueueModel['measured'] {
  const before = misses.filter(({ date }) => date < since);
  const after = misses.filter(({ date }) => date >= since);
  if (before.length < LEAST_MISSES || after.length < LEAST_MISSES) return null;
  const spread = spreadOf(before);
  const inside = after.filter(({ reach, miss }) => spread[reach].low <= miss && miss <= spread[reach].high).length;
  return { inside, of: after.length };
}

/** Of the line through the origin that fits best, between 0 and 1. */
function slope(pairs: readonly (readonly [number, number])[]): number {
  const both = pairs.reduce((sum, [x, y]) => sum + x * y, 0);
  const squares = pairs.reduce((sum, [x]) => sum + x * x, 0);
  return squares === 0 ? 0 : Math.min(1, Math.max(0, both / squares));
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

/** @param sorted ascending, not empty unless there is nothing to tell */
const quantile = (sorted: readonly number[], level: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? 0;
