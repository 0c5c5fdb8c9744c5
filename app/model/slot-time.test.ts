import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { slotAtInstant, slotAtWallTime, timeAfter } from './slot-time';

const AMSTERDAM = { key: 's', desk: { key: 'AM', name: 'Amsterdam' }, zone: 'Europe/Amsterdam' };
const at = (date: string, startTime: string, endTime: string) =>
  slotAtWallTime({ ...AMSTERDAM, date, startTime, endTime });

describe('a slot at a wall time', () => {
  test('has its instant and two-digit hours', () => {
    expect(at('2027-03-30', '9:00', '9:10')).toEqual({
      ...AMSTERDAM,
      date: '2027-03-30',
      startTime: '09:00',
      endTime: '09:10',
      instant: '2027-03-30T07:00:00Z',
    });
  });

  test.each([
    ['starts in the hour that is skipped', '2027-03-28', '02:30', '03:30'],
    ['ends in the hour that is skipped', '2027-03-28', '01:50', '02:00'],
    ['starts in the hour that comes twice', '2027-10-31', '02:00', '03:10'],
    ['ends in the hour that comes twice', '2027-10-31', '01:50', '02:10'],
    ['ends when it starts', '2027-03-30', '09:00', '09:00'],
    ['ends before it starts', '2027-03-30', '23:50', '00:10'],
    ['is at no time', '2027-03-30', '25:00', '26:00'],
    ['is on no day', '2027-02-30', '09:00', '09:10'],
  ])('that %s is null', (_what, date, start, end) => {
    expect(at(date, start, end)).toBeNull();
  });

  test('just before or after a clock change is valid', () => {
    expect(at('2027-03-28', '01:50', '01:59')?.instant).toBe('2027-03-28T00:50:00Z');
    expect(at('2027-03-28', '03:00', '03:10')?.instant).toBe('2027-03-28T01:00:00Z');
    expect(at('2027-10-31', '03:00', '03:10')?.instant).toBe('2027-10-31T02:00:00Z');
  });
});

describe('a slot at an instant', () => {
  test('equals the slot at its wall time', () => {
    const zones = ['Europe/Amsterdam', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
    const minutes = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, after) => {
        const start = Date.UTC(2027, 0, 1) / 1000 + after * 60;
        const slot = slotAtInstant({ ...AMSTERDAM, zone }, start, 10);
        if (!slot) return;
        expect(Date.parse(slot.instant)).toBe(start * 1000);
        expect(slotAtWallTime(slot)).toEqual(slot);
      }),
    );
  });

  test('is null past midnight, at an ambiguous time or without a time', () => {
    const secondsAt = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000;
    expect(slotAtInstant(AMSTERDAM, secondsAt('2027-03-30T21:55:00Z'), 10)).toBeNull();
    expect(slotAtInstant(AMSTERDAM, secondsAt('2027-10-31T00:30:00Z'), 10)).toBeNull();
    expect(slotAtInstant(AMSTERDAM, 1e300, 10)).toBeNull();
  });
});

test('a later time stays within the day or is null', () => {
  expect([timeAfter('08:30', 15), timeAfter('9:00', 60), timeAfter('23:50', 9)]).toEqual(['08:45', '10:00', '23:59']);
  expect([timeAfter('23:50', 10), timeAfter('x', 1), timeAfter('10:00', 0.5)]).toEqual([null, null, null]);
});
