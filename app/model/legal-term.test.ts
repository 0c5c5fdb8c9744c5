import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUTCH_LAW } from '../../tests/agency/agency';
import { runsOnOver } from './end-rules';
import { lastDayOf } from './legal-term';
import { addDays } from './time';

const LISTED = DUTCH_LAW.freeDays.listed ?? {};

const endOf = (from: string, duration: string) =>
  lastDayOf(from, {
    duration,
    runsOnOver: runsOnOver({ procedure: null, received: from, statutoryTerm: duration }, DUTCH_LAW),
  });

/** Event, term and last day, computed apart from this code. */
const WORKED: readonly (readonly [string, string, string])[] = [
  ['2027-02-06', 'P90D', '2027-05-10'],
  ['2026-11-10', 'P4W', '2026-12-08'],
  ['2026-11-02', 'P4W', '2026-11-30'],
  ['2026-01-12', 'P90D', '2026-04-13'],
  ['2026-04-10', 'P4W', '2026-05-08'],
  ['2026-04-16', 'P4W', '2026-05-18'],
  ['2026-04-17', 'P4W', '2026-05-18'],
  ['2027-04-09', 'P4W', '2027-05-10'],
  ['2028-03-31', 'P4W', '2028-05-01'],
  ['2028-04-27', 'P4W', '2028-05-29'],
  ['2028-04-28', 'P4W', '2028-05-29'],
  ['2026-11-27', 'P4W', '2026-12-28'],
  ['2026-11-28', 'P4W', '2026-12-28'],
  ['2026-12-04', 'P4W', '2027-01-04'],
  ['2026-12-05', 'P4W', '2027-01-04'],
  ['2025-12-05', 'P4W', '2026-01-05'],
  ['2025-12-04', 'P4W', '2026-01-05'],
  ['2025-12-24', 'P1W', '2025-12-31'],
  ['2025-12-25', 'P1W', '2026-01-05'],
  ['2025-12-26', 'P1W', '2026-01-05'],
  ['2026-03-27', 'P1W', '2026-04-07'],
  ['2026-03-30', 'P1W', '2026-04-07'],
  ['2026-04-20', 'P1W', '2026-04-28'],
  ['2026-05-07', 'P1W', '2026-05-18'],
  ['2026-05-08', 'P1W', '2026-05-18'],
  ['2026-05-18', 'P1W', '2026-05-26'],
  ['2026-12-18', 'P1W', '2026-12-28'],
  ['2026-12-19', 'P1W', '2026-12-28'],
  ['2026-02-20', 'P6W', '2026-04-07'],
  ['2026-02-23', 'P6W', '2026-04-07'],
  ['2026-03-16', 'P6W', '2026-04-28'],
  ['2026-04-02', 'P6W', '2026-05-18'],
  ['2026-04-03', 'P6W', '2026-05-18'],
  ['2026-11-13', 'P6W', '2026-12-28'],
  ['2026-11-20', 'P6W', '2027-01-04'],
  ['2028-04-13', 'P6W', '2028-05-29'],
  ['2028-04-14', 'P6W', '2028-05-29'],
  ['2026-01-31', 'P1M', '2026-03-02'],
  ['2026-02-28', 'P1M', '2026-03-30'],
  ['2026-11-30', 'P3M', '2027-03-01'],
  ['2027-11-30', 'P3M', '2028-02-29'],
  ['2026-02-07', 'P3M', '2026-05-07'],
  ['2026-02-14', 'P3M', '2026-05-18'],
  ['2026-02-15', 'P3M', '2026-05-18'],
  ['2026-01-02', 'P3M', '2026-04-02'],
  ['2026-01-03', 'P3M', '2026-04-07'],
  ['2026-01-06', 'P4M', '2026-05-06'],
  ['2026-02-15', 'P4M', '2026-06-15'],
  ['2026-11-15', 'P6M', '2027-05-15'],
  ['2025-11-15', 'P6M', '2026-05-15'],
  ['2025-07-04', 'P6M', '2026-01-04'],
  ['2026-02-14', 'P89D', '2026-05-18'],
  ['2026-02-14', 'P90D', '2026-05-18'],
  ['2026-02-14', 'P91D', '2026-05-16'],
  ['2026-02-20', 'P12W', '2026-05-18'],
  ['2026-02-21', 'P12W', '2026-05-18'],
  ['2026-02-14', 'P13W', '2026-05-16'],
  ['2026-01-01', 'P1Y', '2027-01-01'],
  ['2026-05-15', 'P1Y', '2027-05-15'],
  ['2027-05-07', 'P1Y', '2028-05-07'],
  ['2026-01-16', 'P15D', '2026-02-02'],
  ['2026-04-19', 'P8D', '2026-04-28'],
  ['2031-04-12', 'P2W', '2031-04-28'],
  ['2026-12-11', 'P2W', '2026-12-28'],
];

