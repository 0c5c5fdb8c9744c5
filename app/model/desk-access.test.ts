import { expect, test } from 'vitest';
import { itemsOf, notesFrom, textFor } from './desk-access';

test('what is not known of a building is not said, and that it has steps or no lift is', () => {
  expect(itemsOf({})).toEqual([]);
  expect(itemsOf({ stepFree: true, lift: true, quietRoom: true })).toEqual(['stepFree', 'lift', 'quietRoom']);
  expect(itemsOf({ stepFree: false, lift: false, quietRoom: false })).toEqual(['steps', 'noLift']);
});

test('a reader gets a text in his language, else in English, else in Dutch, and knows which', () => {
  expect(textFor('ar', { nl: 'Tram 4', en: 'Tram number 4', ar: 'ترام 4' })?.lang).toBe('ar');
  expect(textFor('ar', { nl: 'Tram 4', en: 'Tram number 4' })).toEqual({ text: 'Tram number 4', lang: 'en' });
  expect(textFor('ar', { nl: 'Tram 4' })?.lang).toBe('nl');
  expect(textFor('ar', { de: 'Straßenbahn 4' })?.lang).toBe('de');
  expect(textFor('ar', {})).toBeNull();
  expect(textFor('ar', undefined)).toBeNull();
});

test('a desk’s own text comes without its mark-up, and once', () => {
  expect(notesFrom(['<p>Ring the <b>bell</b>.</p>', null, ' Ring the&nbsp;bell. ', ''], 'de')).toEqual([
    { text: 'Ring the bell.', lang: 'de' },
  ]);
  expect(notesFrom([null, '', undefined], 'de')).toBeNull();
});
