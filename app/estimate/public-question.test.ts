import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedIn, hear, monthsToAsk } from './public-question';

const TODAY = '2026-03-02';
const STAGES = new Map([['family', ['received', 'review']]]);
const ask = (query: string) => hear(askedIn(new URLSearchParams(query), TODAY), STAGES, TODAY);
const questionOf = (query: string) => {
  const heard = ask(query);
  return heard.kind === 'question' ? heard.question : null;
};

describe('the question of an address', () => {
  test('is none where no procedure was chosen', () => {
    expect(ask('')).toEqual({ kind: 'nothing' });
    expect(ask('month=2025-01&stage=review')).toEqual({ kind: 'nothing' });
  });

  test('without a month is about this month, up to today', () => {
    expect(questionOf('procedure=family')).toEqual({
      procedure: 'family',
      from: '2026-03-01',
      until: TODAY,
      exact: false,
      stage: null,
    });
  });

  test('without a day is about every day of the month', () => {
    expect(questionOf('procedure=family&month=2024-02')).toMatchObject({ from: '2024-02-01', until: '2024-02-29' });
  });

  test('with a day is about that day', () => {
    const question = questionOf('procedure=family&month=2024-02&day=9&stage=review');
    expect(question).toMatchObject({ from: '2024-02-09', until: '2024-02-09', exact: true, stage: 'review' });
  });

  test('leaves out a stage that the procedure does not have, and says so', () => {
    expect(ask('procedure=family&stage=ceremony')).toMatchObject({ question: { stage: null }, stageUnknown: true });
    expect(ask('procedure=family&stage=')).toMatchObject({ question: { stage: null }, stageUnknown: false });
  });

  test.each([
    ['procedure=visa', 'procedure'],
    ['procedure=__proto__', 'procedure'],
    ['procedure=family&month=', 'month'],
    ['procedure=family&month=2025-13', 'month'],
    ['procedure=family&month=2025-02&day=29', 'day'],
    ['procedure=family&month=2025-02&day=0', 'day'],
    ['procedure=family&month=2025-02&day=1e1', 'day'],
    ['procedure=family&month=2026-03&day=3', 'future'],
    ['procedure=family&month=2026-04', 'future'],
  ])('%s has a fault: %s', (query, fault) => {
    expect(ask(query)).toEqual({ kind: 'fault', fault });
  });

  test('whatever is sent, it ends with a day that was, or with a fault', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (month, day, stage) => {
        const heard = hear({ procedure: 'family', month, day, stage }, STAGES, TODAY);
        if (heard.kind !== 'question') return;
        const { from, until } = heard.question;
        expect(from <= until && until <= TODAY).toBe(true);
      }),
    );
  });

  test('can be about each of the months on offer', () => {
    const months = monthsToAsk(TODAY);
    expect(months[0]).toBe('2026-03');
    expect(months).toHaveLength(96);
    for (const month of months) expect(questionOf(`procedure=family&month=${month}`)).not.toBeNull();
  });
});
