import { Temporal } from 'temporal-polyfill';

/** The general holidays (Algemene termijnenwet, art. 3). */
const HOLIDAY_OF = {
  'new-year': (year) => on(year, 1, 1),
  'good-friday': (_, easter) => easter.subtract({ days: 2 }),
  'easter-monday': (_, easter) => easter.add({ days: 1 }),
  'kings-day': (year) => (on(year, 4, 27).dayOfWeek === 7 ? on(year, 4, 26) : on(year, 4, 27)),
  'liberation-day': (year) => on(year, 5, 5),
  'ascension-day': (_, easter) => easter.add({ days: 39 }),
  'whit-monday': (_, easter) => easter.add({ days: 50 }),
  'christmas-day': (year) => on(year, 12, 25),
  'second-christmas-day': (year) => on(year, 12, 26),
} as const satisfies Readonly<Record<string, (year: number, easter: Temporal.PlainDate) => Temporal.PlainDate>>;
export type Holiday = keyof typeof HOLIDAY_OF;

/**
 * Days that a royal decree equates with a general holiday in one year (Algemene termijnenwet, art. 3, third paragraph),
 * by year. A year without a decree has an empty list, so that a year that nobody has looked up yet can be told apart.
 */
export interface EquatedDays {
  readonly [year: number]: readonly string[];
}

/** Days on which no term ends. */
export interface FreeDays {
  /** 1 (Monday) to 7 (Sunday); never all of them. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly Holiday[];
  readonly equated: EquatedDays;
}

/** Known from a secondary source that quotes the decree; to be extended each year. */
export const DUTCH_EQUATED_DAYS: EquatedDays = {
  2026: ['2026-01-02', '2026-05-15'],
  2027: ['2027-05-07'],
  2028: ['2028-04-28', '2028-05-26'],
};

export const DUTCH_FREE_DAYS: FreeDays = {
  weekdays: [6, 7],
  holidays: [
    ...(['new-year', 'good-friday', 'easter-monday', 'kings-day', 'liberation-day'] as const),
    ...(['ascension-day', 'whit-monday', 'christmas-day', 'second-christmas-day'] as const),
  ],
  equated: DUTCH_EQUATED_DAYS,
};

/** Whether the equated days of a year were looked up. Terms that end in another year may be a day or more too short. */
export const knowsEquatedDays = (year: number, free: FreeDays = DUTCH_FREE_DAYS): boolean =>
  free.equated[year] !== undefined;

/** Why no term ends on a day: the weekday, the holiday's name or the decree. Null: a working day. */
export function whyFree(date: string, free: FreeDays = DUTCH_FREE_DAYS): 'weekend' | 'equated' | Holiday | null {
  const day = Temporal.PlainDate.from(date);
  const easter = easterOf(day.year);
  const holiday = free.holidays.find((name) => HOLIDAY_OF[name](day.year, easter).equals(day));
  if (holiday) return holiday;
  if (free.equated[day.year]?.includes(date)) return 'equated';
  return free.weekdays.includes(day.dayOfWeek) ? 'weekend' : null;
}

/** The first day on or after `date` that is not free. */
export function nextWorkingDay(date: string, free: FreeDays = DUTCH_FREE_DAYS): string {
  let day = Temporal.PlainDate.from(date);
  while (free.weekdays.includes(day.dayOfWeek) || holidaysOf(day.year, free).has(day.toString()))
    day = day.add({ days: 1 });
  return day.toString();
}

const holidayCache = new Map<FreeDays, Map<number, ReadonlySet<string>>>();

/** ISO dates of the holidays of a year, the equated days included. */
export function holidaysOf(year: number, free: FreeDays = DUTCH_FREE_DAYS): ReadonlySet<string> {
  const years = holidayCache.get(free) ?? new Map<number, ReadonlySet<string>>();
  holidayCache.set(free, years);
  const remembered = years.get(year);
  if (remembered) return remembered;
  const easter = easterOf(year);
  const general = free.holidays.map((name) => HOLIDAY_OF[name](year, easter).toString());
  const holidays = new Set([...general, ...(free.equated[year] ?? [])]);
  years.set(year, holidays);
  return holidays;
}

const on = (year: number, month: number, day: number) => Temporal.PlainDate.from({ year, month, day });

/** Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991). */
function easterOf(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(f / 31), day: (f % 31) + 1 });
}
