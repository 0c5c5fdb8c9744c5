import { Temporal } from 'temporal-polyfill';

/** A calendar's rows, Monday first: seven ISO dates each, null outside the month. @param month YYYY-MM */
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

/** First and last day of a month, as ISO dates. */
export function daysOfMonth(month: string): { readonly from: string; readonly until: string } {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return { from: `${month}-01`, until: `${month}-${String(daysInMonth).padStart(2, '0')}` };
}

/** YYYY-MM of a calendar that people may ask for; null for anything else. */
export const monthIn = (text: string | null): string | null =>
  text !== null && /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : null;
