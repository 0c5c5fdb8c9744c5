import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { now } from '~/platform/clock.server';
import { isStoreFailure } from '~/platform/store-failure';
import { type Running, startDatabaseProcess } from '../../mocks/processes';
import { TEST_SECRET } from '../../tests/database';
import { readSession } from './session.server';
import { closeStore, openStore, storeState } from './store.server';

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

test('a database that hangs is noticed before its own deadline', async () => {
  expect(await storeState()).toBe('usable');
  const servers = serversOf(database.pid);
  expect(servers.length).toBeGreaterThan(0);
  for (const pid of servers) process.kill(pid, 'SIGSTOP');
  try {
    const started = performance.now();
    const [state, failure] = await Promise.all([
      storeState(),
      readSession('anything', now()).catch((error: unknown) => error),
    ]);
    // The deadline is 0.8 s. A busy machine is late with its timers.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(state).toBe('away');
    expect(isStoreFailure(failure)).toBe(true);
  } finally {
    for (const pid of servers) process.kill(pid, 'SIGCONT');
  }
  expect(await storeState()).toBe('usable');
});
