import { expect, test } from 'vitest';
import { forecastToday } from './queue-forecast';

const MONDAY = 1;
const typical = [
  { weekday: MONDAY, hour: 9, minutes: 10 },
  { weekday: MONDAY, hour: 10, minutes: 30 },
  { weekday: 2, hour: 9, minutes: 90 },
];
const spans = [{ opens: '09:00', closes: '11:00' }];
const on = (time: string, waitNow: number | null = null) =>
  forecastToday(typical, spans, { weekday: MONDAY, time, waitNow });

test('before opening every half hour of the day follows the usual waits', () => {
  expect(on('07:00')).toEqual([
    { from: '09:00', minutes: 10 },
    { from: '09:30', minutes: 15 },
    { from: '10:00', minutes: 25 },
    { from: '10:30', minutes: 30 },
  ]);
});

test('a longer queue than usual wears off', () => {
  const usual = on('09:35');
  const busy = on('09:35', 60);
  expect(busy.map(({ from }) => from)).toEqual(['09:30', '10:00', '10:30']);
  const over = busy.map(({ minutes }, index) => minutes - (usual[index]?.minutes ?? 0));
  expect(over).toEqual([...over].sort((a, b) => b - a));
  expect(over.at(0)).toBeGreaterThan(over.at(-1) ?? 0);
});

test('no wait is less than none', () => {
  expect(on('10:10', 0).every(({ minutes }) => minutes >= 0)).toBe(true);
});

test('is empty after closing, on a closed day and without usual waits', () => {
  expect(on('11:00')).toEqual([]);
  expect(forecastToday(typical, [], { weekday: MONDAY, time: '09:00', waitNow: 5 })).toEqual([]);
  expect(forecastToday([], spans, { weekday: MONDAY, time: '09:00', waitNow: 5 })).toEqual([]);
});
