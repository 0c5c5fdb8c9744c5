import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryTables, steadyTables } from '../../tests/estimate/arbitrary-tables';
import { checkTables, mondayOf, type RawTables, weeksBefore } from './statistics';

const good: RawTables = steadyTables('family', 12, 20, 0.2);

function reason(change: Partial<RawTables>): string {
  const checked = checkTables({ ...good, ...change });
  return checked.ok ? 'accepted' : checked.reason;
}

describe('count tables', () => {
  test('that are valid are returned unchanged', () => {
    fc.assert(
      fc.property(arbitraryTables, (tables) => {
        expect(checkTables(tables)).toEqual({ ok: true, tables });
      }),
    );
  });

  test.each<[string, Partial<RawTables>, RegExp]>([
    ['bins that do not ascend', { bins: [0, 7, 3] }, /family: bins must ascend/],
    ['bins that begin late', { bins: [1, 7, 14] }, /begin at 0/],
    ['a negative exposure', { stageExposure: [[0, 0, 0, -3]] }, /stageExposure row 0 has days -3/],
    ['a count that is no number', { ageDecided: [[0, 0, Number.NaN]] }, /ageDecided row 0 has count NaN/],
    ['a stage that is not named', { stageExits: [[0, 9, 0, 0, 1]] }, /stageExits row 0 names stage 9/],
    ['a destination that is not named', { stageExits: [[0, 0, 0, -2, 1]] }, /names destination -2/],
    ['a week beyond the end', { ageExposure: [[12, 0, 7]] }, /ageExposure row 0 names week 12/],
    ['half a week', { ageExposure: [[0.5, 0, 7]] }, /names week 0.5/],
    ['a row that is too short', { ageExposure: [[0, 7]] }, /ageExposure row 0 has 2 numbers, not 3/],
    ['a cell counted twice', { ageExposure: [...good.ageExposure, ...good.ageExposure] }, /a second time/],
    ['a run-off that shrinks', { runOff: [[0, 0, 0, 0, 9, 5, 4, 6]] }, /inverted/],
    ['a run-off beyond its stock', { runOff: [[0, 0, 0, 0, 9, 5, 8, 10]] }, /10 decided of 9/],
    ['weeks that do not reach the as-of date', { asOf: '2024-04-01' }, /12 weeks from 2024-01-01 end on 2024-03-25/],
    ['an as-of date that is no Monday', { asOf: '2024-03-26' }, /not the ISO date of a Monday/],
    ['a date of nonsense', { firstWeek: '2024-13-45' }, /not the ISO date of a Monday/],
    ['stock of other weeks than inflow', { stock: [1, 2] }, /stock has 2 weeks, inflow 12/],
    ['negative inflow', { inflow: good.inflow.map((n, i) => (i === 3 ? -1 : n)) }, /inflow of week 3 is -1/],
    ['a stage named twice', { stages: ['review', 'review', 'fee'] }, /a stage is named twice/],
    [
      'a week that was not counted',
      { stageExposure: good.stageExposure.filter(([week]) => week !== 5) },
      /gap: .* 2024-02-05/,
    ],
    ['decisions that differ between A and B', { ageDecided: [] }, /stageExits has \d+ decisions, ageDecided has 0/],
  ])('with %s are refused with a reason', (_, change, expected) => {
    expect(reason(change)).toMatch(expected);
  });

  test('count their weeks', () => {
    expect(mondayOf(good, 0)).toBe('2024-01-01');
    expect(mondayOf(good, 11)).toBe('2024-03-18');
    expect(weeksBefore(good, '2024-01-01')).toBe(0);
    expect(weeksBefore(good, '2024-01-07')).toBe(0);
    expect(weeksBefore(good, '2024-01-08')).toBe(1);
    expect(weeksBefore(good, '2030-01-01')).toBe(12);
    expect(weeksBefore(good, '2020-01-01')).toBe(0);
  });
});
