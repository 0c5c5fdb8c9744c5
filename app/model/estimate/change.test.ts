import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../time';
import { type ShownRange, whatChanged } from './change';
import type { Unrest } from './model';

const shown: ShownRange = { stage: 'review', paused: false, lowOn: '2026-05-01', highOn: '2026-08-01' };

describe('why a range changed', () => {
  test('a shift of less than a week is no news', () => {
    expect(whatChanged(shown, { ...shown, highOn: '2026-08-07' }, ['inflow-up'])).toEqual({
      shift: 'same',
      days: 0,
      causes: [],
    });
  });

  test('only signs that push in the direction of the shift are causes', () => {
    const change = whatChanged(shown, { ...shown, highOn: '2026-09-01' }, ['inflow-up', 'more-decisions']);
    expect(change).toEqual({ shift: 'later', days: 31, causes: ['inflow-up'] });
  });

  test("the person's own case comes before the agency's figures", () => {
    const now = { ...shown, stage: 'documents', paused: true, highOn: '2026-10-01' };
    expect(whatChanged(shown, now, ['fewer-decisions']).causes).toEqual(['stage', 'paused', 'fewer-decisions']);
  });

  test('newer figures are the cause when no other is known', () => {
    expect(whatChanged(shown, { ...shown, highOn: '2026-06-01' }, []).causes).toEqual(['figures']);
  });

  test('an end that opens or closes has no number of days', () => {
    expect(whatChanged(shown, { ...shown, highOn: null }, [])).toMatchObject({ shift: 'opened', days: 0 });
    expect(whatChanged({ ...shown, highOn: null }, shown, [])).toMatchObject({ shift: 'closed', days: 0 });
  });

  test('there and back is the same distance, and a shift has causes', () => {
    const unrest = fc.subarray<Unrest>([
      'fewer-decisions',
      'more-decisions',
      'inflow-up',
      'inflow-down',
      'stock-up',
      'stock-down',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), unrest, (days, signs) => {
        const shifted = { ...shown, highOn: addDays('2026-08-01', days) };
        const there = whatChanged(shown, shifted, signs);
        const back = whatChanged(shifted, shown, signs);
        expect(there.days).toBe(back.days);
        if (there.shift !== 'same') expect(there.causes.length).toBeGreaterThan(0);
      }),
    );
  });
});
