import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { now } from '~/platform/clock.server';
import { isStoreFailure, StoreTimeout } from '~/platform/store-failure';
import { type Running, startDatabaseProcess } from '../../mocks/processes';
import { TEST_SECRET } from '../../tests/database';
import { readSession } from './session.server';
import { closeStore, openStore, storeState } from './store.server';
import { createUrgency } from './urgent.server';

let database: Running & { url: string };

beforeAll(async () => {
  database = await startDatabaseProcess();
  await openStore({ DATABASE_URL: database.url, SESSION_SECRET: [TEST_SECRET] });
});
afterAll(async () => {
  await closeStore();
  await database.stop();
});

/** The server processes of the database, which do the work of each connection. */
function serversOf(parent: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', `${parent}`], { encoding: 'utf8' });
  const children = stdout.split('\n').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...serversOf(child)]);
}

const failureOf = () => readSession('anything', now()).catch((error: unknown) => error);

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now();
  return [await work(), performance.now() - started];
}

test('a database that hangs is noticed soon, and then at once', async () => {
  expect(await storeState()).toBe('usable');
  const servers = serversOf(database.pid);
  expect(servers.length).toBeGreaterThan(0);
  for (const pid of servers) process.kill(pid, 'SIGSTOP');
  try {
    const [[state, failure], first] = await timed(() => Promise.all([storeState(), failureOf()]));
    // The deadline is 0.8 s. A busy machine is late with its timers.
    expect(first).toBeLessThan(1_200);
    expect(state).toBe('away');
    expect(isStoreFailure(failure)).toBe(true);
    const [again, second] = await timed(failureOf);
    expect(isStoreFailure(again)).toBe(true);
    expect(second).toBeLessThan(100);
  } finally {
    for (const pid of servers) process.kill(pid, 'SIGCONT');
  }
  await vi.waitFor(async () => expect(await storeState()).toBe('usable'), { timeout: 5_000, interval: 100 });
  expect(await failureOf()).toBeNull();
});

test('only a silent database is closed to others', async () => {
  const urgency = createUrgency(400);
  const query = (milliseconds: number) => urgency.run(() => sleep(milliseconds));
  await query(250);
  const others = setInterval(urgency.answered, 10);
  try {
    await expect(query(800)).rejects.toThrow(StoreTimeout);
    // It answered others meanwhile, so the next query may try.
    await query(1);
  } finally {
    clearInterval(others);
  }
  await expect(query(800)).rejects.toThrow(StoreTimeout);
  await expect(query(1)).rejects.toThrow(StoreTimeout);
});
