import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PersonId, personKey } from './viewer';

test('people never share a key, even with equal numbers', () => {
  const person: fc.Arbitrary<PersonId> = fc.record({
    kind: fc.constantFrom('bsn', 'vnumber'),
    value: fc.oneof(fc.constantFrom('', ':', '123456789', 'bsn:1', 'vnumber:1'), fc.string()),
  });
  fc.assert(
    fc.property(person, person, (a, b) => {
      expect(personKey(a) === personKey(b)).toBe(a.kind === b.kind && a.value === b.value);
    }),
  );
  expect(personKey({ kind: 'bsn', value: '1' })).not.toBe(personKey({ kind: 'vnumber', value: '1' }));
});
