import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Catalogues, readCatalogues } from '~/i18n/read-catalogues';
import { LANGUAGES } from '~/model/language';
import { checkCatalogues } from './check-catalogues';

const english = {
  title: 'Your visit',
  at: 'At {{time}}',
  wait_one: '{{count}} minute, {{desk}}',
  wait_other: '{{count}} minutes, {{desk}}',
  group: { name: 'Zicht', both: '{{day}}, {{time}}', code: 'Your code: ' },
};
const dutch = {
  title: 'Uw bezoek',
  at: 'Om {{time}}',
  wait_one: '{{count}} minuut, {{desk}}',
  wait_other: '{{count}} minuten, {{desk}}',
  group: { name: 'Zicht', both: '{{day}}, {{time}}', code: 'Uw code: ' },
};
const arabicWaits = {
  wait_zero: 'لا انتظار، {{desk}}',
  wait_one: 'دقيقة واحدة، {{desk}}',
  wait_two: 'دقيقتان، {{desk}}',
  wait_few: '{{count}} دقائق، {{desk}}',
  wait_many: '{{count}} دقيقة، {{desk}}',
  wait_other: '{{count}} دقيقة، {{desk}}',
};

const faultsOf = (language: string, catalogue: unknown, source: unknown = english) =>
  checkCatalogues({ en: { visit: source }, [language]: { visit: catalogue } });

describe('a correct translation', () => {
  test('has no faults', () => {
    expect(faultsOf('nl', dutch)).toEqual([]);
  });

  test('may repeat English names, placeholders and shared words', () => {
    expect(faultsOf('nl', { menu: 'Contact', by: 'IND' }, { menu: 'Contact', by: 'IND' })).toEqual([]);
  });

  test('may spell out a plural form that means one number', () => {
    expect(faultsOf('ar', arabicWaits, { wait_one: english.wait_one, wait_other: english.wait_other })).toEqual([]);
  });

  test('may show the count where English spells it out', () => {
    const source = { wait_one: 'One minute', wait_other: '{{count}} minutes' };
    expect(faultsOf('nl', { wait_one: '{{count}} minuut', wait_other: '{{count}} minuten' }, source)).toEqual([]);
  });
});

