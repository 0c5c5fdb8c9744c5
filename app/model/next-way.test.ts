import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { nextWay } from './next-way';

const now = Temporal.Instant.from('2026-11-30T12:00:00Z');
const next = (change: Partial<Parameters<typeof nextWay>[0]>, tries: Readonly<Record<string, number>>) => {
  const base = { ways: ['sms', 'mail'], failed: 'sms', isForNow: true, useUntil: null };
  const found = nextWay({ ...base, triesAt: (way) => tries[way] ?? 0, ...change }, now);
  return found && [found.way, now.until(found.at).total('minutes')];
};

test('an address that fails for now is tried again ever later', () => {
  expect([1, 2, 3].map((sms) => next({}, { sms }))).toEqual([
    ['sms', 15],
    ['sms', 60],
    ['sms', 240],
  ]);
});

test('after its last try, the next address gets the message at once', () => {
  expect(next({}, { sms: 4 })).toEqual(['mail', 0]);
  expect(next({}, { sms: 4, mail: 4 })).toBeNull();
});

test('an address that fails for good is not tried again', () => {
  expect(next({ isForNow: false }, { sms: 1 })).toEqual(['mail', 0]);
  expect(next({ ways: ['mail'] }, { sms: 1 })).toEqual(['mail', 0]);
  expect(next({ isForNow: false, ways: ['sms'] }, { sms: 1 })).toBeNull();
});

test('a message goes on while it is of use', () => {
  expect(next({ useUntil: now.add({ minutes: 10 }) }, { sms: 1 })).toEqual(['mail', 0]);
  expect(next({ useUntil: now }, { sms: 1 })).toBeNull();
});
