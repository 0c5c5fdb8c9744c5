import { expect, test } from 'vitest';
import { actionsOf } from './mandate';
import { OFFICE_RIGHTS, OFFICE_ROLES, OFFICE_SCOPES, officeActions, officeScopeWithin } from './office';

test('colleagues may do nothing until the client chooses more', () => {
  for (const role of OFFICE_ROLES) expect(officeActions(actionsOf('arrange'), 'none', role)).toEqual([]);
});

test('a colleague never may more than the advisor', () => {
  for (const role of OFFICE_ROLES)
    for (const scope of OFFICE_SCOPES) {
      expect(officeActions(actionsOf('look'), scope, role)).not.toContain('arrange');
      expect(officeActions([], scope, role)).toEqual([]);
    }
  expect(officeScopeWithin(actionsOf('look'), 'arrange')).toBe('look');
  expect(officeScopeWithin(actionsOf('arrange'), 'arrange')).toBe('arrange');
  expect(officeScopeWithin(actionsOf('look'), 'none')).toBe('none');
});

test('each choice of the client gives more than the one before', () => {
  for (const role of OFFICE_ROLES) {
    const { none, look, arrange } = OFFICE_RIGHTS;
    expect(none[role]).toEqual([]);
    expect(arrange[role]).toEqual(expect.arrayContaining([...look[role]]));
    expect(look[role]).toContain('see');
  }
});
