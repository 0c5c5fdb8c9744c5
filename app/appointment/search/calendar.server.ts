import type { CalendarDay, CalendarView } from '~/appointment/views';
import { addressOf, type Wishes } from '~/appointment/wishes.server';
import { formatsOf } from '~/i18n/format.server';
import type { Slot } from '~/model/appointment';
import type { Language } from '~/model/language';
import { lastMonth, monthAfter, weeksOf } from '~/model/month';

// Any Monday: its week gives the days their names.
const A_WEEK = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-06', '2024-01-07'];

const namesOfDays = new Map<string, readonly string[]>();

/** The names of the days of the week, Monday first. */
export function weekdayNames(language: Language, width: 'long' | 'short' | 'narrow'): readonly string[] {
  const key = `${language} ${width}`;
  let names = namesOfDays.get(key);
  if (!names) {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { weekday: width, timeZone: 'UTC' });
    names = A_WEEK.map((date) => format.format(Date.parse(date)));
    namesOfDays.set(key, names);
  }
  return names;
}

/** The widest that a seventh of a phone has room for; Arabic's and Persian's short names are the whole ones. */
const COLUMN_LETTERS = 5;

/** What stands above the days of a month; the whole name is there for those who hear it. */
export function columnNames(language: Language): readonly string[] {
  const short = weekdayNames(language, 'short');
  return short.some((name) => name.length > COLUMN_LETTERS) ? weekdayNames(language, 'narrow') : short;
}

/** A month as a table of days, each with how many times are free and where they stand. @param present YYYY-MM of now */
export function calendarView(
  month: string,
  present: string,
  slots: readonly Slot[],
  wishes: Wishes,
  language: Language,
): CalendarView {
  const formats = formatsOf(language);
  const free = new Map<string, number>();
  for (const { date } of slots) free.set(date, (free.get(date) ?? 0) + 1);
  const [short, long] = [columnNames(language), weekdayNames(language, 'long')];
  const dayOf = (date: string): CalendarDay => ({
    date,
    number: formats.number(Number(date.slice(8))),
    day: formats.weekday(date),
    free: free.get(date) ?? 0,
    address: free.has(date) ? addressOf(wishes, { month: null, from: date }) : null,
  });
  return {
    month: formats.month(month),
    weekdays: long.map((name, index) => ({ long: name, short: short[index] ?? name })),
    weeks: weeksOf(month).map((week) => week.map((date) => (date === null ? null : dayOf(date)))),
    previous: month > present ? addressOf(wishes, { month: monthAfter(month, -1), from: null }) : null,
    next: month < lastMonth(present) ? addressOf(wishes, { month: monthAfter(month), from: null }) : null,
  };
}
