import { expect, test } from 'vitest';
import { now } from '~/platform/clock.server';
import { pool } from '~/platform/metrics.server';
import { isStoreFailure } from '~/platform/store-failure';
import { freshDatabase, rowsOf, TEST_SECRET } from '../../tests/database';
import { deleteExpiredSessions } from './session.server';
import { closeStore, db, openStore, storeState } from './store.server';

const settings = (url: string) => ({ DATABASE_URL: url, SESSION_SECRET: [TEST_SECRET] as const });

test('opening twice on one database migrates once', async () => {
  const { url, drop } = await freshDatabase();
  for (let time = 0; time < 2; time += 1) {
    await openStore(settings(url));
    expect(await storeState()).toBe('usable');
    await closeStore();
  }
  expect(await rowsOf(url, 'select name from migration')).not.toHaveLength(0);
  await drop();
});

test('a database with foreign migrations is refused, unchanged', async () => {
  const { url, drop } = await freshDatabase();
  await openStore(settings(url));
  await closeStore();
  await rowsOf(url, "insert into migration values ('9999-of-tomorrow.sql', 'x')");
  await expect(openStore(settings(url))).rejects.toThrow(/9999-of-tomorrow/);
  await rowsOf(url, "delete from migration where name like '9999%'");
  await rowsOf(url, "update migration set digest = 'other'");
  await expect(openStore(settings(url))).rejects.toThrow(/is not the one/);
  await drop();
});

test('without a database the store says that it does not answer', async () => {
  const { url, drop } = await freshDatabase();
  await openStore(settings(url));
  await drop();
  expect(await storeState()).toBe('away');
  await closeStore();
});

test('a database that takes no changes is told apart', async () => {
  const { url, drop } = await freshDatabase();
  await openStore(settings(url));
  await closeStore();
  const name = new URL(url).pathname.slice(1);
  await rowsOf(url, `alter database ${name} set default_transaction_read_only = on`);
  await openStore({ ...settings(url), MIGRATE_AT_START: 'off' });
  expect(await storeState()).toBe('read-only');
  const failure = await deleteExpiredSessions(now()).catch((error: unknown) => error);
  expect(isStoreFailure(failure)).toBe(true);
  await closeStore();
  await drop();
});

test('a page may not hold a connection longer than the setting says', async () => {
  const { url, drop } = await freshDatabase();
  await openStore({ ...settings(url), DATABASE_SECONDS: 1, DATABASE_CONNECTIONS: 3 });
  expect(pool.count?.()).toMatchObject({ most: 3, waiting: 0 });
  const failure = await db()
    .execute('select pg_sleep(5)')
    .catch((error: unknown) => error);
  expect(isStoreFailure(failure)).toBe(true);
  await closeStore();
  await drop();
});
