import { expect, test } from 'vitest';
import { freshDatabase, rowsOf, TEST_SECRET } from '../../tests/database';
import { closeStore, openStore, storeAnswers } from './store.server';

const settings = (url: string) => ({ DATABASE_URL: url, SESSION_SECRET: [TEST_SECRET] as const });

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
  expect(await storeAnswers()).toBe(false);
  await closeStore();
});
