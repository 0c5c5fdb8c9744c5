import type { Span, TypicalWait } from './opening';

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
