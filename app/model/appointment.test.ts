import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  alternativesTo,
  bySlotTime,
  type Desk,
  daysOf,
  extendedUntil,
  isProduct,
  PRODUCTS,
  type Slot,
  slotId,
} from './appointment';

const DESKS: readonly Desk[] = [
  { key: 'AMS', name: 'Amsterdam' },
  { key: 'HAG', name: 'Den Haag' },
  { key: 'ZWO', name: 'Zwolle' },
];
const ZONE = 'Europe/Amsterdam';

/** A slot `minutes` after Monday 2 March 2026, 09:00 in Amsterdam. */
function slotAt(minutes: number, desk: Desk = DESKS[0] ?? { key: '', name: '' }): Slot {
  const start = Temporal.ZonedDateTime.from(`2026-03-02T09:00[${ZONE}]`).add({ minutes });
  return {
    key: `${desk.key}-${minutes}`,
    desk,
    date: start.toPlainDate().toString(),
    startTime: start.toPlainTime().toString().slice(0, 5),
    endTime: start.add({ minutes: 10 }).toPlainTime().toString().slice(0, 5),
    zone: ZONE,
    instant: start.toInstant().toString(),
  };
}

// Includes the night of the clock change (29 March) and equal moments at several desks.
const slots = fc.array(
  fc
    .tuple(
      fc.nat(8_000).map((tens) => tens * 10),
      fc.constantFrom(...DESKS),
    )
    .map(([minutes, desk]) => slotAt(minutes, desk)),
  { maxLength: 40 },
);

describe('days with free slots', () => {
  test('hold every slot once, sorted, under its own date', () => {
    fc.assert(
      fc.property(slots, (free) => {
        const days = daysOf(free);
        const shown = days.flatMap((day) => day.slots);
        expect(new Set(shown.map(slotId))).toEqual(new Set(free.map(slotId)));
        expect(shown).toHaveLength(new Set(free.map(slotId)).size);
        expect(shown).toEqual([...shown].sort(bySlotTime));
        expect(days.every((day) => day.slots.length > 0 && day.slots.every((slot) => slot.date === day.date))).toBe(
          true,
        );
        expect(days.map(({ date }) => date)).toEqual([...new Set(free.map(({ date }) => date))].sort());
      }),
    );
  });

  test('do not depend on the order of the slots', () => {
    fc.assert(
      fc.property(slots, (free) => {
        expect(daysOf([...free].reverse())).toEqual(daysOf(free));
      }),
    );
  });

  test('keep two desks that use the same key apart', () => {
    const [here, there] = DESKS.map((desk) => ({ ...slotAt(0, desk), key: '1' }));
    expect(here && there ? daysOf([here, there])[0]?.slots : []).toHaveLength(2);
  });
});

describe('alternatives to a slot that is gone', () => {
  test('are the nearest free slots, up to the count', () => {
    fc.assert(
      fc.property(slots, fc.nat(8_000), fc.nat(5), (free, minute, count) => {
        const wanted = slotAt(minute);
        const away = (slot: Slot) => Math.abs(Date.parse(slot.instant) - Date.parse(wanted.instant));
        const offered = alternativesTo(wanted, free, count);
        expect(offered).toHaveLength(Math.min(count, free.length));
        expect(offered.map(away)).toEqual(
          free
            .map(away)
            .sort((a, b) => a - b)
            .slice(0, count),
        );
      }),
    );
  });

  test('prefer the same desk when equally near', () => {
    const [ams, hag, zwo] = DESKS;
    const free = [slotAt(10, hag), slotAt(-10, zwo), slotAt(10, ams), slotAt(30, ams)];
    expect(alternativesTo(slotAt(0, ams), free).map(slotId)).toEqual(['AMS.AMS-10', 'HAG.HAG-10', 'ZWO.ZWO--10']);
  });

  test('leave the list of free slots unchanged', () => {
    const free = [slotAt(90), slotAt(0)];
    alternativesTo(slotAt(0), free);
    expect(free).toEqual([slotAt(90), slotAt(0)]);
  });
});

describe('extending a hold', () => {
  const MINUTE = 60_000;
  const moments = fc.nat(30 * MINUTE);

  test("adds a full period, up to the planner's end", () => {
    fc.assert(
      fc.property(moments, moments, moments, fc.nat(10 * MINUTE), (now, expiresAt, plannerUntil, period) => {
        const until = extendedUntil(now, expiresAt, plannerUntil, period);
        if (until === null) {
          expect(Math.min(period, plannerUntil - Math.max(now, expiresAt))).toBeLessThan(MINUTE);
          return;
        }
        expect(until).toBeLessThanOrEqual(plannerUntil);
        expect(until).toBeGreaterThanOrEqual(Math.max(now, expiresAt) + MINUTE);
        expect(until).toBeLessThanOrEqual(Math.max(now, expiresAt) + period);
      }),
    );
  });

  test.each<[string, [number, number, number, number], number | null]>([
    ['in time', [4, 5, 15, 5], 10],
    ["up to the planner's end", [14, 15, 16, 5], 16],
    ['for a minute exactly', [4, 5, 6, 5], 6],
    ['not for less than a minute', [4, 5, 5.9, 5], null],
    ['after it expired, while the planner keeps the slot', [8, 5, 15, 5], 13],
    ["not after the planner's end", [15, 5, 15, 5], null],
    ['by the same amount early or late', [0, 5, 15, 5], 10],
    ['not by a period of less than a minute', [4, 5, 15, 0.5], null],
  ])('%s', (_what, minutes, until) => {
    const [now, expiresAt, plannerUntil, period] = minutes;
    const got = extendedUntil(now * MINUTE, expiresAt * MINUTE, plannerUntil * MINUTE, period * MINUTE);
    expect(got === null ? null : got / MINUTE).toBe(until);
  });

  test("stops at the planner's end, however often it is repeated", () => {
    const plannerUntil = 15 * MINUTE;
    let expiresAt = 5 * MINUTE;
    for (let n = 0; n < 20; n += 1)
      expiresAt = extendedUntil(expiresAt - 30_000, expiresAt, plannerUntil, 5 * MINUTE) ?? expiresAt;
    expect(expiresAt).toBe(plannerUntil);
  });
});

test('only exact codes are products', () => {
  expect(PRODUCTS.every(isProduct)).toBe(true);
  expect(['bio', '', 'BIO ', 'constructor'].some(isProduct)).toBe(false);
});
