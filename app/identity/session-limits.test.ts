import { expect, test } from 'vitest';
import { limitsOf } from './session-limits.server';

test.each([
  ['applicant', false, 15, 120],
  ['advisor', false, 15, 480],
  ['staff', false, 15, 480],
  ['applicant', true, 5, 120],
  ['staff', true, 5, 480],
] as const)('%s, shared device %s: %i minutes idle, %i in all', (role, isShared, idle, absolute) => {
  expect(limitsOf(role, isShared)).toEqual({ idleMinutes: idle, absoluteMinutes: absolute });
});
