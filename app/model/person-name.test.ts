import { expect, test } from 'vitest';
import { fullNameOf, knownName } from './person-name';

test.each(['', ' ', '.', '-', '..', '—', '...', '?', '0', 'N.N.', 'NN', 'n.n', 'N. N.', 'Onbekend', 'UNKNOWN'])(
  'the name %j is unknown',
  (name) => {
    expect(knownName(name)).toBe('');
  },
);

test.each([
  ['Amal', 'Amal'],
  [' El  Idrissi ', 'El Idrissi'],
  ['U', 'U'],
  ["'t", "'t"],
  ['Nn’amdi', 'Nn’amdi'],
  ['ምሕረት', 'ምሕረት'],
  ['A'.repeat(120), 'A'.repeat(120)],
  ['Jose\u0301', 'José'],
])('the name %j is kept', (name, kept) => {
  expect(knownName(name)).toBe(kept);
});

test('a person may have one name only', () => {
  expect(fullNameOf({ givenName: 'Amal', familyName: '' })).toBe('Amal');
  expect(fullNameOf({ givenName: '', familyName: 'Haddad' })).toBe('Haddad');
  expect(fullNameOf({ givenName: 'Amal', familyName: 'Haddad' })).toBe('Amal Haddad');
});
