import { expect, test } from 'vitest';
import { createTranslate } from './instance';
import { inDigitsOf, numbersOf } from './numbers';

const catalogue = { common: { visitors_one: '{{count}} bezoeker', visitors_other: '{{count}} نفر', code: '{{code}}' } };
// Keys of a catalogue that is made for this test.
const say = (language: 'fa' | 'nl') =>
  createTranslate(language, catalogue) as unknown as (key: string, values: Record<string, string | number>) => string;

test('a number in a text is in the digits of its language, and grouped as it groups', () => {
  expect(say('fa')('common:visitors', { count: 12_345 })).toBe('۱۲٬۳۴۵ نفر');
  expect(say('nl')('common:visitors', { count: 12_345 })).toBe('12.345 نفر');
});

test('the number itself still chooses the plural form', () => {
  expect(say('nl')('common:visitors', { count: 1 })).toBe('1 bezoeker');
});

test('what comes as a text, such as a code, is left as it is', () => {
  expect(say('fa')('common:code', { code: '2811000137' })).toBe('2811000137');
});

test('a running clock has the digits of its language', () => {
  expect(inDigitsOf('fa', '4:07')).toBe('۴:۰۷');
  expect(inDigitsOf('ar', '4:07')).toBe('4:07');
});

test('a language that a browser does not know is written as English is, not as the browser would', () => {
  expect(numbersOf('ti')(1_234)).toBe(new Intl.NumberFormat('en').format(1_234));
  expect(numbersOf('so')(1_234)).toBe(new Intl.NumberFormat('en').format(1_234));
});
