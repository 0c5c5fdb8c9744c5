import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contactView } from '~/contact/contact-view.server';
import { clearCaches } from '~/platform/caches.server';
import { type Registry, startRegistry } from '../../tests/agency/registry';
import { desksNow, phoneNow } from './queue.server';

/** What a queue API may say of when, where and how long. A Monday, ten o'clock in Amsterdam. */
const NOW = '2026-03-02T09:00:00Z';
let backend: Registry;
beforeAll(async () => {
  backend = await startRegistry();
  Object.assign(process.env, { QUEUE_URL: backend.url, ZICHT_NOW: NOW });
});
afterAll(() => backend.close());
beforeEach(async () => {
  backend.asked.length = 0;
  await clearCaches();
});

const DESK = {
  key: 'OWN',
  name: 'Own desk',
  address: { street: 'Straat 1', postcode: '2500 AA', city: 'Den Haag' },
  zone: 'Europe/Amsterdam',
  openingHours: [{ weekday: 1, opens: '09:00', closes: '17:00' }],
  waiting: { people: 3, minutes: 12 },
};
const deskAsOf = (asOf: unknown) => {
  backend.answer = () => ({ asOf, desks: [DESK] });
  return desksNow();
};

test.each([
  ['of just now', '2026-03-02T08:59:00Z', 'fresh', '2026-03-02T08:59:00Z'],
  ['without a zone is the agency', '2026-03-02T09:55:00', 'fresh', '2026-03-02T08:55:00Z'],
  ['of half an hour ago', '2026-03-02T09:30:00+01:00', 'kept', '2026-03-02T08:30:00Z'],
])('an answer %s tells its time', async (_, asOf, state, at) => {
  expect(await deskAsOf(asOf)).toMatchObject({ state, asOf: at, value: [{ waiting: { people: 3 } }] });
});

test.each([null, '', 'soon', '2031-01-01T00:00:00Z', '2026-03-02', 7])('as-of %j is now at most', async (asOf) => {
  const loaded = await deskAsOf(asOf);
  expect(loaded).toMatchObject({ state: 'fresh', value: [{ waiting: { people: 3 } }] });
  expect(loaded.state === 'fresh' && loaded.asOf.slice(0, 16)).toBe('2026-03-02T09:00');
});

test('waits of hours ago are not told as those of now', async () => {
  expect(await deskAsOf('2026-03-02T04:00:00Z')).toMatchObject({
    state: 'partial',
    value: [{ key: 'OWN', waiting: null, openingHours: [{ opens: '09:00' }] }],
  });
  await desksNow();
  expect(backend.asked).toHaveLength(1);
});

test('an old wait stands on the page with its own time', async () => {
  backend.answer = ({ path }) => ({
    asOf: '2026-03-02T08:30:00Z',
    ...(path === '/desks' ? { desks: [DESK] } : { lines: [] }),
  });
  const { desks, asOf } = await contactView('en');
  expect(asOf).toBe('10:00');
  expect(desks).toMatchObject({ state: 'kept', value: '09:30' });
});

test.each([-1, 1e9, '1e3', 'NaN', '-5', Number.NaN, true])('a wait of %j is none, and its desk stays', async (odd) => {
  backend.answer = () => ({
    asOf: NOW,
    desks: [
      { ...DESK, waiting: { people: 3, minutes: odd } },
      { ...DESK, key: 'B', waiting: { people: odd, minutes: 3 } },
    ],
  });
  expect(await desksNow()).toMatchObject({ state: 'fresh', value: [{ waiting: null }, { waiting: null }] });
});

test('hours that no clock has cost themselves, and midnight ends a day', async () => {
  const hours = (opens: string, closes: string) => ({ weekday: 1, opens, closes });
  backend.answer = ({ path }) => ({
    asOf: NOW,
    ...(path === '/desks'
      ? {
          desks: [
            { ...DESK, openingHours: [hours('25:00', '26:00'), hours('09:60', '10:00'), hours('9:00', '24:00')] },
            { ...DESK, key: 'B', openingHours: [hours('09:00', '00:00:00')] },
          ],
        }
      : { lines: [{ id: 'x', number: '1', openingHours: [hours('99:99', '9:00')] }] }),
  });
  const { desks, places } = await contactView('en');
  expect(desks.state).toBe('fresh');
  const own = places.filter(({ key }) => ['OWN', 'B'].includes(key));
  expect(own.map(({ opening }) => opening)).toEqual([1, 2].map(() => ({ open: true, time: '23:59', day: null })));
});

test('lines and desks that come twice in other forms come once', async () => {
  backend.answer = ({ path }) => ({
    asOf: NOW,
    ...(path === '/desks'
      ? { desks: [DESK, { ...DESK, key: ' OWN ' }, { ...DESK, waiting: null }] }
      : {
          lines: [
            { id: 7, number: '1' },
            { id: '7', number: '2' },
          ],
        }),
  });
  expect(await desksNow()).toMatchObject({ value: [{ key: 'OWN', waiting: { people: 3 } }] });
  expect(await phoneNow()).toMatchObject({ value: [{ id: '7', number: '1' }] });
});

test('a name without end is cut where it comes in', async () => {
  backend.answer = () => ({
    asOf: NOW,
    desks: [{ ...DESK, name: 'Ĳ'.repeat(100_000), address: { street: 'x'.repeat(1e5) } }],
  });
  const loaded = await desksNow();
  const [desk] = loaded.state === 'fresh' ? loaded.value : [];
  expect(desk?.name).toHaveLength(250);
  expect(desk?.name.endsWith('Ĳ…')).toBe(true);
  expect(desk?.address.street).toHaveLength(250);
});
