import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areIndependent, type StaffPosition } from './four-eyes';

const NAMES = ['a', 'b', 'c', 'd'] as const;
const place: fc.Arbitrary<StaffPosition> = fc.record({
  id: fc.constantFrom(...NAMES),
  team: fc.constantFrom('north', 'south', null),
  leads: fc.option(fc.uniqueArray(fc.constantFrom(...NAMES, 'head'), { maxLength: 3 })),
});

test('the decider is of another team and another line of leads', () => {
  let apart = 0;
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(areIndependent(other, one)).toBe(areIndependent(one, other));
      if (!areIndependent(one, other)) return;
      apart += 1;
      expect(one.id).not.toBe(other.id);
      expect([one.team, other.team].sort()).toEqual(['north', 'south']);
      expect([one.id, ...(one.leads ?? ['unknown'])]).not.toContain(other.id);
      expect([other.id, ...(other.leads ?? ['unknown'])]).not.toContain(one.id);
      if (one.leads?.length) expect(one.leads[0]).not.toBe(other.leads?.[0]);
    }),
    { numRuns: 5_000 },
  );
  expect(apart).toBeGreaterThan(100);
});

test('a shared head further up is fine; unknown positions are not', () => {
  const one: StaffPosition = { id: 'a', team: 'north', leads: ['lead of north', 'head'] };
  const other: StaffPosition = { id: 'b', team: 'south', leads: ['lead of south', 'head'] };
  expect(areIndependent(one, other)).toBe(true);
  for (const unknown of [{ team: null }, { leads: null }])
    expect(areIndependent(one, { ...other, ...unknown })).toBe(false);
  expect(areIndependent(one, { id: 'head', team: 'board', leads: [] })).toBe(false);
});
