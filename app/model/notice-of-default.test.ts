import { describe, expect, test } from 'vitest';
import { caseIn, TODAY } from '../../tests/agency/case';
import { answerOf } from './answer';
import type { Case } from './case';
import { deadlinesOf } from './mandate-deadlines';

const late = (given: Partial<Case> = {}) => caseIn('review', { decideBy: '2026-02-10', ...given });
const answer = (given: Partial<Case>, today = TODAY) => answerOf(late(given), { today });

describe('a notice of default that the agency got', () => {
  test('gives two weeks from the day of receipt, then the court', () => {
    const { notice, receivedNotice, court } = answer({ noticeReceived: '2026-02-17' }, '2026-03-02');
    expect(notice).toBeNull();
    expect(receivedNotice).toMatchObject({ decideBy: '2026-03-03', perhapsBy: null, tooEarlyFor: null });
    expect(court).toEqual({ possibleFrom: '2026-03-04', isPossible: false });
    expect(answer({ noticeReceived: '2026-02-17' }, '2026-03-04').court?.isPossible).toBe(true);
  });

  test('lets people go to court after a disputed last day', () => {
    const { receivedNotice, court } = answer({ noticeReceived: '2026-02-14' });
    expect(receivedNotice).toMatchObject({ decideBy: '2026-02-28', perhapsBy: '2026-03-02' });
    expect(court?.possibleFrom).toBe('2026-03-03');
  });

  test('does not count when it came before the last day was over', () => {
    const { notice, receivedNotice, court } = answer({ noticeReceived: '2026-02-10' });
    expect(receivedNotice?.tooEarlyFor).toBe('2026-02-11');
    expect([notice?.possibleFrom, court]).toEqual(['2026-02-11', null]);
  });

  test('survives a pause that began after it', () => {
    const paused = { noticeReceived: '2026-02-17', suspension: { reason: '' } };
    expect(answer(paused).receivedNotice?.decideBy).toBe('2026-03-03');
    expect(answer({ ...paused, noticeReceived: '2026-02-01' }).receivedNotice?.tooEarlyFor).toBe('2026-02-11');
  });

  test.each([
    [
      'before a last day that was extended',
      { noticeReceived: '2026-02-05', extension: { duration: 'P3M', reason: '' } },
    ],
    ['in the future', { noticeReceived: '2027-01-01' }],
    ['of a decided case', { noticeReceived: '2026-02-17', state: 'decided' as const }],
    ['without a last day', { noticeReceived: '2026-02-17', decideBy: null, statutoryTerm: null }],
  ])('is told of no date when it is %s', (_, given) => {
    expect([answer(given).receivedNotice, answer(given).court]).toEqual([null, null]);
  });

  test("replaces the possible notice among an advisor's deadlines", () => {
    const kinds = deadlinesOf(late({ noticeReceived: '2026-02-17' }), TODAY).map(({ kind, date }) => `${kind} ${date}`);
    expect(kinds).toEqual(['decision 2026-02-10', 'notice-answer 2026-03-03', 'court 2026-03-04']);
  });
});
