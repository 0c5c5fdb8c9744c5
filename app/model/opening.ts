/** Opening hours of a counter or phone line. Weekdays are 1 (Monday) to 7; times are local HH:MM. */
export interface OpenHours {
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

export type Opening =
  | { readonly open: true; readonly closes: string }
  /** `inDays` 0 = later today. */
  | { readonly open: false; readonly next: { readonly inDays: number; readonly opens: string } | null };

/** Local HH:MM. */
export type Span = Pick<OpenHours, 'opens' | 'closes'>;

/** The hours of the day so many days from now, where they are not the weekly ones; none on a day that it stays closed. */
export type Exceptions = (inDays: number) => readonly Span[] | null;

const NO_EXCEPTIONS: Exceptions = () => null;

/** @param time local HH:MM */
export function openingAt(
  hours: readonly OpenHours[],
  weekday: number,
  time: string,
  exceptions = NO_EXCEPTIONS,
): Opening {
  const now = spansIn(hours, weekday, 0, exceptions).find(({ opens, closes }) => opens <= time && time < closes);
  if (now) return { open: true, closes: now.closes };
  for (let inDays = 0; inDays <= DAYS_AHEAD; inDays += 1) {
    const first = spansIn(hours, weekday, inDays, exceptions).find(({ opens }) => inDays > 0 || opens > time);
    if (first) return { open: false, next: { inDays, opens: first.opens } };
  }
  return { open: false, next: null };
}

/** When it is open so many days after a day of this weekday, the earliest first. */
export function spansIn(
  hours: readonly OpenHours[],
  weekday: number,
  inDays: number,
  exceptions = NO_EXCEPTIONS,
): readonly Span[] {
  const day = ((weekday - 1 + inDays) % 7) + 1;
  const spans = exceptions(inDays) ?? hours.filter((span) => span.weekday === day);
  return [...spans].sort((a, b) => a.opens.localeCompare(b.opens));
}

/** More than a week, since a weekly opening may fall on a holiday. */
const DAYS_AHEAD = 14;

/** Days on which the hours are not the weekly ones, such as a day of training, or a holiday on which it is open. */
export interface SpecialDays {
  /** ISO dates, both included. */
  readonly on: string;
  readonly until: string;
  /** None: closed. */
  readonly openingHours: readonly Span[];
  /** Ids of lines and keys of desks; none: all of them. */
  readonly only: readonly string[];
}

/** The special days of a line or desk on a date; the first of the list wins. */
export const specialOn = <T extends SpecialDays>(days: readonly T[], id: string, date: string): T | null =>
  days.find(({ on, until, only }) => on <= date && date <= until && (only.length === 0 || only.includes(id))) ?? null;

/** The usual wait of a line in an hour of the week, in minutes. */
export interface TypicalWait {
  readonly weekday: number;
  readonly hour: number;
  readonly minutes: number;
}

/**
 * The hour with the shortest usual wait in the rest of today; the earliest wins a tie. Null when the line does not open
 * again today or no waits are known.
 */
export function bestTimeToday(
  typical: readonly TypicalWait[],
  hours: readonly OpenHours[],
  weekday: number,
  time: string,
): TypicalWait | null {
  const hourNow = Number(time.slice(0, 2));
  const possible = typical
    .filter((wait) => wait.weekday === weekday && wait.hour >= hourNow)
    .filter((wait) => openingAt(hours, weekday, wait.hour === hourNow ? time : `${pad(wait.hour)}:00`).open)
    .sort((a, b) => a.minutes - b.minutes || a.hour - b.hour);
  return possible[0] ?? null;
}

const pad = (hour: number) => String(hour).padStart(2, '0');
