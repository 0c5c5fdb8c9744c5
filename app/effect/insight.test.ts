import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import type { CallReason } from '~/model/contact-moment';
import { today } from '~/platform/clock.server';
import { addCallReason } from '~/store/call-reason.server';
import { countPageAnswer } from '~/store/page-answer.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { callsCsv, insightView, reasonsOfWeek } from './insight.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterEach(() => rowsOf(store.url, 'delete from call_reason'));
afterAll(() => store.close());

const monday = () => {
  const day = today(config().AGENCY_ZONE);
  return day.subtract({ days: day.dayOfWeek - 1 });
};
const calls = (count: number, reason: CallReason, weeksAgo = 0, answered: 'yes' | 'no' = 'yes') =>
  Promise.all(
    Array.from({ length: count }, () =>
      addCallReason({
        week: monday().subtract({ weeks: weeksAgo }).toString(),
        procedure: 'family',
        stage: 'review',
        page: 'case',
        reason,
        answered,
      }),
    ),
  );

test('weeks come newest first, with sums, and no more than ten', async () => {
  for (const weeksAgo of [12, 1, 0]) await calls(6 + weeksAgo, 'question-wait', weeksAgo);
  const { weeks, sums, stages } = await insightView('en');
  expect(weeks.map((week) => week.calls)).toEqual(['6', '7']);
  expect(sums).toContain('13');
  expect(stages).toMatchObject([{ calls: '13', failed: '0' }]);
});

test('a number under five is shown nowhere', async () => {
  await calls(3, 'question-page');
  await calls(8, 'question-wait');
  const { weeks } = await insightView('en');
  expect(weeks[0]?.cells).toEqual(['<5', '<5', '0', '0']);
  expect(await reasonsOfWeek('en')).toMatchObject([{ count: '8' }]);
  const csv = await callsCsv();
  expect(csv).toContain('<5');
  expect(csv).not.toMatch(/question-page"?,"?3\b/);
});

test('the pages that fail are those of calls and of readers', async () => {
  await calls(6, 'question-page', 0, 'no');
  const tap = { day: monday().toString(), page: 'wait', procedure: 'visa', stage: '', language: 'en' } as const;
  for (let each = 0; each < 7; each++) {
    await countPageAnswer(`a${each}`, { ...tap, answer: 'no' });
    await countPageAnswer(`b${each}`, { ...tap, answer: 'when' });
  }
  const { fails } = await insightView('en');
  expect(fails).toMatchObject([
    { no: '7', readers: '7', calls: '0', missed: 'How long it takes' },
    { no: '0', calls: '6', missed: null },
  ]);
});
