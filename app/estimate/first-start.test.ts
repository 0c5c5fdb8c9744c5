import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepEstimate } from '~/store/estimate.server';
import { openTestStore } from '../../tests/database';
import { steadyTables } from '../../tests/estimate/arbitrary-tables';
import { expectedWait, refreshEstimate } from './model.server';
import { publicWait } from './public-wait-view.server';
import { trainInSteps } from './training';

const TABLES = steadyTables('family', 40, 30, 0.3);
const SITUATION = { procedure: 'family', stage: 'review', inStageDays: 10, ageDays: 30 };
const states = () => [expectedWait(SITUATION).state, publicWait(new URLSearchParams(), 'en').state];

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('ranges that were not checked against the past are on no page', async () => {
  const late = ['unavailable', 'unavailable'];
  expect(states()).toEqual(late);
  for (const step of trainInSteps({ tables: [TABLES], termDays: {} })) {
    await keepEstimate({ asOf: step.asOf, complete: step.complete, body: step }, Temporal.Now.instant());
    await refreshEstimate();
    if (step.complete) expect(states()).not.toContain('unavailable');
    else expect(states()).toEqual(late);
  }
});
