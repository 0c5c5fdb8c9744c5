import { expect, test } from 'vitest';
import { type MeanwhileRule, meanwhileFor } from './meanwhile';

const rule = (topic: MeanwhileRule['topic'], text: string, given: Partial<MeanwhileRule> = {}): MeanwhileRule => ({
  topic,
  procedures: [],
  stages: [],
  texts: { en: text },
  url: {},
  ...given,
});
const rules = [
  rule('school', 'school'),
  rule('work', 'all'),
  rule('work', 'asylum', { procedures: ['asylum'] }),
  rule('work', 'asylum again', { procedures: ['asylum'] }),
  rule('work', 'interview', { stages: ['interview'] }),
  rule('stay', 'after the decision', { stages: ['decided'] }),
];
const textsFor = (procedure: string | null, stage: string | null, isOpen = true) =>
  meanwhileFor(rules, { procedure, stage, isOpen }).map(({ texts }) => texts.en);

test('each topic has one answer, in a fixed order', () => {
  expect(textsFor('family', 'review')).toEqual(['all', 'school']);
  expect(textsFor(null, null)).toEqual(['all', 'school']);
});

test('the answer that names the most of the case wins', () => {
  expect(textsFor('asylum', 'review')[0]).toBe('asylum');
  expect(textsFor('asylum', 'interview')[0]).toBe('interview');
});

test('after the decision only answers for that stage are left', () => {
  expect(textsFor('family', 'decided', false)).toEqual(['after the decision']);
  expect(textsFor('family', 'closed', false)).toEqual([]);
});
