import { expect, test } from 'vitest';
import { faultsOfControl, faultsOfRow, faultsOfSecurityDocuments, type Row } from './security-documents';

test('each control and each requirement of ASVS has evidence or a reason', () => {
  expect(faultsOfSecurityDocuments()).toEqual([]);
});

test('a requirement without evidence, reason or verdict is found', () => {
  const row: Row = { id: '1.1.1', level: '2', verdict: 'yes', shownBy: ['tests/house.test.ts'], note: '' };
  expect(faultsOfRow(row)).toEqual([]);
  expect(faultsOfRow({ ...row, shownBy: ['tests/house.test.ts#no file imports a route'] })).toEqual([]);
  expect(faultsOfRow({ ...row, verdict: 'does not apply', shownBy: [], note: 'No passwords.' })).toEqual([]);
  expect(faultsOfRow({ ...row, shownBy: [] })).toEqual(['has neither a test nor a section']);
  for (const evidence of ['tests/gone.test.ts', 'tests/house.test.ts#no such', 'docs/security.md#no', 'app/root.tsx'])
    expect(faultsOfRow({ ...row, shownBy: [evidence] })).toHaveLength(1);
  expect(faultsOfRow({ ...row, verdict: 'part' })).toEqual(['does not say why']);
  expect(faultsOfRow({ ...row, verdict: 'no' })).toEqual(['does not say why']);
  expect(faultsOfRow({ ...row, verdict: 'maybe', note: 'why' })).toEqual(['has no known verdict']);
});

test('a control without evidence or gap is found', () => {
  expect(faultsOfControl('yes', '`tests/house.test.ts`')).toEqual([]);
  expect(faultsOfControl('part', '[here](#logs). Gap: no traces')).toEqual([]);
  expect(faultsOfControl('no', 'Gap: neither')).toEqual([]);
  expect(faultsOfControl('yes', 'somewhere')).toHaveLength(1);
  expect(faultsOfControl('part', '`tests/house.test.ts`')).toHaveLength(1);
  expect(faultsOfControl('maybe', '`tests/house.test.ts`. Gap: it')).toHaveLength(1);
});
