import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUTCH_LAW } from '../../tests/agency/agency';
import { addDays, daysBetween, weekdayOf } from './time';
import * as days from './working-days';

const dates = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1995-01-01', days));
const free = DUTCH_LAW.freeDays;
const nextWorkingDay = (date: string) => days.nextWorkingDay(date, free);
const holidaysOf = (year: number) => days.holidaysOf(year, free);
const isFree = (date: string) => weekdayOf(date) > 5 || holidaysOf(Number(date.slice(0, 4))).has(date);

describe('a term that ends on a free day', () => {
  test('moves to the next working day', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const end = nextWorkingDay(date);
        expect(isFree(end)).toBe(false);
        const between = Array.from({ length: daysBetween(date, end) }, (_, day) => addDays(date, day));
        expect(between.filter((day) => !isFree(day))).toEqual([]);
      }),
    );
  });

  test('moves once, and later terms never end earlier', () => {
    fc.assert(
      fc.property(dates, fc.nat(10), (date, days) => {
        expect(nextWorkingDay(nextWorkingDay(date))).toBe(nextWorkingDay(date));
        expect(nextWorkingDay(addDays(date, days)) >= nextWorkingDay(date)).toBe(true);
      }),
    );
  });

  test.each([
    ['a Saturday', '2026-03-07', '2026-03-09'],
    ['a Sunday', '2026-03-08', '2026-03-09'],
    ['a working day', '2026-03-09', '2026-03-09'],
    ['Good Friday, with Easter after it', '2026-04-03', '2026-04-07'],
    ['Ascension Day, with an equated day after it', '2026-05-14', '2026-05-18'],
    ['Ascension Day without one', '2025-05-29', '2025-05-30'],
    ['an equated day', '2026-01-02', '2026-01-05'],
    ['Whit Sunday', '2026-05-24', '2026-05-26'],
    ['Christmas and a weekend', '2026-12-25', '2026-12-28'],
    ['the last Saturday of a year that is followed by New Year', '2033-12-31', '2034-01-02'],
    ['a New Year on a Friday', '2027-01-01', '2027-01-04'],
  ])('%s', (_what, date, end) => {
    expect(nextWorkingDay(date)).toBe(end);
  });

  test('an invalid date throws', () => {
    expect(() => nextWorkingDay('2026-02-30x')).toThrow(RangeError);
  });
});

describe('holidays', () => {
  // Published Easter Sundays, including the earliest and the latest possible.
  test.each([
    '1961-04-02',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2038-04-25',
    '2285-03-22',
  ])('follow Easter of %s', (easter) => {
    const holidays = holidaysOf(Number(easter.slice(0, 4)));
    for (const days of [-2, 1, 39, 50]) expect(holidays).toContain(addDays(easter, days));
  });

  test("include King's Day, on the Saturday when the 27th is a Sunday", () => {
    expect(holidaysOf(2026)).toContain('2026-04-27');
    expect(holidaysOf(2026)).not.toContain('2026-04-26');
    for (const year of [2014, 2025, 2031]) {
      expect(holidaysOf(year)).toContain(`${year}-04-26`);
      expect(holidaysOf(year)).not.toContain(`${year}-04-27`);
    }
  });

  test('number nine a year, or eight when two coincide, besides equated days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1965, max: 2299 }), (year) => {
        const holidays = [...holidaysOf(year)];
        expect(holidays.every((day) => day.startsWith(`${year}-`))).toBe(true);
        expect([8, 9]).toContain(holidays.length - (free.listed?.[year]?.length ?? 0));
      }),
    );
    // 5 May 2016 was Ascension Day too.
    expect(holidaysOf(2016).size).toBe(8);
  });
});
