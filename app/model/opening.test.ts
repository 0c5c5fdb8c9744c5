import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestTimeToday, type Exceptions, type OpenHours, openingAt, spansIn, specialOn } from './opening';

const MONDAY = 1;
const FRIDAY = 5;
const SATURDAY = 6;
/** Monday to Friday 09:00–17:00, but a lunch break on Wednesday and closed on Thursday. */
const HOURS: readonly OpenHours[] = [
  { weekday: 1, opens: '09:00', closes: '17:00' },
  { weekday: 2, opens: '09:00', closes: '17:00' },
  { weekday: 3, opens: '13:00', closes: '17:00' },
  { weekday: 3, opens: '09:00', closes: '12:00' },
  { weekday: 5, opens: '09:00', closes: '17:00' },
];
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('opening hours', () => {
  test.each<[string, number, string, object]>([
    ['is open from the first minute', MONDAY, '09:00', { open: true, closes: '17:00' }],
    ['is open to the last minute', MONDAY, '16:59', { open: true, closes: '17:00' }],
    ['is closed at the minute it closes', MONDAY, '17:00', { open: false, next: { inDays: 1, opens: '09:00' } }],
    ['opens later today', MONDAY, '07:30', { open: false, next: { inDays: 0, opens: '09:00' } }],
    ['opens again after lunch', 3, '12:00', { open: false, next: { inDays: 0, opens: '13:00' } }],
    ['is open until lunch', 3, '11:00', { open: true, closes: '12:00' }],
    [
      'opens with the first span of a day, in whatever order they are given',
      2,
      '18:00',
      { open: false, next: { inDays: 1, opens: '09:00' } },
    ],
    ['skips a day without hours', 3, '17:30', { open: false, next: { inDays: 2, opens: '09:00' } }],
    ['opens after the weekend', FRIDAY, '17:00', { open: false, next: { inDays: 3, opens: '09:00' } }],
    ['opens in the new week', SATURDAY, '10:00', { open: false, next: { inDays: 2, opens: '09:00' } }],
  ])('%s', (_what, weekday, time, expected) => {
    expect(openingAt(HOURS, weekday, time)).toEqual(expected);
  });

  test('once a week reopen in a week', () => {
    const mondays = HOURS.slice(0, 1);
    expect(openingAt(mondays, MONDAY, '17:00')).toEqual({ open: false, next: { inDays: 7, opens: '09:00' } });
    expect(openingAt([], MONDAY, '10:00')).toEqual({ open: false, next: null });
  });

  test('are closed until exactly the next opening', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat(1439), (weekday, minute) => {
        const opening = openingAt(HOURS, weekday, clock(minute));
        if (opening.open || !opening.next) return;
        const { inDays, opens } = opening.next;
        const dayOf = (days: number) => ((weekday - 1 + days) % 7) + 1;
        expect(openingAt(HOURS, dayOf(inDays), opens).open).toBe(true);
        for (let now = minute; now < inDays * 1440 + Number(opens.slice(0, 2)) * 60; now += 15)
          expect(openingAt(HOURS, dayOf(Math.floor(now / 1440)), clock(now % 1440)).open).toBe(false);
      }),
    );
  });
});

describe('the best time to call', () => {
  const typical = [
    { weekday: MONDAY, hour: 8, minutes: 1 },
    { weekday: MONDAY, hour: 9, minutes: 40 },
    { weekday: MONDAY, hour: 10, minutes: 25 },
    { weekday: MONDAY, hour: 15, minutes: 10 },
    { weekday: MONDAY, hour: 14, minutes: 10 },
    { weekday: MONDAY, hour: 17, minutes: 2 },
    { weekday: 2, hour: 11, minutes: 3 },
  ];

  test.each<[string, string, number | null]>([
    ['is the shortest wait of today while the line is open, the earliest of equals', '07:00', 14],
    ['may be now', '14:20', 14],
    ['is none that has passed', '15:00', 15],
    ['is not there when the line has closed', '17:00', null],
  ])('%s', (_what, time, hour) => {
    expect(bestTimeToday(typical, HOURS, MONDAY, time)?.hour ?? null).toBe(hour);
  });

  test('is null when closed or without known waits', () => {
    expect(bestTimeToday(typical, HOURS, FRIDAY, '10:00')).toBeNull();
    expect(bestTimeToday([{ weekday: 4, hour: 10, minutes: 1 }], HOURS, 4, '09:00')).toBeNull();
  });

  test('is in the open rest of today, with the shortest wait', () => {
    const waits = fc.uniqueArray(
      fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.nat(23), minutes: fc.nat(60) }),
      { selector: ({ weekday, hour }) => weekday * 24 + hour },
    );
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 7 }), fc.nat(1439), (usual, weekday, minute) => {
        const time = clock(minute);
        const best = bestTimeToday(usual, HOURS, weekday, time);
        const left = usual.filter((wait) => {
          const from = wait.hour === Math.floor(minute / 60) ? time : clock(wait.hour * 60);
          return wait.weekday === weekday && from >= time && openingAt(HOURS, weekday, from).open;
        });
        expect(best?.minutes).toBe(left.length > 0 ? Math.min(...left.map(({ minutes }) => minutes)) : undefined);
        if (best) expect(left).toContain(best);
      }),
    );
  });
});

describe('days with other hours', () => {
  const monday = [{ weekday: 1, opens: '09:00', closes: '12:00' }];
  const closedIn =
    (...days: readonly number[]): Exceptions =>
    (inDays) =>
      days.includes(inDays) ? [] : null;

  test.each<[string, number, Exceptions, object | null]>([
    ['stays closed on a holiday', MONDAY, closedIn(0), { inDays: 7, opens: '09:00' }],
    ['opens after a holiday', SATURDAY, closedIn(2), { inDays: 9, opens: '09:00' }],
    [
      'opens on a day on which it usually is closed',
      SATURDAY,
      () => [{ opens: '11:00', closes: '12:00' }],
      { inDays: 0, opens: '11:00' },
    ],
    ['may stay closed', MONDAY, () => [], null],
  ])('%s', (_what, weekday, exceptions, next) => {
    expect(openingAt(monday, weekday, '10:00', exceptions)).toEqual({ open: false, next });
  });

  test('the hours of a day come in their order', () => {
    expect(spansIn(HOURS, MONDAY, 2).map(({ opens }) => opens)).toEqual(['09:00', '13:00']);
  });

  test('count for what they name, the first of the list', () => {
    const day = { on: '2026-12-24', until: '2026-12-24', openingHours: [], only: ['general'] };
    const holidays = { ...day, until: '2026-12-31', only: [] };
    expect(specialOn([day, holidays], 'general', '2026-12-24')).toBe(day);
    expect(specialOn([day, holidays], 'AM', '2026-12-31')).toBe(holidays);
    expect(specialOn([day, holidays], 'general', '2027-01-01')).toBeNull();
  });
});
