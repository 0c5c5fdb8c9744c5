import { weekdayNames } from '~/appointment/weekdays.server';
import { addressOf, type Wishes } from '~/appointment/wishes.server';
import { formatsOf } from '~/i18n/format.server';
import type { Slot } from '~/model/appointment';
import type { Language } from '~/model/language';
import { lastMonth, monthAfter, weeksOf } from '~/model/month';

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
) {
  const formats = formatsOf(language);
  const free = new Map<string, number>();
  for (const { date } of slots) free.set(date, (free.get(date) ?? 0) + 1);
  const [short, long] = [columnNames(language), weekdayNames(language, 'long')];
  const dayOf = (date: string) => ({
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

export type CalendarView = ReturnType<typeof calendarView>;

export type CalendarDay = NonNullable<CalendarView['weeks'][number][number]>;
