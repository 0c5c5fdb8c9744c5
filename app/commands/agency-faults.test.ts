import { expect, test } from 'vitest';
import { notesOf } from './agency-faults';

test('a folder that names no result of a kind gets a note', () => {
  const outcomes = new Map([
    ['verleend', 'granted'],
    ['afgebroken', 'closed'],
  ] as const);
  expect(notesOf({ outcomes })).toEqual([
    expect.stringContaining('no result means refused'),
    expect.stringContaining('no result means withdrawn'),
  ]);
});
