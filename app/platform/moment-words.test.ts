import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dayWords, momentWords } from './moment-words.server';

const lastDay = Temporal.Instant.from('2027-03-01T23:30:00Z');

test('a day that begins at midnight is the agency’s own', () => {
  expect(dayWords(lastDay, 'en')).toBe('2\u00a0March 2027');
  expect(momentWords(lastDay, 'en')).toContain('2\u00a0March 2027');
  expect(momentWords(lastDay, 'en')).toContain('00:30');
});