describe('faults', () => {
  test('a missing key', () => {
    const { at: _, ...rest } = dutch;
    expect(faultsOf('nl', rest)).toEqual(['nl/visit.json: at is missing']);
  });

  test('a missing key inside a group', () => {
    expect(faultsOf('nl', { ...dutch, group: { name: 'Zicht', both: '{{day}}, {{time}}' } })).toEqual([
      'nl/visit.json: group.code is missing',
    ]);
  });

  test('an extra key', () => {
    expect(faultsOf('nl', { ...dutch, old: 'Oud' })).toEqual(['nl/visit.json: old is extra: en does not have it']);
  });

  test('a text that is still English', () => {
    expect(faultsOf('nl', { ...dutch, title: english.title })).toEqual(['nl/visit.json: title is the same as in en']);
  });

  test('a plural form that is still English', () => {
    expect(faultsOf('nl', { ...dutch, wait_one: english.wait_one })).toEqual([
      'nl/visit.json: wait_one is the same as in en',
    ]);
  });

  test('an English word that is allowed in another language only', () => {
    expect(faultsOf('ar', { menu: 'Contact' }, { menu: 'Contact' })).toEqual([
      'ar/visit.json: menu is the same as in en',
    ]);
  });

  test('a placeholder with another name', () => {
    expect(faultsOf('nl', { ...dutch, at: 'Om {{tijd}}' })).toEqual([
      'nl/visit.json: at lacks {{time}}',
      'nl/visit.json: at has {{tijd}}, which en does not have',
    ]);
  });

  test('a placeholder that lost a brace', () => {
    expect(faultsOf('nl', { ...dutch, at: 'Om {time}}' })).toEqual(['nl/visit.json: at lacks {{time}}']);
  });

  test('a count missing from a form for many numbers', () => {
    expect(faultsOf('nl', { ...dutch, wait_other: 'minuten, {{desk}}' })).toEqual([
      'nl/visit.json: wait_other lacks {{count}}',
    ]);
  });

  test('another placeholder missing from a form for one number', () => {
    const source = { wait_one: english.wait_one, wait_other: english.wait_other };
    expect(faultsOf('ar', { ...arabicWaits, wait_two: 'دقيقتان' }, source)).toEqual([
      'ar/visit.json: wait_two lacks {{desk}}',
    ]);
  });

  test('a missing plural form of the language', () => {
    const source = { wait_one: english.wait_one, wait_other: english.wait_other };
    const { wait_two: _two, wait_many: _many, ...rest } = arabicWaits;
    expect(faultsOf('ar', rest, source).sort()).toEqual([
      'ar/visit.json: the plural form wait_many is missing',
      'ar/visit.json: the plural form wait_two is missing',
    ]);
  });

  test('a plural form that the language lacks', () => {
    expect(faultsOf('nl', { ...dutch, wait_few: '{{count}} minuutjes, {{desk}}' })).toEqual([
      'nl/visit.json: the plural form wait_few is extra',
    ]);
  });

  test('a text without plural forms, where English has them', () => {
    const { wait_one: _one, wait_other: _other, ...rest } = dutch;
    expect(faultsOf('nl', { ...rest, wait: '{{count}} minuten, {{desk}}' })).toEqual([
      'nl/visit.json: the plural form wait_one is missing',
      'nl/visit.json: the plural form wait_other is missing',
      'nl/visit.json: wait without a plural form is extra',
    ]);
  });

  test('English itself, without one of its plural forms', () => {
    expect(checkCatalogues({ en: { visit: { wait_other: '{{count}} minutes' } } })).toEqual([
      'en/visit.json: the plural form wait_one is missing',
    ]);
  });

  test.each(['', '  ', '\n'])('an empty text (%j)', (empty) => {
    expect(faultsOf('nl', { ...dutch, title: empty })).toEqual(['nl/visit.json: title is empty']);
  });

  test('a text that lost the space before its value', () => {
    expect(faultsOf('nl', { ...dutch, group: { ...dutch.group, code: 'Uw code:' } })).toEqual([
      'nl/visit.json: group.code ends with a space, or en does',
    ]);
  });

  test('a value that is no text', () => {
    expect(faultsOf('nl', { ...dutch, at: 5 })).toEqual([
      'nl/visit.json: at is no text',
      'nl/visit.json: at is missing',
    ]);
    expect(faultsOf('nl', [])).toContain('nl/visit.json: the file is no text');
  });

  test('a file that is missing, or that English does not have', () => {
    expect(checkCatalogues({ en: { visit: english }, nl: { bezoek: dutch } })).toEqual([
      'nl/visit.json: the file is missing',
      'nl/bezoek.json: en has no such file',
    ]);
  });

  test('a folder that is no language', () => {
    expect(checkCatalogues({ en: { visit: english }, qq: { visit: dutch } })).toEqual([
      'qq: its plural forms are not known',
    ]);
  });

  test('no English at all', () => {
    expect(checkCatalogues({ nl: { visit: dutch } })).toEqual(['there are no catalogues of the source language, en']);
  });
});

describe('the catalogues of the portal', () => {
  const catalogues: Catalogues = readCatalogues(join(import.meta.dirname, '../../locales'));

  test('there is one folder for each language of the portal', () => {
    expect(Object.keys(catalogues).sort()).toEqual([...LANGUAGES].sort());
  });

  test('they have no faults', () => {
    expect(checkCatalogues(catalogues)).toEqual([]);
  });
});

test('an error about invalid JSON names the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogues-'));
  try {
    mkdirSync(join(folder, 'nl'));
    writeFileSync(join(folder, 'nl', 'visit.json'), '{ "title": "Uw bezoek", }');
    expect(() => readCatalogues(folder)).toThrow(join(folder, 'nl', 'visit.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
