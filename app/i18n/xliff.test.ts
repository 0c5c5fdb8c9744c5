import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextOf, withoutContext } from './context-of';
import { readCatalogues } from './read-catalogues';
import { fromXliff, toXliff } from './xliff';

const catalogues = readCatalogues('locales');

describe('a language goes out to translators and comes back', () => {
  test.each(Object.keys(catalogues))('%s: just as it was', (language) => {
    const back = fromXliff(toXliff(catalogues, language, () => 'a note'));
    expect(back.language).toBe(language);
    expect(back.catalogues).toEqual(catalogues[language]);
  });

  test('whatever letters, signs and placeholders are in it', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{{date}}', '<b>', '&amp;', ' ', '"')), {
        minLength: 1,
      })
      // XML has no control characters, and takes every separator of lines for the same one.
      .map((parts) => parts.join('').replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, ''))
      .filter((made) => made !== '');
    fc.assert(
      fc.property(text, (said) => {
        const back = fromXliff(toXliff({ en: { case: { a: 'x' } }, tr: { case: { a: said } } }, 'tr', () => ''));
        expect(back.catalogues).toEqual({ case: { a: said } });
      }),
    );
  });

  test('a new language is asked for all its plural forms, and placeholders are protected', () => {
    const xml = toXliff(
      { en: { case: { days_one: '{{count}} day', days_other: '{{count}} days' } } },
      'pl',
      () => 'why',
    );
    for (const form of ['one', 'few', 'many', 'other']) expect(xml).toContain(`<unit id="days_${form}"`);
    expect(xml).toContain('<note>why</note>');
    expect(xml).toContain('<ph id="1" equiv="count" disp="{{count}}"/> days');
  });

  test('a file that is none is refused in words', () => {
    expect(() => fromXliff('<html/>')).toThrow('no XLIFF');
  });
});

describe('what translators are told', () => {
  const context = { case: 'One application.', 'case:next': 'What to do.', 'case:next.pay': 'Money.' };

  test('is all that holds for the text, from the page down to the text', () => {
    expect(contextOf(context)('case:next.pay')).toBe('One application. What to do. Money.');
    expect(contextOf(context)('case:next.wait')).toBe('One application. What to do.');
  });

  test('the page alone is too little', () => {
    expect(withoutContext(context, ['case:next.wait', 'case:title'])).toEqual(['case:title']);
  });
});
