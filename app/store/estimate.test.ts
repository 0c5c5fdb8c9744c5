import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { claimTraining, dropClaim } from './estimate.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('of many portals that would train for a week, one does', async () => {
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimTraining('2026-03-02', at(0))));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await claimTraining('2026-03-09', at(0))).toBe(true);
});

test('whoever trains and is not heard of for five minutes is taken over from, by one', async () => {
  expect(await claimTraining('2026-03-16', at(0))).toBe(true);
  expect(await claimTraining('2026-03-16', at(5))).toBe(false);
  const claims = await Promise.all(Array.from({ length: 4 }, () => claimTraining('2026-03-16', at(6))));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test('a portal that goes gives its week to the next at once', async () => {
  expect(await claimTraining('2026-03-23', at(0))).toBe(true);
  await dropClaim('2026-03-23');
  expect(await claimTraining('2026-03-23', at(1))).toBe(true);
});
