import { describe, expect, test } from 'vitest';
import { caseIn, TODAY } from '../../tests/agency/case';
import { answerOf } from './answer';
import { countedDaysOf } from './counted-days';
import { addDays } from './time';

describe('how the dates of a case were counted', () => {
  test('counts the decision period from the day of receipt', () => {
    const theCase = caseIn('review', { received: '2026-02-06', decideBy: null, statutoryTerm: 'P90D' });
    const decision = countedDaysOf(theCase, TODAY).find(({ of }) => of === 'decision');
    expect(decision).toMatchObject({ from: '2026-02-06', duration: 'P90D', ranOn: false });
    // Ends on Ascension Day, with a free Friday and a weekend behind it.
    const ranOn = caseIn('review', { received: '2026-02-13', decideBy: null, statutoryTerm: 'P90D' });
    expect(countedDaysOf(ranOn, TODAY).find(({ of }) => of === 'decision')).toMatchObject({ ranOn: true });
  });

  test('leaves out a day that the agency gave', () => {
    const kinds = countedDaysOf(caseIn('review', { decideBy: '2026-03-10' }), TODAY).map(({ of }) => of);
    expect(kinds).toEqual(['notice', 'notice-answer']);
  });

  test('leads to the dates that the page shows', () => {
    const theCase = caseIn('review', { decideBy: '2026-03-10' });
    const { notice } = answerOf(theCase, { today: TODAY });
    const [possible, answer] = countedDaysOf(theCase, TODAY);
    const days = (duration = '') => Number(duration.slice(1, -1));
    expect(addDays(possible?.from ?? '', days(possible?.duration))).toBe(notice?.possibleFrom);
    expect(addDays(answer?.from ?? '', days(answer?.duration))).toBe(notice?.decideBy);
  });

  test('names the article of the time to object', () => {
    const decision = { made: '2026-02-20', notified: '2026-02-24', reactBy: null };
    const theCase = caseIn('decided', { received: '2025-06-01', outcome: 'refused', decision });
    const [remedy] = countedDaysOf(theCase, TODAY);
    expect(remedy?.from).toBe('2026-02-24');
    expect(remedy?.source).not.toBe('');
  });
});
