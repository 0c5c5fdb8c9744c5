import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { noteReason } from './reasons.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const GOOD = { reason: 'question-page', answered: 'yes', procedure: '', stage: '' };
function note(fields: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...GOOD, ...fields })) form.set(name, value);
  return noteReason(form);
}
const stored = () => rowsOf(store.url, 'select procedure, stage, page from call_reason');

test.each([
  [{ reason: 'made-up' }, ['reason']],
  [{ answered: 'made-up' }, ['answered']],
  [{ procedure: 'made-up' }, ['procedure']],
  [{ stage: 'made-up' }, ['stage']],
  [{ page: 'made-up' }, ['page']],
])('a note of a call with %o is refused', async (fields, wrong) => {
  expect(await note(fields)).toEqual(wrong);
  expect(await stored()).toEqual([]);
});

test('a note of a call needs no procedure and no stage', async () => {
  expect(await note({})).toEqual([]);
  expect(await stored()).toEqual([{ procedure: null, stage: null, page: 'case' }]);
});

test('a note that is sent twice counts once', async () => {
  const before = (await stored()).length;
  const key = '7b0f2d0e-5b1f-4f5e-9a55-0f3f6f0a1c11';
  for (const reason of ['other', 'other']) expect(await note({ key, reason })).toEqual([]);
  expect((await stored()).length).toBe(before + 1);
});
