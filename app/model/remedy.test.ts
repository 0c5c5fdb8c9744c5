import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUTCH_LAW, PROCEDURES } from '../../tests/agency/agency';
import { type DecisionFacts, remedyOf } from './remedy';
import { addDays } from './time';

const refused: DecisionFacts = {
  procedure: 'family',
  outcome: 'refused',
  decided: '2026-11-02',
  notified: null,
  reactBy: null,
};
const timeOf = (given: Partial<DecisionFacts> = {}) => remedyOf({ ...refused, ...given }, DUTCH_LAW);

describe('the time for objection or appeal', () => {
  test.each([
    ['visa', '2026-11-02', 'objection', '2026-11-30'],
    ['asylum', '2026-11-10', 'appeal', '2026-12-08'],
    ['naturalisation', '2026-11-02', 'objection', '2026-12-14'],
    ['work', '2026-11-27', 'objection', '2026-12-28'],
    [null, '2026-11-02', 'objection', '2026-11-30'],
  ] as const)('after a decision on %s of %s is %s until %s', (procedure, decided, remedy, lastDay) => {
    expect(timeOf({ procedure, decided })).toMatchObject({ remedy, lastDay, basis: 'decided' });
  });

  test('counts from the notification when it is known', () => {
    expect(timeOf({ notified: '2026-11-04' })).toMatchObject({ lastDay: '2026-12-02', basis: 'notified' });
  });

  test('ignores a notification before the decision', () => {
    expect(timeOf({ notified: '2026-10-01' })).toMatchObject({ lastDay: '2026-11-30', basis: 'decided' });
  });

  test("follows the agency's own last day", () => {
    expect(timeOf({ reactBy: '2026-11-11' })).toMatchObject({ lastDay: '2026-11-11', basis: 'agency', computed: null });
  });

  test("ignores an agency's day that is not after the decision", () => {
    expect(timeOf({ reactBy: '2026-11-02' })).toMatchObject({ lastDay: '2026-11-30', basis: 'decided' });
  });

  test('in asylum says that the letter may set one week', () => {
    expect(timeOf({ procedure: 'asylum' })).toMatchObject({ shorter: { duration: 'P1W', lastDay: '2026-11-09' } });
  });

  test('does not exist after a withdrawal', () => {
    expect(timeOf({ outcome: 'withdrawn' })).toBeNull();
  });

  test('exists after every other outcome, also an unknown one', () => {
    for (const outcome of ['granted', 'partly-granted', 'refused', 'closed', null] as const)
      expect(timeOf({ outcome })).not.toBeNull();
  });

  test('ends after the decision, and later decisions never earlier', () => {
    const days = fc.integer({ min: 0, max: 12_000 }).map((day) => addDays('2001-04-01', day));
    fc.assert(
      fc.property(fc.constantFrom(...PROCEDURES), days, fc.nat(30), (procedure, decided, later) => {
        const lastDay = timeOf({ procedure, decided })?.lastDay ?? '';
        expect(lastDay > decided).toBe(true);
        expect((timeOf({ procedure, decided: addDays(decided, later) })?.lastDay ?? '') >= lastDay).toBe(true);
      }),
    );
  });
});
