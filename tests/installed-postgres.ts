import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { settings } from '../mocks/postgres';
import { freePort } from '../mocks/processes';

const DEBIAN = '/usr/lib/postgresql';
const START_MS = 30_000;
const POLL_MS = 50;

/** The folders with the programs of each PostgreSQL that Debian's packages installed, by its major version. */
export function installedPostgres(): Readonly<Record<string, string>> {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  return Object.fromEntries(
    versions.flatMap((version) => {
      const programs = join(DEBIAN, version, 'bin');
      return existsSync(join(programs, 'initdb')) ? [[version, programs]] : [];
    }),
  );
}

export interface InstalledPostgres {
  readonly url: string;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
  /** Kills it as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same data, after `kill`. */
  startAgain(): Promise<void>;
}

/**
 * Starts a PostgreSQL on new data, on the loopback address only.
 *
 * @param programs the folder of `initdb` and `postgres`
 */
export async function startInstalledPostgres(programs: string): Promise<InstalledPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-postgres-'));
  const owner = process.getuid?.() === 0 ? unprivileged() : null;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initial = ['-D', data, '-U', 'zicht', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initial, { ...owner, cwd: folder, stdio: 'ignore' });
  const port = await freePort();
  const flags = settings(false).flatMap((setting) => ['-c', setting]);
  const start = () => {
    const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', `${port}`, ...flags], {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    });
    return { server, ended: once(server, 'exit') };
  };
  let running = start();
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    running.server.kill(signal);
    await running.ended;
  };
  await onServer(port, 'create database zicht');
  return {
    url: `postgres://zicht@127.0.0.1:${port}/zicht`,
    stop: async () => {
      if (running.server.signalCode === null) await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    startAgain: async () => {
      running = start();
      await onServer(port, 'select 1');
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Runs a statement as soon as the server takes it. */
async function onServer(port: number, statement: string): Promise<void> {
  for (const since = Date.now(); ; await sleep(POLL_MS)) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'zicht', database: 'postgres' });
    try {
      await client.connect();
      await client.query(statement);
      return;
    } catch (error) {
      if (Date.now() - since > START_MS) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
