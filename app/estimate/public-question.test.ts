import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuestion, questionFields, selectableMonths } from './public-question';

const TODAY = '2026-03-02';
const STAGES = new Map([['family', ['received', 'review']]]);
const parse = (query: string) => parseQuestion(questionFields(new URLSearchParams(query), TODAY), STAGES, TODAY);
const questionOf = (query: string) => {
  const parsed = parse(query);
  return parsed.kind === 'question' ? parsed.question : null;
};

describe('parsing a question', () => {
  test('finds none without a procedure', () => {
    expect(parse('')).toEqual({ kind: 'nothing' });
    expect(parse('month=2025-01&stage=review')).toEqual({ kind: 'nothing' });
  });

  test('without a month takes this month up to today', () => {
    expect(questionOf('procedure=family')).toEqual({
      procedure: 'family',
      from: '2026-03-01',
      until: TODAY,
      exact: false,
      stage: null,
    });
  });

  test('without a day takes every day of the month', () => {
    expect(questionOf('procedure=family&month=2024-02')).toMatchObject({ from: '2024-02-01', until: '2024-02-29' });
  });

  test('with a day takes that day', () => {
    const question = questionOf('procedure=family&month=2024-02&day=9&stage=review');
    expect(question).toMatchObject({ from: '2024-02-09', until: '2024-02-09', exact: true, stage: 'review' });
  });

  test.each([
    'procedure=Family',
    'procedure=%20family%20',
    'procedure=&procedure=family',
    'procedure=family&procedure=visa',
  ])('finds the procedure in %s', (query) => {
    expect(questionOf(query)).toMatchObject({ procedure: 'family' });
  });

  test('drops and reports a stage that the procedure lacks', () => {
    expect(parse('procedure=family&stage=ceremony')).toMatchObject({ question: { stage: null }, stageUnknown: true });
    expect(parse('procedure=family&stage=')).toMatchObject({ question: { stage: null }, stageUnknown: false });
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
  ])('%s has the fault %s', (query, fault) => {
    expect(parse(query)).toEqual({ kind: 'fault', fault });
  });

  test('any input gives a past day or a fault', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (month, day, stage) => {
        const parsed = parseQuestion({ procedure: 'family', month, day, stage }, STAGES, TODAY);
        if (parsed.kind !== 'question') return;
        const { from, until } = parsed.question;
        expect(from <= until && until <= TODAY).toBe(true);
      }),
    );
  });

  test('accepts each month on offer', () => {
    const months = selectableMonths(TODAY);
    expect(months[0]).toBe('2026-03');
    expect(months).toHaveLength(96);
    for (const month of months) expect(questionOf(`procedure=family&month=${month}`)).not.toBeNull();
  });
});
