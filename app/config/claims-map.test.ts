import { expect, test } from 'vitest';
import { claimsFromJson } from './claims-map.server';

const faultsOf = (map: unknown) => claimsFromJson.safeParse(JSON.stringify(map)).error?.issues.length ?? 0;

test.each([
  [{}, 0],
  [{ bsn: '/digid/bsn' }, 0],
  [{ bsn: ['/digid/bsn', '/a~1b/0'] }, 0],
  [{ role: { otherwise: 'applicant' } }, 0],
  [{ name: { from: ['/given', '/family'], join: ' ' } }, 0],
  [{ bsn: 'digid.bsn' }, 1],
  [{ bsn: '/a~2' }, 1],
  [{ bsn: [] }, 1],
  [{ surname: '/x' }, 1],
  [{ role: { from: '/r', values: { x: 'king' } } }, 1],
  [{ bsn: { from: '/x', match: '(' } }, 1],
  [{ bsn: { form: '/x' } }, 1],
])('the claims %j have %i faults', (map, faults) => {
  expect(faultsOf(map)).toBe(faults);
});
