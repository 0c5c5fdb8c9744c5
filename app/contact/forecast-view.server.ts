import type { Formats } from '~/i18n/format.server';
import { bestTimeToday, type TypicalWait } from '~/model/opening';
import { forecastDay, forecastToday, type SeenToday } from '~/model/queue-forecast';
import type { Hours } from './hours-view.server';
import { halfOf, learnedOf } from './queue-record.server';

interface Queue {
  /** `phone:<id>` or `desk:<key>`. */
  readonly queue: string;
  readonly typical: readonly TypicalWait[];
  readonly waiting: { readonly minutes: number } | null;
}

/**
 * What is expected in each half hour that is left today: a range where the portal's own record is long enough, else one
 * figure from the usual waits of the queue-time API. `share` is of the longest, for a picture.
 */
export function todayView(queue: Queue, hours: Hours, formats: Formats) {
  const rows = todayOf(queue, hours);
  const most = Math.max(1, ...rows.map(({ high }) => high));
  return {
    rows: rows.map(({ from, low, high }) => ({
      from: formats.time(from),
      low,
      high,
      share: { from: Math.round((100 * low) / most), to: Math.round((100 * high) / most) },
    })),
    /** How many in 100 waits of the last four weeks were as forecast; null when not measured. */
    measured: measuredOf(queue),
    best: bestOf(queue, hours, formats),
  };
}

function todayOf(queue: Queue, { spans, here, opening }: Hours) {
  const waitNow = opening.open && queue.waiting ? queue.waiting.minutes : null;
  const learned = learnedOf(queue.queue);
  if (!learned?.model)
    return forecastToday(queue.typical, spans, { ...here, waitNow }).map(({ from, minutes }) => ({
      from,
      low: minutes,
      median: minutes,
      high: minutes,
    }));
  const date = here.dayIn(0);
  const half = halfOf({ hour: Number(here.time.slice(0, 2)), minute: Number(here.time.slice(3)) });
  const earlier = learned.latest.filter((wait) => wait.date === date && wait.half < half);
  const seen: SeenToday | null = waitNow === null ? null : { half, waits: [...earlier, { half, minutes: waitNow }] };
  return forecastDay(learned.model, { date, spans, time: here.time }, 0, seen);
}

/** The half hour or hour with the shortest wait that is left today; `now` when that runs. */
function bestOf(queue: Queue, hours: Hours, formats: Formats) {
  const { spans, here, opening } = hours;
  if (!learnedOf(queue.queue)?.model) {
    const best = bestTimeToday(queue.typical, toWeekly(spans, here.weekday), here.weekday, here.time);
    if (best === null) return null;
    if (opening.open && best.hour === Number(here.time.slice(0, 2))) return 'now' as const;
    return { from: formats.time(hour(best.hour)), to: formats.time(hour(best.hour + 1)) };
  }
  const rows = todayOf(queue, hours);
  const best = shortest(rows);
  if (!best) return null;
  if (opening.open && best === rows[0]) return 'now' as const;
  return { from: formats.time(best.from), to: formats.time(halfHourAfter(best.from)) };
}

/** The days after today that are open, by half hour; null without a forecast. */
export function weekView({ queue }: Pick<Queue, 'queue'>, { week }: Hours, formats: Formats) {
  const model = learnedOf(queue)?.model;
  if (!model) return null;
  const days = week.slice(1).filter(({ spans }) => spans.length > 0);
  const forecasts = days.map(({ date, spans }, index) => ({
    date,
    rows: forecastDay(model, { date, spans }, index + 1, null),
  }));
  const best = shortest(forecasts.flatMap(({ date, rows }) => rows.map((row) => ({ date, ...row }))));
  if (!best) return null;
  const times = [...new Set(forecasts.flatMap(({ rows }) => rows.map(({ from }) => from)))].sort();
  return {
    best: {
      day: formats.weekday(best.date),
      from: formats.time(best.from),
      to: formats.time(halfHourAfter(best.from)),
      low: best.low,
      high: best.high,
    },
    days: forecasts.map(({ date }) => formats.weekday(date)),
    rows: times.map((from) => ({
      from: formats.time(from),
      /** Null where it is closed. */
      cells: forecasts.map(({ rows }) => rangeOf(rows.find((row) => row.from === from) ?? null, formats)),
    })),
    measured: measuredOf({ queue }),
  };
}

function rangeOf(row: { readonly low: number; readonly high: number } | null, { number }: Formats): string | null {
  if (row === null) return null;
  return row.low === row.high ? number(row.low) : `${number(row.low)}–${number(row.high)}`;
}

function measuredOf({ queue }: Pick<Queue, 'queue'>): number | null {
  const measured = learnedOf(queue)?.model?.measured;
  return measured ? Math.round((100 * measured.inside) / measured.of) : null;
}

/** The earliest wins a tie. */
function shortest<Row extends { readonly median: number; readonly high: number }>(rows: readonly Row[]): Row | null {
  return rows.toSorted((a, b) => a.median - b.median || a.high - b.high)[0] ?? null;
}

const toWeekly = (spans: Hours['spans'], weekday: number) => spans.map((span) => ({ ...span, weekday }));

const hour = (of: number) => `${String(of % 24).padStart(2, '0')}:00`;

function halfHourAfter(time: string): string {
  const minutes = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + 30) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
