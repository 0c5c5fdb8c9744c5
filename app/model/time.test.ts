import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addDays, dateIn, dayOf, daysBetween, instantOf, isWithinHours, wallTextOf, weekdayOf } from './time';

/**
 * Zones with every kind of clock change: usual, half an hour, none at an odd offset, reversed for Ramadan, a skipped
 * day.
 */
const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
] as const;
const CHANGE_DAYS: Readonly<Record<(typeof ZONES)[number], readonly string[]>> = {
  'Europe/Amsterdam': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
  'Asia/Kathmandu': ['1986-01-01'],
  'Africa/Casablanca': ['2026-02-15', '2026-03-22'],
  'Pacific/Apia': ['2011-12-30', '2012-04-01', '2012-09-30'],
};

const MINUTE = 60_000;
const wall = (date: string, minute: number) =>
  `${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const clocks = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);
/** The wall time of a zone by the platform's own tables. */
const clockAt = (zone: (typeof ZONES)[number], epochMs: number) =>
  (clocks.get(zone)?.format(epochMs) ?? '').replace(' ', 'T');

/** All moments with this wall time: none when skipped, two when repeated. */
function momentsOf(zone: (typeof ZONES)[number], shown: string): number[] {
  const asUtc = Date.parse(`${shown}Z`);
  const offsets = new Set<number>();
  for (let hours = -36; hours <= 36; hours += 3) {
    const near = asUtc + hours * 60 * MINUTE;
    offsets.add(Date.parse(`${clockAt(zone, near)}Z`) - near);
  }
  return [...offsets].map((offset) => asUtc - offset).filter((moment) => clockAt(zone, moment) === shown);
}

describe('the instant of a wall time', () => {
  test.each(ZONES)('in %s is null exactly for skipped and repeated times', (zone) => {
    const days = fc.oneof(
      fc.constantFrom(...CHANGE_DAYS[zone]),
      fc.integer({ min: 0, max: 3_650 }).map((day) => addDays('2022-01-01', day)),
    );
    fc.assert(
      fc.property(days, fc.oneof(fc.nat(239), fc.nat(1439)), (date, minute) => {
        const shown = wall(date, minute);
        const [moment, second] = momentsOf(zone, shown);
        const instant = instantOf(date, shown.slice(11), zone);
        expect(instant?.epochMilliseconds).toBe(second === undefined ? moment : undefined);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['Europe/Amsterdam', '2026-03-29', '02:30'],
    ['Europe/Amsterdam', '2026-10-25', '02:30'],
    ['America/New_York', '2026-03-08', '02:00'],
    ['America/New_York', '2026-11-01', '01:59'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45'],
    ['Asia/Kathmandu', '1986-01-01', '00:10'],
    ['Africa/Casablanca', '2026-02-15', '02:30'],
    ['Africa/Casablanca', '2026-03-22', '02:30'],
    ['Pacific/Apia', '2011-12-30', '12:00'],
  ])('in %s does not exist on %s at %s', (zone, date, time) => {
    expect(instantOf(date, time, zone)).toBeNull();
  });

  test.each([
    ['Europe/Amsterdam', '2026-03-29', '01:59', '2026-03-29T00:59:00Z'],
    ['Europe/Amsterdam', '2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:30', '2026-10-03T15:30:00Z'],
    ['Asia/Kathmandu', '2026-03-02', '09:00', '2026-03-02T03:15:00Z'],
    ['Pacific/Apia', '2011-12-31', '00:00', '2011-12-30T10:00:00Z'],
  ])('in %s on %s at %s is %s', (zone, date, time, instant) => {
    expect(instantOf(date, time, zone)?.toString()).toBe(instant);
  });

  test.each([
    ['2026-02-30', '09:00', 'Europe/Amsterdam'],
    ['2026-03-02', '25:00', 'Europe/Amsterdam'],
    ['2026-03-02', '', 'Europe/Amsterdam'],
    ['2026-03-02', '09:00', 'Mars/Olympus'],
  ])('of %s %s in %s is null', (date, time, zone) => {
    expect(instantOf(date, time, zone)).toBeNull();
  });
});

describe('dates', () => {
  const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));

  test('add and subtract consistently, weekdays in turn', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4_000, max: 4_000 }), (date, days) => {
        const other = addDays(date, days);
        expect(daysBetween(date, other)).toBe(days);
        expect(daysBetween(other, date)).toBe(0 - days);
        expect((((weekdayOf(other) - weekdayOf(date) - days) % 7) + 7) % 7).toBe(0);
      }),
    );
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect([weekdayOf('2026-03-02'), weekdayOf('2026-03-08')]).toEqual([1, 7]);
  });

  test('of one instant differ between zones', () => {
    const instant = Temporal.Instant.from('2026-03-02T23:30:00Z');
    expect(dateIn('Europe/Amsterdam', instant)).toBe('2026-03-03');
    expect(dateIn('America/New_York', instant)).toBe('2026-03-02');
  });
});

describe('a day or time of a backend', () => {
  const zone = 'Europe/Amsterdam';

  test.each([
    ['2026-03-01T23:30:00Z', '2026-03-02', '2026-03-02T00:30'],
    ['2026-03-01T23:30:00+00:00', '2026-03-02', '2026-03-02T00:30'],
    ['2026-07-01T22:15:30.123Z', '2026-07-02', '2026-07-02T00:15'],
    ['2026-03-02T09:30', '2026-03-02', '2026-03-02T09:30'],
    ['2026-03-02', '2026-03-02', '2026-03-02T00:00'],
    ['', null, null],
    ['.', null, null],
    ['2026-02-30', null, null],
  ])('%s is on %s', (moment, day, wall) => {
    expect(dayOf(moment, zone)).toBe(day);
    expect(wallTextOf(moment, zone)).toBe(wall);
  });
});

test.each([
  ['02:00', '02:00', true],
  ['01:59', '02:00', false],
  ['06:59', '02:00', true],
  ['07:00', '02:00', false],
  ['23:10', '23:00', true],
  ['03:59', '23:00', true],
  ['04:00', '23:00', false],
])('%s is within five hours after %s: %s', (time, from, expected) => {
  expect(isWithinHours(time, from, 5)).toBe(expected);
});
