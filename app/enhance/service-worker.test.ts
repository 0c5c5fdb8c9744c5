import { expect, test } from 'vitest';
import { offlineLanguage } from './service-worker';

const KNOWN = ['nl', 'en', 'ar', 'ti'];

test.each([
  ['/ar/cases/x', ['en-GB'], 'ar'],
  ['/', ['fr', 'TI-er', 'en'], 'ti'],
  ['/service', [], 'nl'],
  ['/toString', ['constructor'], 'nl'],
])('%s with %j: the page without a network is in %s', (path, preferred, language) => {
  expect(offlineLanguage(`https://portal.example${path}`, preferred, KNOWN)).toBe(language);
});
