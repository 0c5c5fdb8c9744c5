import { expect, test } from 'vitest';
import { accessItems, notesFrom, textFor } from './desk-access';

test('only known facts of a building are listed, obstacles too', () => {
  expect(accessItems({})).toEqual([]);
  expect(accessItems({ stepFree: true, lift: true, quietRoom: true })).toEqual(['stepFree', 'lift', 'quietRoom']);
  expect(accessItems({ stepFree: false, lift: false, quietRoom: false })).toEqual(['steps', 'noLift']);
});

test('a text falls back to English, then Dutch, with its language', () => {
  expect(textFor('ar', { nl: 'Tram 4', en: 'Tram number 4', ar: 'ترام 4' })?.lang).toBe('ar');
  expect(textFor('ar', { nl: 'Tram 4', en: 'Tram number 4' })).toEqual({ text: 'Tram number 4', lang: 'en' });
  expect(textFor('ar', { nl: 'Tram 4' })?.lang).toBe('nl');
  expect(textFor('ar', { de: 'Straßenbahn 4' })?.lang).toBe('de');
  expect(textFor('ar', {})).toBeNull();
  expect(textFor('ar', undefined)).toBeNull();
});

test("a desk's notes lose their markup and duplicates", () => {
  expect(notesFrom(['<p>Ring the <b>bell</b>.</p>', null, ' Ring the&nbsp;bell. ', ''], 'de')).toEqual([
    { text: 'Ring the bell.', lang: 'de' },
  ]);
  expect(notesFrom([null, '', undefined], 'de')).toBeNull();
});
