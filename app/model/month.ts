import { Temporal } from 'temporal-polyfill';

/** Calendar rows, Monday first: seven ISO dates each, null outside the month. @param month YYYY-MM */
export function weeksOf(month: string): (string | null)[][] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  const first = Temporal.PlainDate.from(`${month}-01`);
  const before = Array.from({ length: first.dayOfWeek - 1 }, () => null);
  const days = Array.from({ length: daysInMonth }, (_, index) => first.add({ days: index }).toString());
  const cells = [...before, ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7));
}

export const monthAfter = (month: string, months = 1): string =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString();

/** First and last day of a month, ISO dates. */
export function daysOfMonth(month: string): { readonly from: string; readonly until: string } {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return { from: `${month}-01`, until: `${month}-${String(daysInMonth).padStart(2, '0')}` };
}

const MONTHS_AHEAD = 12;

/** The last month that can be chosen. @param present the current month, YYYY-MM */
export const lastMonth = (present: string): string => monthAfter(present, MONTHS_AHEAD);

/** Parses YYYY-MM. A past or too distant month becomes the nearest allowed one; null when it is not a month. */
export function parseMonth(text: string | null, present: string): string | null {
  if (text === null || !/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return null;
  return [present, text, lastMonth(present)].sort()[1] ?? null;
}

/** Parses an ISO date from which to search; null when it is past, too distant or not a day. */
export function parseDay(text: string | null, present: string): string | null {
  if (text === null || text < present || text > daysOfMonth(lastMonth(present.slice(0, 7))).until) return null;
  const month = /^(\d{4}-(?:0[1-9]|1[0-2]))-\d\d$/.exec(text)?.[1];
  return month && text.slice(8) !== '00' && text <= daysOfMonth(month).until ? text : null;
}
