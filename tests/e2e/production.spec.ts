import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort } from '../../mocks/processes';
import { installForProduction, operatorCommands } from '../production';
import { databaseOf } from './cluster';

/** The portal and its commands from a folder that has only what production installs, by npm as an operator does. */

const folder = mkdtempSync(join(tmpdir(), 'zicht-production-'));
const NOWHERE = 'http://localhost:9';
const begun: ChildProcess[] = [];

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

test.beforeAll(() => installForProduction(folder));
test.afterEach(() => {
  for (const process of begun.splice(0)) process.kill('SIGKILL');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(args: readonly string[], settings: Readonly<Record<string, string>>) {
  const PATH = dirname(process.execPath) + delimiter + process.env.PATH;
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: folder,
    env: { HOME: process.env.HOME, NODE_ENV: 'production', ...settings, PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  begun.push(child);
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      out += chunk;
    });
  return { child, ended: new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out }))) };
}

async function portalSettings(database: string): Promise<{ origin: string; settings: Record<string, string> }> {
  const origin = `http://localhost:${await freePort()}`;
  const settings = demoEnvironment({ origin, agency: NOWHERE, issuer: NOWHERE });
  return { origin, settings: { ...settings, DATABASE_URL: database } };
}

const isReady = (origin: string) =>
  fetch(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

test('SIGTERM to npm ends the portal in order', async () => {
  const database = await databaseOf(`p_${randomBytes(6).toString('hex')}`);
  const { origin, settings } = await portalSettings(database.url);
  const { child, ended } = npm(['serve'], settings);
  await expect.poll(() => isReady(origin), { timeout: 30_000 }).toBe(true);
  child.kill('SIGTERM');
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('"event":"stopped"');
  expect(await isReady(origin)).toBe(false);
  await database.drop();
});

test('operator commands run without the packages for development', async () => {
  const commands = operatorCommands();
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const { code, out } = await npm([command, '--', '--nonsense'], { DATABASE_URL: 'postgres://localhost:9/none' })
      .ended;
    expect(`${command} ${code}`, out).toBe(`${command} 2`);
    expect(out).toContain(`usage: npm run ${command}`);
  }
});

test('two migrations at once leave one migrated database', async () => {
  const database = await databaseOf(`p_${randomBytes(6).toString('hex')}`, { isEmpty: true });
  const settings = { DATABASE_URL: database.url };
  const { settings: all } = await portalSettings(database.url);
  const early = await npm(['serve'], { ...all, MIGRATE_AT_START: 'off' }).ended;
  expect([early.code, early.out]).toEqual([1, expect.stringContaining('run `npm run migrate` first')]);
  expect((await npm(['migrate', '--', '--check'], settings).ended).code).toBe(1);

  const both = await Promise.all([npm(['migrate'], settings).ended, npm(['migrate'], settings).ended]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const counts = both.map(({ out }) => JSON.parse(out.trim().split('\n').at(-1) ?? '').applied.length);
  expect(Math.min(...counts)).toBe(0);
  expect(Math.max(...counts)).toBeGreaterThan(20);
  expect((await npm(['migrate', '--', '--check'], settings).ended).code).toBe(0);
  await database.drop();
});

test('a migration outlasts the deadlines of pages, and waits for locks', async () => {
  const database = await databaseOf(`p_${randomBytes(6).toString('hex')}`);
  const settings = { DATABASE_URL: `${database.url}?options=-c%20statement_timeout%3D500%20-c%20lock_timeout%3D500` };
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query('select pg_advisory_lock(7246001)');
  const waiting = npm(['migrate'], settings);
  const isWaiting = async () =>
    (await other.query("select 1 from pg_stat_activity where wait_event = 'advisory' and now() - query_start > '1 s'"))
      .rowCount;
  await expect.poll(isWaiting, { timeout: 20_000 }).toBe(1);
  await other.query('select pg_advisory_unlock(7246001)');
  expect((await waiting.ended).code).toBe(0);
  await other.end();
  await database.drop();
});

test('a newer database is refused with what to do', async () => {
  const database = await databaseOf(`p_${randomBytes(6).toString('hex')}`);
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query("insert into migration values ('9999-of-tomorrow.sql', 'x')");
  await other.end();
  const { settings } = await portalSettings(database.url);
  for (const command of ['migrate', 'serve']) {
    const { code, out } = await npm([command], settings).ended;
    expect(code).toBe(1);
    expect(out).toContain('newer than this version: it has 9999-of-tomorrow.sql');
    expect(out).toContain('Start the newer version again, or restore the backup');
  }
  await database.drop();
});
