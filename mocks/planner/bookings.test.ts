import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../world/clock';
import { createPlanner } from './bookings';
import { type Cell, DESKS, plannedCells, SLOT_MINUTES, slotsFor } from './calendar';

const NOW = '2026-11-23T07:00:00Z';
const [amsterdam] = DESKS;
if (amsterdam === undefined) throw new Error('there are no desks');

const step = fc.oneof(
  fc.record({ do: fc.constant('hold'), at: fc.nat(30), persons: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('book'), at: fc.nat(30), persons: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('cancel'), at: fc.nat(30), persons: fc.constant(1) }),
  fc.record({ do: fc.constant('wait'), at: fc.nat(30), persons: fc.constant(1) }),
);

/** The cells that a booking takes: one every ten minutes from its start to its end. */
function momentsOf({ date, startTime, endTime }: { date: string; startTime: string; endTime: string }): string[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const length = (minutes(endTime) - minutes(startTime)) / SLOT_MINUTES;
  return Array.from({ length }, (_, index) => `${date} ${minutes(startTime) + index * SLOT_MINUTES}`);
}

describe('the diary', () => {
  it('never books a cell twice, and frees every cancelled one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clock = createClock(NOW);
        const planner = createPlanner(clock);
        const before = planner.slots(amsterdam, 'BIO', 1);
        let visitor = 0;
        for (const { do: what, at, persons } of steps) {
          // Taken from the plan, so that it also tries taken and held slots.
          const key = slotsFor(plannedCells(amsterdam, 'BIO', clock.now()), persons)[at]?.key ?? '';
          if (what === 'hold') planner.hold('AM', key, persons);
          if (what === 'cancel') planner.cancel(planner.bookings()[at]?.key ?? '');
          if (what === 'wait') clock.move({ advanceMinutes: 1 });
          if (what === 'book') {
            visitor += 10;
            const customers = Array.from({ length: persons }, (_, index) => customer(visitor + index));
            const email = `${visitor}@example.test`;
            planner.book('AM', key, { product: 'BIO', email, phone: '', language: 'nl', customers });
          }
          const taken = planner.bookings().flatMap(({ slot }) => momentsOf(slot));
          expect(new Set(taken).size).toBe(taken.length);
          const free = planner.slots(amsterdam, 'BIO', 1).flatMap(momentsOf);
          expect(free.filter((moment) => taken.includes(moment))).toEqual([]);
        }
        for (const { key } of planner.bookings()) planner.cancel(key);
        clock.move({ advanceMinutes: 16 });
        expect(planner.slots(amsterdam, 'BIO', 1)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

const customer = (n: number) => ({ vNumber: String(2_800_000_000 + n), bsn: '', firstName: 'A', lastName: 'B' });

describe('slots for several people', () => {
  const cell = (date: string, minute: number): Cell => ({
    key: `${date}/${minute}`,
    desk: 'AM',
    product: 'BIO',
    date,
    minute,
    goesAt: 0,
  });
  const cells = [cell('2026-12-01', 540), cell('2026-12-01', 550), cell('2026-12-01', 570), cell('2026-12-02', 540)];

  it('start only where enough cells follow each other on a day', () => {
    expect(slotsFor(cells, 1)).toHaveLength(4);
    expect(slotsFor(cells, 2)).toEqual([
      { key: '2026-12-01/540', date: '2026-12-01', startTime: '09:00', endTime: '09:20', parts: 1 },
    ]);
    expect(slotsFor(cells, 3)).toEqual([]);
  });
});

describe('the plan', () => {
  it("keeps to each desk's opening hours and weekdays", () => {
    for (const desk of DESKS) {
      for (const { date, minute } of plannedCells(desk, 'BIO', createClock(NOW).now())) {
        const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
        expect(desk.weekdays, `${desk.key} ${date}`).toContain(weekday);
        expect(minute >= desk.opens && minute + SLOT_MINUTES <= desk.closes, `${desk.key} ${minute}`).toBe(true);
      }
    }
  });

  it('only loses slots as a day comes nearer', () => {
    const clock = createClock(NOW);
    const early = plannedCells(amsterdam, 'BIO', clock.now()).map(({ key }) => key);
    clock.move({ advanceMinutes: 10 * 24 * 60 });
    const limit = '2027-01-10';
    const late = plannedCells(amsterdam, 'BIO', clock.now()).filter(({ date }) => date < limit);
    expect(late.length).toBeGreaterThan(0);
    expect(late.filter(({ key }) => !early.includes(key))).toEqual([]);
  });
});
