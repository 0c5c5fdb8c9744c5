import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { comingDays, contactView } from '~/contact/contact-view.server';
import type { learnQueues, recordQueues } from '~/contact/queue-record.server';
import { clearCaches } from '~/platform/caches.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { openTestStore, rowsOf } from '../database';
import { readDescription, validatorsOf } from './openapi';

// A Tuesday, ten o'clock in Amsterdam.
const NOW = '2026-03-10T09:00:00Z';
const { signal } = new AbortController();

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
let room: { comingDays: typeof comingDays; contactView: typeof contactView };
let queues: { learnQueues: typeof learnQueues; recordQueues: typeof recordQueues };
beforeAll(async () => {
  agency = await startAgency({ now: NOW, queueHistory: true });
  vi.stubEnv('QUEUE_URL', `${agency.url}/queue/v1`);
  vi.stubEnv('ZICHT_NOW', NOW);
  store = await openTestStore();
  room = await import('~/contact/contact-view.server');
  queues = await import('~/contact/queue-record.server');
});
afterAll(async () => {
  await Promise.all([agency.stop(), store.close()]);
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  agency.reset();
  await rowsOf(store.url, 'delete from queue_wait');
  await clearCaches();
});

const count = async () => (await rowsOf(store.url, 'select count(*)::int as n from queue_wait'))[0]?.n;

test('the simulated history is as described', async () => {
  const { AGENCY_TOKEN } = await import('../../mocks/secrets');
  const headers = { authorization: `Bearer ${AGENCY_TOKEN}` };
  const answer = await fetch(`${agency.url}/queue/v1/history?from=2026-03-02&until=2026-03-08`, { headers });
  const body: { phone: { waits: object[] }[] } = JSON.parse(await answer.text());
  const validate = validatorsOf(readDescription('docs/contracts/queue.yaml'))('History');
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
  expect(body.phone[0]?.waits).toHaveLength(5 * 16);
});

test('waits of the API’s history become ranges with their measured error', async () => {
  await queues.recordQueues(signal);
  await queues.learnQueues(signal);
  const [line] = (await room.contactView('en')).lines;
  expect(line?.forecast.rows.map(({ from }) => from).slice(0, 2)).toEqual(['10:00', '10:30']);
  expect(line?.forecast.rows.some(({ low, high }) => low < high)).toBe(true);
  expect(line?.forecast.measured).toBeGreaterThan(60);

  const week = await room.comingDays('en');
  expect(week).toHaveLength(6);
  const [general] = week;
  expect(general?.week.days[0]).toMatch(/Wednesday 11.March/);
  expect(general?.week.rows).toHaveLength(16);
  expect(general?.week.best.high).toBeLessThan(40);
});

test('rounds add samples and ask for the history once', async () => {
  await queues.recordQueues(signal);
  const first = await count();
  await queues.recordQueues(signal);
  expect(await count()).toBe(first);
  const samples = await rowsOf(store.url, "select samples from queue_wait where day = '2026-03-10'");
  expect(samples.map((row) => row.samples)).toEqual([2, 2, 2, 2, 2]);
});

test('a record of less than six weeks leaves the usual waits', async () => {
  await queues.recordQueues(signal);
  await rowsOf(store.url, "delete from queue_wait where day < '2026-02-09'");
  await queues.learnQueues(signal);
  const [line] = (await room.contactView('en')).lines;
  expect(line?.forecast.rows.every(({ low, high }) => low === high)).toBe(true);
  expect(await room.comingDays('en')).toEqual([]);
});

test('a queue API that is down is asked for its history again', async () => {
  agency.setFault('queue', 'error');
  await queues.recordQueues(signal);
  await queues.learnQueues(signal);
  expect(await count()).toBe(0);
  expect(await room.comingDays('en')).toEqual([]);
  agency.reset();
  await queues.recordQueues(signal);
  await queues.learnQueues(signal);
  expect(await room.comingDays('en')).toHaveLength(6);
});
