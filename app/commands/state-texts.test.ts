import { expect, test } from 'vitest';
import { readCatalogues } from '~/i18n/read-catalogues';
import { LANGUAGES } from '~/model/language';
import { STATE_NAMES, textsOfState } from './state-texts';

const catalogues = readCatalogues('locales');

test.each(STATE_NAMES)('%s: every language has the same texts', (state) => {
  const keysIn = (language: string) => new Set(textsOfState(catalogues, language, state).map(({ key }) => key));
  expect(keysIn('en').size).toBeGreaterThan(1);
  for (const language of LANGUAGES) expect(keysIn(language)).toEqual(keysIn('en'));
});

test('the texts of a state stand in the order of the page', () => {
  const keys = textsOfState(catalogues, 'en', 'documents').map(({ key }) => key);
  expect(keys.slice(0, 3)).toEqual(['case:stage.documents.name', 'case:stage.documents.now', 'case:next.papers']);
});

test('a state that does not exist has no texts', () => {
  expect(textsOfState(catalogues, 'en', 'lost')).toEqual([]);
});
