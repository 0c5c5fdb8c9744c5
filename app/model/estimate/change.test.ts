import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../time';
import { type Told, whatChanged } from './change';
import type { Unrest } from './model';

const told: Told = { stage: 'review', paused: false, lowOn: '2026-05-01', highOn: '2026-08-01' };

describe('why a range changed', () => {
  test('a move of less than a week is no news', () => {
    expect(whatChanged(told, { ...told, highOn: '2026-08-07' }, ['inflow-up'])).toEqual({
      moved: 'same',
      days: 0,
      causes: [],
    });
  });

  test('a later end with more applications: that is the reason; a sign that pushes the other way is not', () => {
    const change = whatChanged(told, { ...told, highOn: '2026-09-01' }, ['inflow-up', 'more-decisions']);
    expect(change).toEqual({ moved: 'later', days: 31, causes: ['inflow-up'] });
  });

  test("the person's own case comes before the agency's figures", () => {
    const now = { ...told, stage: 'documents', paused: true, highOn: '2026-10-01' };
    expect(whatChanged(told, now, ['fewer-decisions']).causes).toEqual(['stage', 'paused', 'fewer-decisions']);
  });

  test('where nothing is known but newer figures, that is said', () => {
    expect(whatChanged(told, { ...told, highOn: '2026-06-01' }, []).causes).toEqual(['figures']);
  });

  test('a range that lost or got its late side is told as such, without a number of days', () => {
    expect(whatChanged(told, { ...told, highOn: null }, [])).toMatchObject({ moved: 'opened', days: 0 });
    expect(whatChanged({ ...told, highOn: null }, told, [])).toMatchObject({ moved: 'closed', days: 0 });
  });

  test('there and back again is the same distance, and something that moved always has a cause', () => {
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
        const moved = { ...told, highOn: addDays('2026-08-01', days) };
        const there = whatChanged(told, moved, signs);
        const back = whatChanged(moved, told, signs);
        expect(there.days).toBe(back.days);
        if (there.moved !== 'same') expect(there.causes.length).toBeGreaterThan(0);
      }),
    );
  });
});
