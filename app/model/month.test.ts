import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOfMonth, monthAfter, parseDay, parseMonth, weeksOf } from './month';
import { addDays, weekdayOf } from './time';

const month = fc
  .record({ year: fc.integer({ min: 2020, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month: number }) => `${year}-${String(number).padStart(2, '0')}`);

test("a month's table has every day once, under its weekday", () => {
  fc.assert(
    fc.property(month, (text) => {
      const weeks = weeksOf(text);
      const days = weeks.flat().filter((day) => day !== null);
      const { from, until } = daysOfMonth(text);
      expect(days[0]).toBe(from);
      expect(days.at(-1)).toBe(until);
      for (const [index, day] of days.entries()) expect(day).toBe(addDays(from, index));
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        for (const [column, day] of week.entries()) if (day) expect(weekdayOf(day)).toBe(column + 1);
      }
      expect(daysOfMonth(monthAfter(text)).from).toBe(addDays(until, 1));
    }),
  );
});

test('only YYYY-MM is a month', () => {
  expect(parseMonth('2026-03', '2026-03')).toBe('2026-03');
  for (const text of [null, '', '2026-3', '2026-13', '2026-00', '2026-03-01', '2026-03\n', '99999-03'])
    expect(parseMonth(text, '2026-03')).toBeNull();
});

test('a past or distant month becomes the nearest allowed one', () => {
  const texts = ['2001-01', '2026-02', '2026-03', '2027-03', '2027-04', '2099-01', '9999-12'];
  expect(texts.map((text) => parseMonth(text, '2026-03'))).toEqual([
    '2026-03',
    '2026-03',
    '2026-03',
    '2027-03',
    '2027-03',
    '2027-03',
    '2027-03',
  ]);
});

test('only an allowed day can be searched from', () => {
  for (const text of ['2026-03-02', '2026-03-31', '2026-04-30', '2027-02-28', '2027-03-31'])
    expect(parseDay(text, '2026-03-02')).toBe(text);
  const none = ['2026-03-01', '2020-01-01', '2027-04-01', '9999-12-31'];
  const no = [
    null,
    '',
    '2026-99-99',
    '2026-04-31',
    '2027-02-29',
    '2026-05-00',
    '2026-3-9',
    '2026-05-01\n',
    '2026-05-011',
  ];
  for (const text of [...none, ...no]) expect(parseDay(text, '2026-03-02')).toBeNull();
});
