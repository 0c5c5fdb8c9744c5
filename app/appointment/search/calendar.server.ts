import { type SlotQuery, slotQueryAddress } from '~/appointment/slot-query.server';
import { weekdayNames } from '~/appointment/weekdays.server';
import { formatsOf } from '~/i18n/format.server';
import type { Slot } from '~/model/appointment';
import type { Language } from '~/model/language';
import { lastMonth, monthAfter, weeksOf } from '~/model/month';

/** The longest column name that fits a seventh of a phone; short Arabic and Persian names are full names. */
const COLUMN_LETTERS = 5;

/** The names above the columns of a month; screen readers get the full names. */
export function columnNames(language: Language): readonly string[] {
  const short = weekdayNames(language, 'short');
  return short.some((name) => name.length > COLUMN_LETTERS) ? weekdayNames(language, 'narrow') : short;
}

/**
 * The view model of a month: each day with its number of free slots and a link to them.
 *
 * @param present the current month, YYYY-MM
 * @param until the last day by which the person must come, ISO date; null without one
 */
export function calendarView(
  month: string,
  { present, until }: { readonly present: string; readonly until: string | null },
  slots: readonly Slot[],
  wishes: SlotQuery,
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
    late: until !== null && date > until,
    address: free.has(date) ? slotQueryAddress(wishes, { month: null, from: date }) : null,
  });
  return {
    month: formats.month(month),
    weekdays: long.map((name, index) => ({ long: name, short: short[index] ?? name })),
    weeks: weeksOf(month).map((week) => week.map((date) => (date === null ? null : dayOf(date)))),
    previous: month > present ? slotQueryAddress(wishes, { month: monthAfter(month, -1), from: null }) : null,
    next: month < lastMonth(present) ? slotQueryAddress(wishes, { month: monthAfter(month), from: null }) : null,
  };
}

export type CalendarView = ReturnType<typeof calendarView>;

export type CalendarDay = NonNullable<CalendarView['weeks'][number][number]>;
