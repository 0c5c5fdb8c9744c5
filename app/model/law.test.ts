import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEMO_AGENCY, DUTCH_LAW, lawOf } from '../../tests/agency/agency';
import type { PeriodFacts } from './decision-period';
import { decisionPeriodOf } from './decision-period';
import type { Law } from './law';
import { courtActionOf, noticeOfDefaultOf } from './notice-of-default';
import { type DecisionFacts, remedyOf } from './remedy';
import { addDays, daysBetween, weekdayOf } from './time';
import { holidaysOf, nextWorkingDay } from './working-days';

const MUNICH = lawOf('muenchen');
const facts: PeriodFacts = {
  procedure: 'family',
  received: '2026-01-15',
  decideBy: null,
  statutoryTerm: null,
  extension: null,
  suspension: null,
  state: 'running',
  law: MUNICH,
};
const decision: DecisionFacts = {
  procedure: 'family',
  outcome: 'refused',
  decided: '2026-11-02',
  notified: null,
  reactBy: null,
};
const dates = fc.integer({ min: 0, max: 18_000 }).map((days) => addDays('2008-01-01', days));
const isFree = (day: string) => weekdayOf(day) > 5 || isBavarianHoliday(day);

describe('the law of Munich', () => {
  // Published by the Bavarian ministry of the interior.
  test('has the holidays of Bavaria', () => {
    expect([...holidaysOf(2026, MUNICH.freeDays)].sort()).toEqual([
      ...['2026-01-01', '2026-01-06', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25'],
      ...['2026-06-04', '2026-08-15', '2026-10-03', '2026-11-01', '2026-12-25', '2026-12-26'],
    ]);
  });

  test.each([
    ['2026-11-02', '2026-12-02'],
    ['2026-01-31', '2026-03-02'], // 28 February is a Saturday.
    ['2026-12-06', '2027-01-07'], // 6 January is Epiphany.
    ['2026-11-25', '2026-12-28'],
    ['2026-05-04', '2026-06-05'], // 4 June is Corpus Christi.
  ])('after a decision of %s lets people sue until %s', (decided, lastDay) => {
    expect(remedyOf({ ...decision, decided }, MUNICH)).toMatchObject({ remedy: 'appeal', lastDay, shorter: null });
  });

  test('counts one month to a working day, never to an earlier one', () => {
    fc.assert(
      fc.property(dates, (decided) => {
        const last = remedyOf({ ...decision, decided }, MUNICH)?.lastDay ?? '';
        expect(isFree(last)).toBe(false);
        let day = monthsAfter(decided, 1);
        while (isFree(day)) day = addDays(day, 1);
        expect(last).toBe(day);
      }),
    );
  });

  test('lets people go to court after three months, decision period or not', () => {
    expect(decisionPeriodOf(facts, '2026-03-02')).toEqual({ state: 'unknown' });
    expect(courtActionOf(facts, '2026-04-15')).toEqual({ possibleFrom: '2026-04-16', isPossible: false });
    expect(courtActionOf({ ...facts, suspension: { reason: '' } }, '2026-04-16')?.isPossible).toBe(true);
    expect(noticeOfDefaultOf({ ...facts, decideBy: '2026-02-02' }, '2026-04-16')).toBeNull();
    for (const state of ['decided', 'closed', 'withdrawn', 'reopened'] as const)
      expect(courtActionOf({ ...facts, state }, '2026-09-01')).toBeNull();
  });

  test('never lets them go before three months are over', () => {
    fc.assert(
      fc.property(dates, (received) => {
        const from = courtActionOf({ ...facts, received }, received)?.possibleFrom ?? '';
        expect(from > monthsAfter(received, 3)).toBe(true);
        expect(daysBetween(monthsAfter(received, 3), from)).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('a law', () => {
  test('without rules computes nothing', () => {
    const { law: _, ...unknown } = { ...facts, decideBy: '2026-03-07', statutoryTerm: 'P1W' };
    expect(decisionPeriodOf(unknown, '2026-03-02')).toMatchObject({ by: '2026-03-07' });
    expect([noticeOfDefaultOf(unknown, '2026-04-01'), courtActionOf(unknown, '2026-09-01')]).toEqual([null, null]);
  });

  test('may let people go to court after the last day', () => {
    const late = [{ ...court, counted: 'from-last-day' as const, after: 'P2W', runsOn: false }];
    const given = { ...facts, law: { ...MUNICH, late }, decideBy: '2026-03-10' };
    expect(courtActionOf(given, '2026-03-02')).toMatchObject({ possibleFrom: '2026-03-25' });
    expect(courtActionOf({ ...given, decideBy: null }, '2026-03-02')).toBeNull();
    expect(courtActionOf({ ...given, suspension: { reason: '' } }, '2026-03-02')).toBeNull();
  });

  test('may give nothing for one procedure, and a penalty since a day', () => {
    const from = '2026-01-01';
    const [notice] = DUTCH_LAW.late;
    if (notice?.kind !== 'notice-of-default') throw new Error();
    const late: Law['late'] = [
      notice,
      { ...notice, from, penalty: 1442 },
      { kind: 'none', from, procedures: ['asylum'] },
    ];
    const of = (given: Partial<PeriodFacts>) =>
      noticeOfDefaultOf({ ...facts, decideBy: '2026-03-10', law: { ...DUTCH_LAW, late }, ...given }, '2026-03-02');
    expect(of({})?.penalty).toBe(1442);
    expect(of({ received: '2025-12-31' })?.penalty).toBeNull();
    expect(of({ procedure: 'asylum' })).toBeNull();
  });

  test('may have a term for a kind of decision', () => {
    const [common] = DUTCH_LAW.remedies;
    if (!common) throw new Error();
    const remedies = [...DUTCH_LAW.remedies, { ...common, outcomes: ['closed' as const], term: 'P1W' }];
    const of = (given: Partial<DecisionFacts>) => remedyOf({ ...decision, ...given }, { ...DUTCH_LAW, remedies });
    expect(of({})?.lastDay).toBe('2026-11-30');
    expect(of({ outcome: 'closed' })?.lastDay).toBe('2026-11-09');
    expect(of({ outcome: null })?.lastDay).toBe('2026-11-30');
  });

  test('that lists days knows each year that it lists', () => {
    expect(DEMO_AGENCY.law).toBe(DUTCH_LAW);
    expect(nextWorkingDay('2026-05-15', DUTCH_LAW.freeDays)).toBe('2026-05-18');
    expect(nextWorkingDay('2026-05-15', MUNICH.freeDays)).toBe('2026-05-15');
  });
});

const court = { kind: 'court', procedures: [], from: '2000-01-01' } as const;

/** Counted apart from this code, with Temporal's own months as the calendar has them. */
function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const length = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, length))).toISOString().slice(0, 10);
}

function isBavarianHoliday(day: string): boolean {
  const fixed = ['01-01', '01-06', '05-01', '08-15', '10-03', '11-01', '12-25', '12-26'];
  const fromEaster = daysBetween(easterOf(Number(day.slice(0, 4))), day);
  return fixed.includes(day.slice(5)) || [-2, 1, 39, 50, 60].includes(fromEaster);
}

/** Butcher's algorithm for Easter Sunday. */
function easterOf(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${`${Math.floor(n / 31)}`.padStart(2, '0')}-${`${(n % 31) + 1}`.padStart(2, '0')}`;
}
