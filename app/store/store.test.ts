import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, rowsOf, TEST_SECRET } from '../../tests/database';
import { startEmbedded } from './embedded.server';
import { closeStore, openStore, storeAnswers } from './store.server';

const settings = (url: string) => ({ DATABASE_URL: url, DATA_DIR: '', SESSION_SECRET: [TEST_SECRET] as const });

test('opening twice on one database migrates once', async () => {
  const { url, drop } = await freshDatabase();
  for (let time = 0; time < 2; time += 1) {
    await openStore(settings(url));
    expect(await storeAnswers()).toBe(true);
    await closeStore();
  }
  expect(await rowsOf(url, 'select name from migration')).not.toHaveLength(0);
  await drop();
});

test('a database whose migrations are not ours is refused and left as it is', async () => {
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
  expect(await storeAnswers()).toBe(false);
  await closeStore();
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zicht-embedded-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the embedded server keeps what was written over a restart', async () => {
  const first = await startEmbedded({ folder, durable: false });
  await rowsOf(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await startEmbedded({ folder, durable: false });
  expect(await rowsOf(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('a second start uses the server that runs; who leaves last ends it', async () => {
  const first = await startEmbedded({ folder, durable: false });
  const second = await startEmbedded({ folder, durable: false });
  expect(second.url).toBe(first.url);
  await second.stop();
  await expect(rowsOf(first.url, 'select 1')).rejects.toThrow();
});

test('two that start at the same moment share one server', async () => {
  const warm = await startEmbedded({ folder, durable: false });
  await warm.stop();
  const [one, other] = await Promise.all([
    startEmbedded({ folder, durable: false }),
    startEmbedded({ folder, durable: false }),
  ]);
  expect(one.url).toBe(other.url);
  await one.stop();
});

test('a lock file that a dead or foreign process left behind is cleared', async () => {
  const before = await startEmbedded({ folder, durable: false });
  await before.stop();
  const cluster = join(folder, 'cluster');
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1700000000\n1\n\n127.0.0.1\n\nready\n`);
  const after = await startEmbedded({ folder, durable: false });
  expect(await rowsOf(after.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await after.stop();
});
