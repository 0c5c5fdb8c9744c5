import { expect, test } from 'vitest';
import { directionOf, isLanguage, LANGUAGES } from './language';

test('only exact codes are languages', () => {
  expect(LANGUAGES.every(isLanguage)).toBe(true);
  expect(['', 'NL', 'nl-NL', '../en', 'toString', undefined].some(isLanguage)).toBe(false);
});

test('every language has the direction of its script', () => {
  const rightToLeft = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo']);
  for (const language of LANGUAGES) {
    const { script } = new Intl.Locale(language).maximize();
    expect(directionOf(language)).toBe(rightToLeft.has(script ?? '') ? 'rtl' : 'ltr');
  }
});
