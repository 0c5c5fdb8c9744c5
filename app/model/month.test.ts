import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOfMonth, monthAfter, monthIn, weeksOf } from './month';
import { addDays, weekdayOf } from './time';

const month = fc
  .record({ year: fc.integer({ min: 2020, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month: number }) => `${year}-${String(number).padStart(2, '0')}`);

test('a month’s table has every day once, in order, each under its weekday', () => {
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

test('only a month is a month', () => {
  expect(monthIn('2026-03')).toBe('2026-03');
  for (const text of [null, '', '2026-3', '2026-13', '2026-00', '1026-03', '2026-03-01', '2026-03\n'])
    expect(monthIn(text)).toBeNull();
});
