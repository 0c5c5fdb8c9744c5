import { describe, expect, test } from 'vitest';
import { reachedIn } from '../../tests/agency/agency';
import { caseIn, TODAY } from '../../tests/agency/case';
import { type AnswerContext, answerOf } from './answer';
import type { Case } from './case';
import type { Way } from './ways';

const answer = (theCase: Case, context: Partial<AnswerContext> = {}) => answerOf(theCase, { today: TODAY, ...context });
const refused = (given: Partial<Case> = {}) => caseIn('decided', given, { result: 'Afgewezen', outcome: 'refused' });
const DECIDED = reachedIn('decided', '2026-02-01');

describe('a decision', () => {
  test.each([
    ['asylum', '2026-11-10', { remedy: 'appeal', lastDay: '2026-12-08', shorter: { lastDay: '2026-11-17' } }],
    ['visa', '2026-11-02', { remedy: 'objection', lastDay: '2026-11-30', shorter: null }],
  ] as const)('on %s of %s can be fought until its last day', (procedure, made, remedy) => {
    const theCase = refused({ procedure, decision: { made, notified: null, reactBy: null } });
    expect(answer(theCase, { today: '2026-11-15' }).decision).toMatchObject({ outcome: 'refused', made, remedy });
  });

  test('is dated by its stage, and by the earliest stage after it', () => {
    expect(answer(refused()).decision).toMatchObject({ made: '2026-02-01', remedy: { isPast: false } });
    const collect = { ...caseIn('collect', {}, { outcome: 'granted' }), current: reachedIn('collect', '2026-02-20') };
    expect(answer(collect).decision).toMatchObject({ made: null, remedy: null });
    expect(answer(collect, { history: [DECIDED] }).decision).toMatchObject({ made: '2026-02-01' });
  });

  test('that only closed the case was made on that day', () => {
    const closed = caseIn('closed', {}, { ended: '2026-02-01', outcome: 'refused' });
    expect(answer(closed).decision).toMatchObject({ made: null, remedy: null });
    const history = [reachedIn('review', '2026-01-20')];
    expect(answer(closed, { history }).decision).toMatchObject({ made: '2026-02-01' });
    expect(answer(closed, { history: [...history, reachedIn('decided', '2026-01-25')] }).decision).toMatchObject({
      made: '2026-01-25',
    });
  });

  test('follows the agency’s day of notification and last day', () => {
    const decision = { made: '2026-02-01', notified: '2026-02-04', reactBy: null };
    expect(answer(refused({ decision })).decision?.remedy).toMatchObject({ lastDay: '2026-03-04', basis: 'notified' });
    expect(answer(refused({ decision: { ...decision, reactBy: '2026-03-09' } })).decision?.remedy).toMatchObject({
      lastDay: '2026-03-09',
      basis: 'agency',
    });
  });

  test('dated in the future or before receipt has its stage’s date', () => {
    for (const made of ['2026-03-03', '2026-01-04'])
      expect(answer(refused({ decision: { made, notified: null, reactBy: null } })).decision?.made).toBe('2026-02-01');
  });

  test('leads to a document or a ceremony only when it was positive', () => {
    const ahead = ['decided', 'collect', 'closed'] as const;
    expect(answer(caseIn('decided', {}, { outcome: 'granted' }), { ahead }).decision?.comesNext).toBe('collect');
    expect(answer(refused(), { ahead }).decision?.comesNext).toBeNull();
    expect(answer(caseIn('decided'), { ahead }).decision?.comesNext).toBeNull();
  });

  test('is none before it, and after a withdrawal', () => {
    expect(answer(caseIn('review')).decision).toBeNull();
    expect(answer(caseIn('closed', {}, { ended: '2026-02-01', outcome: 'withdrawn' }))).toMatchObject({
      state: 'withdrawn',
      decision: null,
    });
  });
});

describe('what is to be done', () => {
  const post: Way = { kind: 'post', address: ['Agency', 'City'], procedures: [], note: {} };
  const desk: Way = { kind: 'desk', product: null, procedures: [], note: {} };
  const ways = {
    papers: [post],
    pay: [desk],
    respond: [],
    visit: [],
    objection: [post],
    notice: [desk],
    invitation: [desk],
  };

  test('has its ways, and an objection and a late decision too', () => {
    expect(answer(caseIn('documents'), { ways }).ways).toEqual({ step: [post], remedy: [], notice: [desk] });
    expect(answer(caseIn('fee'), { ways }).ways.step).toEqual([desk]);
    expect(answer(caseIn('intention'), { ways }).ways.step).toEqual([post]);
    expect(answer(caseIn('review'), { ways }).ways.step).toEqual([]);
    const invitation = { at: '2026-03-09T09:30', place: 'Zwolle' };
    expect(answer(caseIn('interview', { invitation }), { ways }).ways.step).toEqual([desk]);
    expect(answer(refused(), { ways }).ways.remedy).toEqual([post]);
    expect(answer(refused({ procedure: 'asylum' }), { ways }).ways.remedy).toEqual([]);
  });

  test('counts the two weeks of a notice of default from today', () => {
    expect(answer(caseIn('review', { decideBy: '2026-02-27' })).notice).toMatchObject({
      possibleFrom: '2026-02-28',
      soonest: { day: '2026-03-02', decideBy: '2026-03-16' },
    });
  });
});

describe('lateness', () => {
  test('is told when the law’s day passed or probably will', () => {
    expect(answer(caseIn('review', { decideBy: '2026-02-27' })).lateness).toBe('late');
    expect(answer(caseIn('review'), { rangeFrom: '2026-07-01' }).lateness).toBe('likely');
    expect(answer(caseIn('review'), { rangeFrom: '2026-06-30' }).lateness).toBeNull();
    expect(answer(caseIn('review')).lateness).toBeNull();
  });

  test('is none while the clock stands still or after the decision', () => {
    const suspension = { reason: '' };
    expect(answer(caseIn('documents', { suspension, decideBy: '2026-02-27' }))).toMatchObject({
      lateness: null,
      notice: null,
      period: { state: 'paused', by: '2026-02-27', wasPast: true },
    });
    expect(answer(refused({ decideBy: '2026-02-27' }))).toMatchObject({ lateness: null, notice: null });
  });
});
