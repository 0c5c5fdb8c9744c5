import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { askedAbout, takePageAnswer } from './page-answer.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterEach(() => rowsOf(store.url, 'delete from page_answer'));
afterAll(() => store.close());

const counts = () =>
  rowsOf(store.url, 'select page, procedure, stage, language, answer, count from page_answer order by answer');
const tap = (asked: Readonly<Record<string, string | null>>, answer: string) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...asked, answer })) form.set(name, value ?? '');
  return takePageAnswer(form, 'ar');
};

test('a form counts once, and what is missing apart', async () => {
  const asked = askedAbout('case', 'family', 'review');
  expect(await Promise.all([tap(asked, 'no'), tap(asked, 'no'), tap(asked, 'yes')])).toContain('no');
  expect(await tap(asked, 'words')).toBe('missing');
  expect(await tap(asked, 'when')).toBe('missing');
  const rows = await counts();
  expect(rows.map(({ count }) => count)).toEqual([1, 1]);
  expect(rows.map(({ answer }) => answer)).toContain('words');
  expect(rows[0]).toMatchObject({ page: 'case', procedure: 'family', stage: 'review', language: 'ar' });
});

test('the same answer of two readers is one row', async () => {
  await tap(askedAbout('contact'), 'yes');
  await tap(askedAbout('contact'), 'yes');
  expect(await counts()).toMatchObject([{ page: 'contact', procedure: '', stage: '', answer: 'yes', count: 2 }]);
});

test.each([
  ['another answer', { answer: 'maybe' }],
  ['another page', { page: 'mandates' }],
  ['no number', { once: 'x' }],
])('a form with %s is refused', async (_what, fields) => {
  const { answer = 'yes', ...others } = { answer: 'yes', ...fields } as Record<string, string>;
  expect(await tap({ ...askedAbout('wait'), ...others }, answer)).toBeNull();
  expect(await counts()).toEqual([]);
});

test('a procedure that the agency does not have is not stored', async () => {
  await tap({ ...askedAbout('wait'), procedure: 'Amal B. from Delft' }, 'yes');
  expect(await counts()).toMatchObject([{ procedure: '', count: 1 }]);
});
