import { expect, test } from 'vitest';
import * as pseudonym from './pseudonym.server';

const person = { kind: 'bsn', value: '999990019' } as const;

test('pseudonyms are the ones that are stored already', () => {
  expect([
    pseudonym.ownerOf({ subject: { person, name: 'Amal' } }),
    pseudonym.actorPseudonym('sub-7'),
    pseudonym.referenceHash('z-2026 0042'),
    pseudonym.caseReference({ subject: { person, name: '' } }, { id: 'case-1' }),
    pseudonym.clientReference('sub-7', 'case-1'),
    pseudonym.colleagueHash('002220647', '12'),
    pseudonym.deadlineId('case-1', 'decision'),
    pseudonym.shownHash('ref', 'stage', ['a', 1]),
    pseudonym.spokenCodeHash('id-1', '01234567'),
  ]).toEqual([
    'ocuvRu6fERzx7qZ3RTNXvw',
    'f9G3GVyaWc3wsr5VtBImUQ',
    'CdooNOWK6Pu989Fh10trnw',
    'wfoMnepoaKwya7dH2joaQA',
    'N5wWi1KHPJn1PtX_wpKjPA',
    '58YDpmxeBq5pL7pKz-l1_A',
    '6h9NwssfcZrCPiwlsyi5DA',
    'QHtUcxzE2ccGJe53AM0U5A',
    '2fc75955cfe40063eb6a3b6b9a795e921b6a6de281ff24177b271708938de9b1',
  ]);
});
