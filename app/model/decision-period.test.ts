import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUTCH_LAW } from '../../tests/agency/agency';
import { CASE_STATES } from './case';
import { decisionPeriodOf } from './decision-period';
import type { EndRule, Law } from './law';
import { addDays, daysBetween } from './time';
import * as workingDays from './working-days';

type PeriodInput = Parameters<typeof decisionPeriodOf>[0];

const running: PeriodInput = {
  procedure: 'family',
  received: '2026-01-12',
  decideBy: '2026-04-13',
  statutoryTerm: 'P90D',
  extension: null,
  suspension: null,
  state: 'running',
  law: DUTCH_LAW,
};
const nextWorkingDay = (date: string) => workingDays.nextWorkingDay(date, DUTCH_LAW.freeDays);
const periodOf = (given: Partial<PeriodInput>, today = '2026-03-02') =>
  decisionPeriodOf({ ...running, ...given }, today);
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2010-01-01', days));

describe('the decision period', () => {
  test('counts the days to the last day, inclusive', () => {
    expect(periodOf({})).toEqual({ state: 'running', by: '2026-04-13', daysLeft: 42 });
    expect(periodOf({}, '2026-04-13')).toEqual({ state: 'running', by: '2026-04-13', daysLeft: 0 });
    expect(periodOf({}, '2026-04-14')).toEqual({ state: 'overdue', by: '2026-04-13', daysLate: 1 });
  });

  test("follows the agency's last day rather than the statutory term", () => {
    expect(periodOf({ decideBy: '2026-09-01', statutoryTerm: 'P1W' })).toMatchObject({ by: '2026-09-01' });
  });

  test.each(['P6M', 'P91D', 'P13W', 'P1Y', 'P12M'])('of %s may end on a Saturday', (term) => {
    expect(periodOf({ statutoryTerm: term, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-07' });
  });

  test('is unknown when extended without a last day', () => {
    for (const duration of ['P3M', null])
      expect(periodOf({ decideBy: null, extension: { duration, reason: '' } }, '2026-05-01')).toEqual({
        state: 'unknown',
      });
  });

  test.each([
    ['P90D', '2026-01-12', '2026-04-13'], // The 12th is a Sunday.
    ['P8W', '2026-01-12', '2026-03-09'],
    ['P3M', '2026-01-31', '2026-04-30'], // There is no 31st of April.
    ['P1M', '2026-01-31', '2026-03-02'], // The 28th of February, a Saturday.
  ])('ends %s after receipt when the agency keeps no last day', (statutoryTerm, received, by) => {
    expect(periodOf({ decideBy: null, statutoryTerm, received }, '2026-02-01')).toMatchObject({ state: 'running', by });
  });

  describe('the rules on free days', () => {
    const common = { unlessLongerThan: null, whileSuspended: 'stops' } as const;
    const ofVisa: EndRule = { ...common, procedures: ['visa'], from: '2020-01-01', runsOn: false };
    const law: Law = { ...DUTCH_LAW, decision: [...DUTCH_LAW.decision, ofVisa] };
    const ofStudy: EndRule = { ...common, procedures: ['study'], from: '2026-01-01', runsOn: true };
    const sundays: Law = {
      ...DUTCH_LAW,
      decision: [...DUTCH_LAW.decision, ofStudy],
      freeDays: { weekdays: [7], holidays: [{ name: 'kings-day', on: '04-27', ifSunday: '04-26' }], listed: null },
    };
    const endOf = (given: Partial<PeriodInput>) => decisionPeriodOf({ ...running, law, ...given }, '2026-03-02');

    test('do not apply to a procedure exempted from them', () => {
      for (const decideBy of ['2026-03-07', '2026-04-06', '2026-04-27'])
        expect(endOf({ procedure: 'visa', decideBy })).toMatchObject({ by: decideBy });
      expect(endOf({ procedure: 'family', decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-09' });
    });

    test('apply by the day of the application', () => {
      const old = { procedure: 'visa', received: '2019-12-31', decideBy: '2026-03-07' } as const;
      expect(endOf(old)).toMatchObject({ by: '2026-03-09' });
    });

    test('name their own free days and exceptions', () => {
      const study = { procedure: 'study', statutoryTerm: 'P1Y', law: sundays } as const;
      expect(endOf({ ...study, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-07' });
      expect(endOf({ ...study, decideBy: '2026-04-26' })).toMatchObject({ by: '2026-04-28' });
      expect(endOf({ ...study, received: '2025-12-31', decideBy: '2026-03-08' })).toMatchObject({ by: '2026-03-08' });
    });

    test('may let a suspended period run', () => {
      const runs: Law = { ...law, decision: [{ ...ofVisa, procedures: [], whileSuspended: 'runs' }] };
      const suspension = { reason: 'papers' };
      expect(endOf({ suspension, law: runs })).toMatchObject({ state: 'running', by: '2026-04-13' });
      expect(endOf({ suspension })).toMatchObject({ state: 'paused' });
    });

    test('have a general rule for unknown procedures', () => {
      expect(endOf({ procedure: null, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-09' });
    });
  });

  test('is unknown without a last day and a term', () => {
    expect(periodOf({ decideBy: null, statutoryTerm: null })).toEqual({ state: 'unknown' });
  });

  test('is paused while suspended', () => {
    const suspension = { reason: 'papers' };
    expect(periodOf({ suspension })).toEqual({
      state: 'paused',
      by: '2026-04-13',
      wasPast: false,
      reason: 'papers',
    });
    // A pause of after the last day undoes nothing, and the registry does not say when it began.
    expect(periodOf({ suspension }, '2026-12-01')).toMatchObject({ by: '2026-04-13', wasPast: true });
    expect(periodOf({ suspension, decideBy: null, statutoryTerm: null })).toMatchObject({ state: 'paused', by: null });
  });

  test('ends with a decision, or with the case', () => {
    const suspension = { reason: '' };
    expect(CASE_STATES.map((state) => periodOf({ state }, '2027-01-01').state)).toEqual([
      'overdue',
      'overdue',
      'decided',
      'over',
      'over',
    ]);
    expect(periodOf({ state: 'closed', suspension })).toEqual({ state: 'over' });
  });

  test.each(['2026-01-12', '2025-12-31'])('is unknown when the last day %s is not after receipt', (decideBy) => {
    expect(periodOf({ decideBy })).toEqual({ state: 'unknown' });
    expect(periodOf({ decideBy, suspension: { reason: '' } })).toMatchObject({ state: 'paused', by: null });
  });

  test('of a reopened case is what the agency says, or unknown', () => {
    expect(periodOf({ state: 'reopened' })).toMatchObject({ state: 'running', by: '2026-04-13' });
    expect(periodOf({ state: 'reopened', decideBy: null })).toEqual({ state: 'unknown' });
  });

  test('is overdue only after the first working day from the last day', () => {
    fc.assert(
      fc.property(dates, dates, (decideBy, today) => {
        const period = periodOf({ decideBy, received: '2009-12-31' }, today);
        const days = daysBetween(today, nextWorkingDay(decideBy));
        expect(period).toEqual(
          days >= 0
            ? { state: 'running', by: nextWorkingDay(decideBy), daysLeft: days }
            : { state: 'overdue', by: nextWorkingDay(decideBy), daysLate: -days },
        );
        if (today <= decideBy) expect(period.state).toBe('running');
      }),
    );
  });
});
