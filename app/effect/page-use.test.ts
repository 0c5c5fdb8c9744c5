import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { countUse, writeUses } from './page-use.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const counts = () =>
  rowsOf(store.url, 'select use, procedure, stage, language, count from page_use order by use, language');

test('looks are counted by kind of case, and written once', async () => {
  countUse('case', 'ar', { procedure: 'family', stage: 'review' });
  countUse('case', 'ar', { procedure: 'family', stage: 'review' });
  countUse('contact', 'nl');
  expect(await counts()).toEqual([]);
  await writeUses();
  await writeUses();
  countUse('contact', 'nl');
  await writeUses();
  expect(await counts()).toEqual([
    { use: 'case', procedure: 'family', stage: 'review', language: 'ar', count: 2 },
    { use: 'contact', procedure: '', stage: '', language: 'nl', count: 2 },
  ]);
});

test('what cannot be written is kept for the next minute', async () => {
  await rowsOf(store.url, 'alter table page_use rename to page_use_away');
  countUse('wait', 'fa');
  await expect(writeUses()).rejects.toThrow();
  await rowsOf(store.url, 'alter table page_use_away rename to page_use');
  await writeUses();
  expect(await counts()).toContainEqual({ use: 'wait', procedure: '', stage: '', language: 'fa', count: 1 });
});
