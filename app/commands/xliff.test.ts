import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCatalogues } from '~/i18n/read-catalogues';
import { contextOf, withoutContext } from './context-of';
import { fromXliff, toXliff } from './xliff';

const catalogues = readCatalogues('locales');

describe('export and import of a language', () => {
  test.each(Object.keys(catalogues))('%s: comes back unchanged', (language) => {
    const back = fromXliff(toXliff(catalogues, language, () => 'a note'));
    expect(back.language).toBe(language);
    expect(back.catalogues).toEqual(catalogues[language]);
  });

  test('any letters, signs and placeholders come back unchanged', () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('{{date}}', '<b>', '&amp;', ' ', '"')), {
        minLength: 1,
      })
      // XML has no control characters and normalizes line separators.
      .map((parts) => parts.join('').replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, ''))
      .filter((made) => made !== '');
    fc.assert(
      fc.property(text, (translated) => {
        const back = fromXliff(toXliff({ en: { case: { a: 'x' } }, tr: { case: { a: translated } } }, 'tr', () => ''));
        expect(back.catalogues).toEqual({ case: { a: translated } });
      }),
    );
  });

  test('a new language gets all its plural forms and protected placeholders', () => {
    const xml = toXliff(
      { en: { case: { days_one: '{{count}} day', days_other: '{{count}} days' } } },
      'pl',
      () => 'why',
    );
    for (const form of ['one', 'few', 'many', 'other']) expect(xml).toContain(`<unit id="days_${form}"`);
    expect(xml).toContain('<note>why</note>');
    expect(xml).toContain('<ph id="1" equiv="count" disp="{{count}}"/> days');
  });

  test('another XML file is refused with a message', () => {
    expect(() => fromXliff('<html/>')).toThrow('no XLIFF');
  });
});

describe('notes for translators', () => {
  const context = { case: 'One application.', 'case:next': 'What to do.', 'case:next.pay': 'Money.' };

  test('a text has the notes of its page and groups too', () => {
    expect(contextOf(context)('case:next.pay')).toBe('One application. What to do. Money.');
    expect(contextOf(context)('case:next.wait')).toBe('One application. What to do.');
  });

  test('the note of the page alone is not enough', () => {
    expect(withoutContext(context, ['case:next.wait', 'case:title'])).toEqual(['case:title']);
  });
});
