import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type PostgresHome, postgresHome } from './postgres-home.server';

export interface EmbeddedOptions {
  /** Holds the cluster, its password and its log; made when missing. */
  readonly folder: string;
  /** False for throw-away clusters: nothing waits for the disk. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  /** `postgres://…` of the database `zicht`, reachable from this machine only. */
  readonly url: string;
  /** Ends the server, unless other clients are still connected to it. */
  stop(): Promise<void>;
}

const START_MS = 20_000;
const STOP_MS = 10_000;
const POLL_MS = 20;
const DATABASE = 'zicht';

/**
 * A real PostgreSQL from npm's binaries, in a folder that survives. One that runs there already (a portal that was
 * killed, or a second portal) is used as it is; what a crash left behind is cleared. Throws with the end of the
 * server's own log when it does not come up.
 */
export async function startEmbedded({ folder, durable = true }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = postgresHome(resolve(folder));
  mkdirSync(home.folder, { recursive: true });
  const password = passwordOf(home);
  initialise(home, password);

  const deadline = Date.now() + START_MS;
  let port = await runningPort(home, password);
  while (port === null) {
    removeStalePid(home);
    const process = await launch(home, durable);
    port = await reachable(home, password, process);
    if (port === null && Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${endOfLog(home)}`);
  }
  await createDatabase(urlOf(port, password, 'postgres'));
  const found = port;
  return { url: urlOf(found, password, DATABASE), stop: () => stop(home, urlOf(found, password, 'postgres')) };
}

function initialise(home: PostgresHome, password: string): void {
  if (existsSync(join(home.cluster, 'PG_VERSION'))) return;
  // Made elsewhere and then renamed, so that an interrupted first start leaves no half cluster.
  const fresh = `${home.cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  rmSync(home.cluster, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = join(home.folder, 'initial-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.owner) for (const path of [fresh, passwordFile]) chownSync(path, home.owner.uid, home.owner.gid);
  try {
    const options = ['--auth=scram-sha-256', '--username=zicht', '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(home.initdb, ['-D', fresh, `--pwfile=${passwordFile}`, ...options], { stdio: 'pipe', ...home.owner });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, home.cluster);
}

/** Starts a server in its own process group, so that a Ctrl-C in the terminal reaches the portal and not its database. */
async function launch(home: PostgresHome, durable: boolean): Promise<{ port: number; ended(): boolean }> {
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=40',
    'shared_buffers=32MB',
    // Its log must never name a value of ours.
    'log_min_messages=warning',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const log = openSync(home.log, 'w', 0o600);
  const child = spawn(home.postgres, ['-D', home.cluster, '-p', `${port}`, ...settings.flatMap((set) => ['-c', set])], {
    stdio: ['ignore', log, log],
    detached: true,
    ...home.owner,
  });
  closeSync(log);
  let failed = false;
  child.on('error', () => {
    failed = true;
  });
  child.unref();
  return { port, ended: () => failed || child.exitCode !== null || child.signalCode !== null };
}

/** The port once the server answers there; null when it ended, as it does when another one was faster. */
async function reachable(
  home: PostgresHome,
  password: string,
  process: { port: number; ended(): boolean },
): Promise<number | null> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (await serves(home, urlOf(process.port, password, 'postgres'))) return process.port;
    if (process.ended()) return runningPort(home, password);
    await sleep(POLL_MS);
  }
  return null;
}

async function runningPort(home: PostgresHome, password: string): Promise<number | null> {
  const port = pidFile(home)?.port;
  if (port === undefined) return null;
  return (await serves(home, urlOf(port, password, 'postgres'))) ? port : null;
}

/** Whether the server at this address is the one of our own cluster. */
async function serves(home: PostgresHome, url: string): Promise<boolean> {
  return (await ask(url, 'show data_directory').catch(() => [])).some((row) => row.data_directory === home.cluster);
}

/** After a crash or in a new container the number may belong to any process; PostgreSQL itself would refuse to start. */
function removeStalePid(home: PostgresHome): void {
  const pid = pidFile(home)?.pid;
  if (pid !== undefined && !isPostgres(pid)) rmSync(join(home.cluster, 'postmaster.pid'), { force: true });
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) ? readFileSync(commandLine, 'utf8').includes('postgres') : true;
}

function pidFile(home: PostgresHome): { pid: number; port: number } | null {
  const path = join(home.cluster, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const [pid, , , port] = readFileSync(path, 'utf8').split('\n').map(Number);
  return pid && port ? { pid, port } : pid ? { pid, port: 0 } : null;
}

async function stop(home: PostgresHome, url: string): Promise<void> {
  const others =
    "select count(*)::int as clients from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  const deadline = Date.now() + STOP_MS;
  const [row] = await ask(url, others).catch(() => []);
  const pid = pidFile(home)?.pid;
  if (pid === undefined || (row !== undefined && row.clients !== 0)) return;
  // SIGINT is PostgreSQL's fast shutdown: it ends what runs and writes a checkpoint.
  process.kill(pid, 'SIGINT');
  while (existsSync(join(home.cluster, 'postmaster.pid')) && Date.now() < deadline) await sleep(POLL_MS);
}

async function createDatabase(url: string): Promise<void> {
  const found = await ask(url, `select 1 from pg_database where datname = '${DATABASE}'`);
  if (found.length === 0) await ask(url, `create database ${DATABASE}`);
}

async function ask(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function passwordOf(home: PostgresHome): string {
  const path = join(home.folder, 'password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

const urlOf = (port: number, password: string, database: string): string =>
  `postgres://zicht:${password}@127.0.0.1:${port}/${database}`;

const endOfLog = (home: PostgresHome): string =>
  existsSync(home.log) ? readFileSync(home.log, 'utf8').slice(-2_000) : `(no log in ${dirname(home.log)})`;

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
      .on('error', fail)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port'))));
      });
  });
