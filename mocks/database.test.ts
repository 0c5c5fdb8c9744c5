import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rowsOf } from '../tests/database';
import { ROOT } from './build';
import { startDatabaseProcess } from './processes';

// The tests share a folder, since creating a cluster takes longer than starting it.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zicht-embedded-'));
  // When started by root, PostgreSQL runs as another user.
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const one = 'select 1 as one';

test('data survives a restart', async () => {
  const first = await startDatabaseProcess(folder);
  await rowsOf(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  await expect(rowsOf(first.url, one)).rejects.toThrow();
  const second = await startDatabaseProcess(folder);
  expect(await rowsOf(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('the server of a killed process is replaced', async () => {
  const killed = await startDatabaseProcess(folder);
  await rowsOf(killed.url, 'create table lasting as select 42 as answer');
  process.kill(killed.pid, 'SIGKILL');
  expect(await rowsOf(killed.url, one)).toHaveLength(1);
  const next = await startDatabaseProcess(folder);
  expect(await rowsOf(next.url, 'select answer from lasting')).toEqual([{ answer: 42 }]);
  await next.stop();
});

test('a folder in use by another process is refused', async () => {
  const first = await startDatabaseProcess(folder);
  await expect(startDatabaseProcess(folder)).rejects.toThrow(`Process ${first.pid} uses the database in ${folder}`);
  expect(await rowsOf(first.url, one)).toHaveLength(1);
  await first.stop();
});

test("a lock file with another process's number is removed", async () => {
  const cluster = join(folder, 'cluster');
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1700000000\n1\n\n127.0.0.1\n\nready\n`);
  const after = await startDatabaseProcess(folder);
  expect(await rowsOf(after.url, one)).toHaveLength(1);
  await after.stop();
});

test('the database ends with its parent, even a killed one', async () => {
  const script = `import { startDatabaseProcess } from './mocks/processes.ts';
    console.log((await startDatabaseProcess(${JSON.stringify(folder)})).url);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { cwd: ROOT });
  const [url] = await once(parent.stdout, 'data');
  expect(await rowsOf(`${url}`.trim(), one)).toHaveLength(1);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(rowsOf(`${url}`.trim(), one)).rejects.toThrow(), { timeout: 10_000 });
});
