import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkGlossary } from './check-glossary';
import { checkPlainness } from './check-plainness';
import { readCatalogues } from './read-catalogues';

const catalogues = readCatalogues('locales');
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('Dutch and English are plain: no officialese, no sentence of more than twenty words', () => {
  const plainWords = json('locales/plain-words.json') as Parameters<typeof checkPlainness>[1];
  expect(checkPlainness(catalogues, plainWords)).toEqual([]);
});

test('officialese and a long sentence are told, with the plain word', () => {
  const long = `${Array.from({ length: 21 }, (_, n) => `word${n}`).join(' ')}.`;
  const faults = checkPlainness(
    { nl: { case: { a: 'Indien u komt.', b: long, c: 'Als u komt.' } } },
    { nl: { indien: 'als' } },
  );
  expect(faults).toEqual([
    'nl/case:a says "indien"; plainly: als',
    expect.stringContaining('nl/case:b has a sentence of 21 words'),
  ]);
});

test('another word than the glossary’s is told; a bent form of it and a named exception are not', () => {
  const glossary = {
    decision: {
      meaning: 'the answer',
      terms: {
        en: { term: 'decision', source: 'usual' },
        nl: { term: 'besluit', forms: ['beslissing'], source: 'usual', not: ['case:c'] },
      },
    },
  };
  const texts = (a: string, b: string, c: string) => ({ case: { a, b, c } });
  const faults = checkGlossary(glossary, {
    en: texts('Your decision', 'Two decisions', 'The decision'),
    nl: texts('Uw uitspraak', 'Twee beslissingen', 'Het antwoord'),
  });
  expect(faults).toEqual(['nl/case:a does not say "besluit" (decision): Uw uitspraak']);
});