test.each(WORKED)('from %s, %s ends on %s', (from, duration, lastDay) => {
  expect(endOf(from, duration).lastDay).toBe(lastDay);
});

describe('a term', () => {
  const dates = fc.integer({ min: 0, max: 14_000 }).map((days) => addDays('2001-04-01', days));
  const durations = fc.oneof(
    fc.integer({ min: 1, max: 120 }).map((n) => `P${n}D`),
    fc.integer({ min: 1, max: 20 }).map((n) => `P${n}W`),
    fc.integer({ min: 1, max: 9 }).map((n) => `P${n}M`),
    fc.integer({ min: 1, max: 2 }).map((n) => `P${n}Y`),
  );

  test('ends where a day-by-day calculator ends it', () => {
    fc.assert(
      fc.property(dates, durations, (from, duration) => {
        expect(endOf(from, duration).lastDay).toBe(slowly(from, duration));
      }),
      { numRuns: 500 },
    );
  });

  test('names each free day that it ran on over', () => {
    fc.assert(
      fc.property(dates, durations, (from, duration) => {
        const { counted, ranOnOver, lastDay } = endOf(from, duration);
        expect(ranOnOver.map(({ date }) => date)).toEqual(ranOnOver.map((_, index) => addDays(counted, index)));
        expect(lastDay).toBe(addDays(counted, ranOnOver.length));
      }),
    );
  });

  test('says why a day was free', () => {
    expect(endOf('2026-04-16', 'P4W').ranOnOver).toEqual([
      { date: '2026-05-14', why: 'ascension-day' },
      { date: '2026-05-15', why: 'listed' },
      { date: '2026-05-16', why: 'weekend' },
      { date: '2026-05-17', why: 'weekend' },
    ]);
  });

  test('without the rule on free days ends on any day', () => {
    expect(lastDayOf('2026-11-28', { duration: 'P4W', runsOnOver: null })).toMatchObject({
      lastDay: '2026-12-26',
      ranOnOver: [],
    });
  });
});

/** Counts day by day, with Easter by Gauss's method as Lichtenberg corrected it. */
function slowly(from: string, duration: string): string {
  const [, n, unit] = /^P(\d+)([DWMY])$/.exec(duration) ?? [];
  const count = Number(n);
  const most = { D: 90, W: 12, M: 3, Y: 0 }[unit as 'D'];
  let day = at(from);
  if (unit === 'D' || unit === 'W') for (let i = 0; i < count * (unit === 'W' ? 7 : 1); i++) day = next(day);
  else {
    const first = new Date(day);
    first.setUTCDate(1);
    first.setUTCMonth(first.getUTCMonth() + count * (unit === 'Y' ? 12 : 1));
    const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    first.setUTCDate(Math.min(new Date(day).getUTCDate(), length));
    day = first.getTime();
  }
  if (count <= most) while (isFree(day)) day = next(day);
  return iso(day);
}

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
const next = (day: number) => day + 86_400_000;
const iso = (day: number) => new Date(day).toISOString().slice(0, 10);

function isFree(day: number): boolean {
  const date = iso(day);
  const year = Number(date.slice(0, 4));
  const fromEaster = (day - easter(year)) / 86_400_000;
  const kingsDay = new Date(Date.UTC(year, 3, 27)).getUTCDay() === 0 ? '04-26' : '04-27';
  return (
    [0, 6].includes(new Date(day).getUTCDay()) ||
    [-2, 1, 39, 50].includes(fromEaster) ||
    ['01-01', kingsDay, '05-05', '12-25', '12-26'].includes(date.slice(5)) ||
    (LISTED[year] ?? []).includes(date)
  );
}

function easter(year: number): number {
  const k = Math.floor(year / 100);
  const m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25);
  const s = 2 - Math.floor((3 * k + 3) / 4);
  const a = year % 19;
  const d = (19 * a + m) % 30;
  const full = 21 + d - Math.floor((d + Math.floor(a / 11)) / 29);
  const sunday = 7 - ((((year + Math.floor(year / 4) + s) % 7) + 7) % 7);
  return Date.UTC(year, 2, full + 7 - ((((full - sunday) % 7) + 7) % 7));
}

test('listed days are working days of their own year', () => {
  for (const [year, days] of Object.entries(LISTED))
    for (const day of days) {
      expect(day.startsWith(year)).toBe(true);
      expect(DUTCH_LAW.freeDays.weekdays).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
    }
});
