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

/** Days on which no term ends. */
export interface FreeDays {
  /** 1 (Monday) to 7 (Sunday); never all of them. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly Holiday[];
}

export const DUTCH_FREE_DAYS: FreeDays = {
  weekdays: [6, 7],
  holidays: [
    ...(['new-year', 'good-friday', 'easter-monday', 'kings-day', 'liberation-day'] as const),
    ...(['ascension-day', 'whit-monday', 'christmas-day', 'second-christmas-day'] as const),
  ],
};

/** The first day on or after `date` that is not free. */
export function nextWorkingDay(date: string, free: FreeDays = DUTCH_FREE_DAYS): string {
  let day = Temporal.PlainDate.from(date);
  while (free.weekdays.includes(day.dayOfWeek) || holidaysOf(day.year, free).has(day.toString()))
    day = day.add({ days: 1 });
  return day.toString();
}

const holidayCache = new Map<FreeDays, Map<number, ReadonlySet<string>>>();

/** ISO dates of the holidays of a year. */
export function holidaysOf(year: number, free: FreeDays = DUTCH_FREE_DAYS): ReadonlySet<string> {
  const years = holidayCache.get(free) ?? new Map<number, ReadonlySet<string>>();
  holidayCache.set(free, years);
  const remembered = years.get(year);
  if (remembered) return remembered;
  const easter = easterOf(year);
  const holidays = new Set(free.holidays.map((name) => HOLIDAY_OF[name](year, easter).toString()));
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
