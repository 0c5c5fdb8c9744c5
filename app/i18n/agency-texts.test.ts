import { expect, test } from 'vitest';
import { faultsOfAgencyTexts, withAgencyTexts } from './agency-texts';

const CATALOGUES = {
  en: { case: { stage: { review: { name: 'Review' } }, next: { until: 'Until {{date}}' } } },
  nl: { case: { stage: { review: { name: 'Beoordeling' } }, next: { until: 'Tot {{date}}' } } },
};
const faults = (texts: Record<string, Record<string, string>>, words: readonly string[] = []) =>
  faultsOfAgencyTexts(texts, words, CATALOGUES, ['en', 'nl']);

test('texts of the agency replace and add, and leave the rest', () => {
  const added = withAgencyTexts(CATALOGUES.en.case, 'case', {
    'case:stage.review.name': 'Assessment',
    'case:stage.hearing.name': 'Hearing',
    'common:close': 'Shut',
  });
  expect(added).toEqual({
    stage: { review: { name: 'Assessment' }, hearing: { name: 'Hearing' } },
    next: { until: 'Until {{date}}' },
  });
  expect(CATALOGUES.en.case.stage.review.name).toBe('Review');
});

test('a known key with the same placeholders has no fault', () => {
  expect(faults({ en: { 'case:next.until': 'By {{date}}' } })).toEqual([]);
});

test('an unknown key is a fault', () => {
  expect(faults({ en: { 'case:next.untill': 'By' } })).toEqual(['en: the portal has no text case:next.untill']);
});

test('a lost placeholder is a fault', () => {
  expect(faults({ nl: { 'case:next.until': 'Op tijd' } })).toEqual([
    "nl: case:next.until needs the placeholders of the portal's text: {{date}}",
  ]);
});

test('words of the agency are needed in every language', () => {
  const words = ['case:stage.review.name', 'case:stage.hearing.name'];
  expect(faults({ en: { 'case:stage.hearing.name': 'Hearing' } }, words)).toEqual([
    'nl: has no text case:stage.hearing.name',
  ]);
});
