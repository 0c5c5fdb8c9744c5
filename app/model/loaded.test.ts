import { describe, expect, test } from 'vitest';
import { fresh, knownValue, type Loaded, mapLoaded, unavailable } from './loaded';

const asOf = '2026-03-02T09:00:00Z';
const states: readonly Loaded<number[]>[] = [
  fresh([], asOf),
  { state: 'kept', value: [1], asOf, why: 'down' },
  { state: 'partial', value: [1], asOf, missing: ['page 2'] },
  unavailable('late'),
];

describe('loaded values', () => {
  test('an empty value is not unavailable', () => {
    expect(states.map(knownValue)).toEqual([[], [1], [1], undefined]);
    expect(knownValue(fresh(undefined, asOf))).toBe(knownValue(unavailable('down')));
    expect(fresh(undefined, asOf)).not.toEqual(unavailable('down'));
  });

  test('a derived value keeps the state of its source', () => {
    expect(states.map((loaded) => mapLoaded(loaded, (list) => list.length))).toEqual([
      { state: 'fresh', value: 0, asOf },
      { state: 'kept', value: 1, asOf, why: 'down' },
      { state: 'partial', value: 1, asOf, missing: ['page 2'] },
      { state: 'unavailable', why: 'late' },
    ]);
  });

  test('nothing is derived from an unavailable value', () => {
    expect(
      mapLoaded(unavailable('down'), () => {
        throw new Error('was called');
      }),
    ).toEqual({ state: 'unavailable', why: 'down' });
  });
});
