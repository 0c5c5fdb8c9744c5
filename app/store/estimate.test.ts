import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { keepEstimate, newerEstimate } from './estimate.server';
import { confirmSwitch, prepareSwitch, switches, switchLog } from './estimate-switch.server';
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

const unlogged = () => Promise.resolve();

test('a switch counts once another employee confirms it, until it ends', async () => {
  const change = { procedure: 'family', trust: 'none', reason: 'new-law', endsAt: at(100) } as const;
  const off = { procedure: 'family', trust: null, reason: null } as const;
  const on = { procedure: 'family', trust: 'none', reason: 'new-law' } as const;
  const newest = async () => (await switchLog(1))[0]?.id ?? 0;
  await prepareSwitch(change, 'one', at(0), unlogged);
  expect(await switches(at(1))).toEqual([]);
  expect(await confirmSwitch(await newest(), 'one', at(1), unlogged)).toBe(false);
  expect(await confirmSwitch(await newest(), 'two', at(2), unlogged)).toBe(true);
  expect(await confirmSwitch(await newest(), 'three', at(2), unlogged)).toBe(false);
  expect(await switches(at(3))).toEqual([on]);
  expect(await switches(at(100))).toEqual([off]);
  // Turning it off needs one employee, and voids what another one prepared.
  await prepareSwitch({ ...change, trust: 'unsettled' }, 'one', at(4), unlogged);
  const prepared = await newest();
  expect(await switches(at(5))).toEqual([on]);
  await prepareSwitch({ ...off, endsAt: null }, 'one', at(6), unlogged);
  expect(await switches(at(7))).toEqual([off]);
  expect(await confirmSwitch(prepared, 'two', at(8), unlogged)).toBe(false);
  // Confirming after its end does nothing, and neither does a change without an audit entry.
  await prepareSwitch(change, 'one', at(9), unlogged);
  expect(await confirmSwitch(await newest(), 'two', at(100), unlogged)).toBe(false);
  const fails = () => Promise.reject(new Error('no audit'));
  await expect(confirmSwitch(await newest(), 'two', at(10), fails)).rejects.toThrow('no audit');
  expect(await switches(at(11))).toEqual([off]);
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
