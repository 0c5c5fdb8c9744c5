import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from './search-words';

test.each([
  ['Unal', 'Ünal'],
  ['ISIK', 'Işık'],
  ['lukasz', 'Łukasz'],
  ['oconnor', 'O’Connor'],
  ['z120481003', 'Z1-2048-1003'],
  ['strasse', 'Straße'],
])('"%s" finds "%s"', (search, text) => {
  expect(matches(search, [text])).toBe(true);
});

test('every text is found by itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(matches(text, [text])).toBe(true);
    }),
  );
});
