import { afterAll, beforeAll, expect, test } from 'vitest';
import { shareAnswers } from '~/agency/shared-answer.server';
import { fresh } from '~/model/loaded';
import { openTestStore } from '../../tests/database';
import { clearCaches } from './caches.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a shared answer is requested again after its cache was cleared', async () => {
  let requests = 0;
  const { ask } = shareAnswers<number>({ freshMs: 60_000, keptMs: 0 });
  const question = async () => fresh(++requests, '2026-03-02T09:00:00Z');
  await ask('key', question);
  await ask('key', question);
  expect(requests).toBe(1);
  await clearCaches();
  await ask('key', question);
  expect(requests).toBe(2);
});
