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

/**
 * @param time local HH:MM
 * @param isClosed whether it stays closed all day so many days from now, as on a public holiday
 */
export function openingAt(
  hours: readonly OpenHours[],
  weekday: number,
  time: string,
  isClosed: (inDays: number) => boolean = () => false,
): Opening {
  const now = isClosed(0)
    ? undefined
    : hours.find((span) => span.weekday === weekday && span.opens <= time && time < span.closes);
  if (now) return { open: true, closes: now.closes };
  for (let inDays = 0; inDays <= DAYS_AHEAD; inDays += 1) {
    if (isClosed(inDays)) continue;
    const day = ((weekday - 1 + inDays) % 7) + 1;
    const spans = hours.filter((span) => span.weekday === day && (inDays > 0 || span.opens > time));
    const [first] = spans.map((span) => span.opens).sort();
    if (first) return { open: false, next: { inDays, opens: first } };
  }
  return { open: false, next: null };
}

/** More than a week, since a weekly opening may fall on a holiday. */
const DAYS_AHEAD = 14;

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
