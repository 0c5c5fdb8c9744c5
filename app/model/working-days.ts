import { Temporal } from 'temporal-polyfill';

/** A public holiday of each year: on a date (MM-DD), or so many days after Easter Sunday. */
export type Holiday = { readonly name: string } & (
  | {
      readonly on: string;
      /** Where it is kept when that day is a Sunday; null: on the day itself. */
      readonly ifSunday: string | null;
    }
  | { readonly easter: number }
);

/** Days on which no term ends. */
export interface FreeDays {
  /** 1 (Monday) to 7 (Sunday); never all of them. */
  readonly weekdays: readonly number[];
  readonly holidays: readonly Holiday[];
  /**
   * Days of one year only, by year. A year without any has an empty list, so that a year that nobody has looked up yet can
   * be told apart. Null: the law has no such days.
   */
  readonly listed: { readonly [year: number]: readonly string[] } | null;
}

/** Whether a year's days were looked up. Terms that end in another year may be a day or more too short. */
export const knowsListedDays = (year: number, { listed }: FreeDays): boolean =>
  listed === null || listed[year] !== undefined;

/** Why no term ends on a day: the weekday, the holiday's name, or since it is listed. Null: a working day. */
export function whyFree(date: string, free: FreeDays): string | null {
  const day = Temporal.PlainDate.from(date);
  const holiday = free.holidays.find((one) => dayOf(one, day.year).equals(day));
  if (holiday) return holiday.name;
  if (free.listed?.[day.year]?.includes(date)) return 'listed';
  return free.weekdays.includes(day.dayOfWeek) ? 'weekend' : null;
}

/** Whether a day is a public holiday, on which offices are closed whatever their weekly hours. */
export const isHoliday = (date: string, { holidays }: FreeDays): boolean => {
  const day = Temporal.PlainDate.from(date);
  return holidays.some((holiday) => dayOf(holiday, day.year).equals(day));
};

/** The first day on or after `date` that is not free. */
export function nextWorkingDay(date: string, free: FreeDays): string {
  let day = Temporal.PlainDate.from(date);
  while (free.weekdays.includes(day.dayOfWeek) || holidaysOf(day.year, free).has(day.toString()))
    day = day.add({ days: 1 });
  return day.toString();
}

const holidayCache = new WeakMap<FreeDays, Map<number, ReadonlySet<string>>>();

/** ISO dates of the holidays of a year, the listed days included. */
export function holidaysOf(year: number, free: FreeDays): ReadonlySet<string> {
  const years = holidayCache.get(free) ?? new Map<number, ReadonlySet<string>>();
  holidayCache.set(free, years);
  const remembered = years.get(year);
  if (remembered) return remembered;
  const general = free.holidays.map((holiday) => dayOf(holiday, year).toString());
  const holidays = new Set([...general, ...(free.listed?.[year] ?? [])]);
  years.set(year, holidays);
  return holidays;
}

function dayOf(holiday: Holiday, year: number): Temporal.PlainDate {
  if ('easter' in holiday) return easterOf(year).add({ days: holiday.easter });
  const day = Temporal.PlainDate.from(`${year}-${holiday.on}`);
  return holiday.ifSunday !== null && day.dayOfWeek === 7
    ? Temporal.PlainDate.from(`${year}-${holiday.ifSunday}`)
    : day;
}

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
