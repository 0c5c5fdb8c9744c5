import { Temporal } from 'temporal-polyfill';

/** ISO date of an instant in a zone. */
export function dateIn(zone: string, instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * The day (ISO date) of a moment as a backend writes it. An instant has the day of `zone`; a wall time or a bare date has
 * its own. Null when it can't be read.
 */
export function dayOf(moment: string, zone: string): string | null {
  return wallMomentOf(moment, zone)?.toPlainDate().toString() ?? null;
}

/** The wall time (ISO, to the minute) of a moment as a backend writes it, in `zone` when it is an instant. Null: unreadable. */
export function wallTextOf(moment: string, zone: string): string | null {
  return wallMomentOf(moment, zone)?.toString({ smallestUnit: 'minute' }) ?? null;
}

function wallMomentOf(moment: string, zone: string): Temporal.PlainDateTime | null {
  // XML writes a date with a zone, which moves no day.
  const text = moment.replace(/^(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:?\d\d)$/i, '$1');
  try {
    return /[T ].*(Z|[+-]\d\d:?\d\d)$/i.test(text)
      ? Temporal.Instant.from(text).toZonedDateTimeISO(zone).toPlainDateTime()
      : Temporal.PlainDateTime.from(text);
  } catch {
    return null;
  }
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Days from `from` to `to` (ISO dates); negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
}

/** 1 (Monday) to 7 (Sunday). Without Temporal, since a page calls it for hundreds of slots. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/**
 * The instant of a wall time in a zone. Null when the zone skips or repeats that time (clock change), so ambiguous
 * slots are never offered.
 */
export function instantOf(localDate: string, localTime: string, zone: string): Temporal.Instant | null {
  try {
    return Temporal.PlainDateTime.from(`${localDate}T${localTime}`)
      .toZonedDateTime(zone, { disambiguation: 'reject' })
      .toInstant();
  } catch {
    return null;
  }
}

/** The wall time (ISO date, HH:mm) of an instant in a zone; null for an invalid instant. */
export function wallTimeOf(epochMilliseconds: number, zone: string): { date: string; time: string } | null {
  try {
    const local = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(zone);
    return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) };
  } catch {
    return null;
  }
}

/** Whether a wall time (HH:mm) lies within so many hours after another, over midnight too. */
export function isWithinHours(time: string, from: string, hours: number): boolean {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  return (minutes(time) - minutes(from) + 1440) % 1440 < 60 * hours;
}
