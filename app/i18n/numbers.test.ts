import { expect, test } from 'vitest';
import { createTranslate } from './instance';
import { inDigitsOf, numbersOf } from './numbers';

/** Real keys with texts of this test. */
const catalogue = {
  case: { wait: { moved: { later_one: '{{count}} dag', later_other: '{{count}} روز' }, asOf: '{{date}}' } },
};
const say = (language: 'fa' | 'nl') => createTranslate(language, catalogue);

test('a number in a text has its language’s digits and grouping', () => {
  expect(say('fa')('case:wait.moved.later', { count: 12_345 })).toBe('۱۲٬۳۴۵ روز');
  expect(say('nl')('case:wait.moved.later', { count: 12_345 })).toBe('12.345 روز');
});

test('the number still chooses the plural form', () => {
  expect(say('nl')('case:wait.moved.later', { count: 1 })).toBe('1 dag');
});

test('a text value, such as a code, keeps its digits', () => {
  expect(say('fa')('case:wait.asOf', { date: '2811000137' })).toBe('2811000137');
});

test('a running clock has the digits of its language', () => {
  expect(inDigitsOf('fa', '4:07')).toBe('۴:۰۷');
  expect(inDigitsOf('ar', '4:07')).toBe('4:07');
});

test('a language that browsers lack gets English numbers', () => {
  expect(numbersOf('ti')(1_234)).toBe(new Intl.NumberFormat('en').format(1_234));
  expect(numbersOf('so')(1_234)).toBe(new Intl.NumberFormat('en').format(1_234));
});
