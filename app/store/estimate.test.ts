import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { keepEstimate, newerEstimate } from './estimate.server';
import { setSwitch, switches, switchLog } from './estimate-switch.server';
import { keepRange, rangesShown } from './range-shown.server';

const at = (minute: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ minutes: minute });
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a process gets an estimate newer or more complete than its own', async () => {
  const part = { asOf: '2026-03-02', complete: false, body: { n: 1 } };
  const whole = { asOf: '2026-03-02', complete: true, body: { n: 2 } };
  await keepEstimate(part, at(0));
  expect(await newerEstimate(null)).toEqual(part);
  expect(await newerEstimate(part)).toBeNull();
  await keepEstimate(whole, at(1));
  await keepEstimate(part, at(2));
  expect(await newerEstimate(part)).toEqual(whole);
  expect(await newerEstimate(whole)).toBeNull();
  const later = { asOf: '2026-03-09', complete: false, body: { n: 3 } };
  await keepEstimate(later, at(3));
  expect(await newerEstimate(whole)).toEqual(later);
});

test('the last change of a procedure applies, and all are listed', async () => {
  const change = { procedure: 'family', trust: 'none', reason: 'new-law' } as const;
  await setSwitch(change, 'sub-7', at(0));
  await setSwitch({ ...change, trust: null, reason: null }, 'sub-8', at(1));
  await setSwitch({ ...change, procedure: 'asylum' }, 'sub-7', at(2));
  expect(await switches()).toEqual([
    { ...change, procedure: 'asylum' },
    { procedure: 'family', trust: null, reason: null },
  ]);
  expect(await switchLog(2)).toMatchObject([
    { procedure: 'asylum', setBy: 'sub-7', setAt: at(2) },
    { procedure: 'family', trust: null, setBy: 'sub-8', setAt: at(1) },
  ]);
});

test('a range is stored once a day and listed newest first', async () => {
  const range = {
    stage: 'received',
    paused: false,
    trust: 'ok',
    lowOn: '2026-05-01',
    highOn: null,
    asOf: '2026-03-02',
  };
  await keepRange('owner', 'case', { ...range, shownOn: '2026-03-02' });
  await keepRange('owner', 'case', { ...range, shownOn: '2026-03-02', lowOn: '2026-06-01' });
  await keepRange('owner', 'case', { ...range, shownOn: '2026-03-03' });
  await keepRange('owner', 'another', { ...range, shownOn: '2026-03-03' });
  expect(await rangesShown('owner', 'case', '2026-03-03', 5)).toEqual([{ ...range, shownOn: '2026-03-02' }]);
  const shown = await rangesShown('owner', 'case', '2026-03-04', 5);
  expect(shown.map(({ shownOn }) => shownOn)).toEqual(['2026-03-03', '2026-03-02']);
});
