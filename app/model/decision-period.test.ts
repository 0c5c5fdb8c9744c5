import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReachedStep, STAGES, type Stage } from './case';
import { decisionPeriodOf } from './decision-period';
import { END_RULES, type EndRule } from './end-rules';
import { addDays, daysBetween } from './time';
import { nextWorkingDay } from './working-days';

type Asked = Parameters<typeof decisionPeriodOf>[0];

const at = (stage: Stage | null): ReachedStep => ({ stage, name: 'x', order: 1, final: false, since: '2026-01-12' });
const running: Asked = {
  procedure: 'family',
  received: '2026-01-12',
  decideBy: '2026-04-13',
  statutoryTerm: 'P90D',
  extension: null,
  suspension: null,
  ended: null,
  current: at('review'),
};
const periodOf = (given: Partial<Asked>, today = '2026-03-02') => decisionPeriodOf({ ...running, ...given }, today);
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2010-01-01', days));

describe('by when the agency must decide', () => {
  test('counts the days to its last day, that day included', () => {
    expect(periodOf({})).toEqual({ state: 'running', by: '2026-04-13', daysLeft: 42 });
    expect(periodOf({}, '2026-04-13')).toEqual({ state: 'running', by: '2026-04-13', daysLeft: 0 });
    expect(periodOf({}, '2026-04-14')).toEqual({ state: 'overdue', by: '2026-04-13', daysLate: 1 });
  });

  test('follows the last day that the agency keeps, whatever the statutory term would make it', () => {
    expect(periodOf({ decideBy: '2026-09-01', statutoryTerm: 'P1W' })).toMatchObject({ by: '2026-09-01' });
  });

  test.each(['P6M', 'P91D', 'P13W', 'P1Y', 'P12M'])(
    'a term of %s ends on the day it ends, be it a Saturday',
    (term) => {
      expect(periodOf({ statutoryTerm: term, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-07' });
    },
  );

  test('an extension whose last day the agency does not tell makes no case overdue', () => {
    const extension = { duration: 'P3M', reason: '' };
    expect(periodOf({ decideBy: null, extension }, '2026-05-01')).toEqual({ state: 'unknown' });
  });

  test.each([
    ['P90D', '2026-01-12', '2026-04-13'], // the 12th is a Sunday
    ['P8W', '2026-01-12', '2026-03-09'],
    ['P3M', '2026-01-31', '2026-04-30'], // there is no 31st of April
    ['P1M', '2026-01-31', '2026-03-02'], // the 28th of February, a Saturday
  ])('is %s after it was received, where the agency keeps no last day', (statutoryTerm, received, by) => {
    expect(periodOf({ decideBy: null, statutoryTerm, received }, '2026-02-01')).toMatchObject({ state: 'running', by });
  });

  describe('which days it runs on over is by procedure and by the day of the application', () => {
    const none = { runsOnOver: null, unlessLongerThan: null };
    const rules: readonly EndRule[] = [
      ...END_RULES,
      { procedure: 'visa', appliedFrom: '2020-01-01', ...none },
      {
        procedure: 'study',
        appliedFrom: '2026-01-01',
        runsOnOver: { weekdays: [7], holidays: ['kings-day'] },
        unlessLongerThan: null,
      },
    ];
    const endOf = (given: Partial<Asked>) => decisionPeriodOf({ ...running, ...given }, '2026-03-02', rules);

    test('a procedure without the rule ends on the day it ends, be it a Saturday or a holiday', () => {
      for (const decideBy of ['2026-03-07', '2026-04-06', '2026-04-27'])
        expect(endOf({ procedure: 'visa', decideBy })).toMatchObject({ by: decideBy });
      expect(endOf({ procedure: 'family', decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-09' });
    });

    test('an application of before a rule keeps the one of its own day', () => {
      const old = { procedure: 'visa', received: '2019-12-31', decideBy: '2026-03-07' } as const;
      expect(endOf(old)).toMatchObject({ by: '2026-03-09' });
    });

    test('only the days that the rule names are passed over, and only its own exceptions hold', () => {
      const study = { procedure: 'study', statutoryTerm: 'P1Y' } as const;
      expect(endOf({ ...study, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-07' });
      expect(endOf({ ...study, decideBy: '2026-04-26' })).toMatchObject({ by: '2026-04-28' });
      expect(endOf({ ...study, received: '2025-12-31', decideBy: '2026-03-08' })).toMatchObject({ by: '2026-03-08' });
    });

    test('a procedure that the portal has no words for has the general rule', () => {
      expect(endOf({ procedure: null, decideBy: '2026-03-07' })).toMatchObject({ by: '2026-03-09' });
    });
  });

  test('is unknown without a last day and without a term', () => {
    expect(periodOf({ decideBy: null, statutoryTerm: null })).toEqual({ state: 'unknown' });
  });

  test('stands still while suspended: no days are left and none are late', () => {
    const suspension = { reason: 'papers' };
    expect(periodOf({ suspension })).toEqual({ state: 'paused', by: '2026-04-13', reason: 'papers' });
    expect(periodOf({ suspension }, '2026-12-01')).toEqual({ state: 'paused', by: '2026-04-13', reason: 'papers' });
    expect(periodOf({ suspension, decideBy: null, statutoryTerm: null })).toMatchObject({ state: 'paused', by: null });
  });

  test('is past once decided or ended, suspended or late or not', () => {
    for (const stage of STAGES) {
      const decided = ['decided', 'ceremony', 'collect', 'closed', 'withdrawn'].includes(stage);
      expect(periodOf({ current: at(stage) }, '2027-01-01').state).toBe(decided ? 'decided' : 'overdue');
    }
    expect(periodOf({ ended: '2026-02-20', suspension: { reason: '' } })).toEqual({ state: 'decided' });
  });

  test('runs on in a step that the portal has no words for, and before there is any', () => {
    expect(periodOf({ current: at(null) }).state).toBe('running');
    expect(periodOf({ current: null }).state).toBe('running');
  });

  test('is late only after the first working day on or after the last day', () => {
    fc.assert(
      fc.property(dates, dates, (decideBy, today) => {
        const period = periodOf({ decideBy }, today);
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
