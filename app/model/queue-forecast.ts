import type { Span, TypicalWait } from './opening';
import { type QueueModel, reachOf, recentOff, type WaitRange } from './queue-model';

/** The wait that is expected in a half hour. */
export interface ForecastWait {
  /** Local HH:MM. */
  readonly from: string;
  readonly minutes: number;
}

/** Minutes after which a queue that is longer or shorter than usual has come halfway back. */
const HALF_LIFE = 30;

/**
 * The waits of the rest of today, each open half hour from the one that runs now. It follows the usual waits, and what the
 * queue now differs from them wears off. Empty when no usual waits are known.
 *
 * @param spans the hours of today
 * @param time local HH:MM
 * @param waitNow minutes; null when closed or not known
 */
export function forecastToday(
  typical: readonly TypicalWait[],
  spans: readonly Span[],
  { weekday, time, waitNow }: { readonly weekday: number; readonly time: string; readonly waitNow: number | null },
): ForecastWait[] {
  const byHour = new Map(
    typical.filter((wait) => wait.weekday === weekday).map(({ hour, minutes }) => [hour, minutes]),
  );
  const now = minutesOf(time);
  const usualNow = usualAt(byHour, now);
  const off = waitNow === null || usualNow === null ? 0 : waitNow - usualNow;
  return halfHours(spans, now).flatMap((from) => {
    const usual = usualAt(byHour, from + 15);
    if (usual === null) return [];
    const after = Math.max(0, from + 15 - now);
    return [{ from: timeOf(from), minutes: Math.max(0, Math.round(usual + off * 0.5 ** (after / HALF_LIFE))) }];
  });
}

export interface ForecastRange extends WaitRange {
  /** Local HH:MM. */
  readonly from: string;
}

/** The waits of today up to a half hour, the last of which is that of now. */
export interface SeenToday {
  readonly half: number;
  readonly waits: readonly { readonly half: number; readonly minutes: number }[];
}

/**
 * The waits of a day's open half hours, today from the one that runs now, in whole minutes.
 *
 * @param ahead 0 is today, 1 the next day that is open
 * @param seen null on other days, and where nothing is known of today
 * @param time local HH:MM; half hours that are over by then are left out
 */
export function forecastDay(
  model: QueueModel,
  { date, spans, time = '00:00' }: { readonly date: string; readonly spans: readonly Span[]; readonly time?: string },
  ahead: number,
  seen: SeenToday | null,
): ForecastRange[] {
  const offs = (seen?.waits ?? []).flatMap(({ half, minutes }) => {
    const usual = model.usualAt(date, half);
    return usual === null ? [] : [{ half, off: Math.sqrt(minutes) - usual }];
  });
  const recent = seen ? recentOff(offs, seen.half) : null;
  const level = (model.lastDay?.off ?? 0) * model.dayCarry ** Math.max(1, ahead);
  return halfHours(spans, minutesOf(time)).flatMap((from) => {
    const half = from / 30;
    const usual = model.usualAt(date, half);
    if (usual === null) return [];
    const lag = Math.max(1, half - (seen?.half ?? half));
    const off = recent === null ? level : recent * (model.carry[Math.min(lag, model.carry.length - 1)] ?? 0);
    const { low, median, high } = model.spread[recent === null ? 2 : reachOf(lag)];
    const minutes = (miss: number) => Math.round(Math.max(0, usual + off + miss) ** 2);
    return [{ from: timeOf(from), low: minutes(low), median: minutes(median), high: minutes(high) }];
  });
}

/** An hour's usual wait is that of its middle; between two hours the wait goes evenly from one to the other. */
function usualAt(byHour: ReadonlyMap<number, number>, minute: number): number | null {
  const hour = Math.floor(minute / 60);
  const own = byHour.get(hour);
  if (own === undefined) return null;
  const fromMiddle = (minute % 60) - 30;
  const other = byHour.get(fromMiddle < 0 ? hour - 1 : hour + 1) ?? own;
  return own + ((other - own) * Math.abs(fromMiddle)) / 60;
}

/** The starts of the half hours that are open in part and not over. */
const halfHours = (spans: readonly Span[], now: number): number[] =>
  Array.from({ length: 48 }, (_, index) => index * 30).filter(
    (from) =>
      from + 30 > now && spans.some(({ opens, closes }) => minutesOf(opens) < from + 30 && from < minutesOf(closes)),
  );

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
