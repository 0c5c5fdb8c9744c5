import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder, IS_ROOT, loadPackage } from './postgres-home';
import { freePort } from './processes';

export interface PostgresOptions {
  /** Holds the cluster and its password. Created when missing. */
  readonly folder: string;
  /** False for temporary data: writes do not wait for the disk. */
  readonly durable: boolean;
}

const DATABASE = 'zicht';
const HOST = '127.0.0.1';
const LEFTOVER_MS = 3_000;
const POLL_MS = 20;

/**
 * Starts a real PostgreSQL from npm's binaries, on the loopback address only. It ends with this process. Resolves to
 * its address, `postgres://…`. Throws when another process uses the folder or the server does not start.
 */
export async function startPostgres({ folder: wanted, durable }: PostgresOptions): Promise<string> {
  const { default: EmbeddedPostgres } = await loadPackage();
  const folder = dataFolder(wanted);
  mkdirSync(folder, { recursive: true });
  const cluster = join(folder, 'cluster');
  const [password, port] = [passwordIn(folder), await freePort()];
  const write = (message: unknown) => process.stderr.write(`${message}`);
  const options = {
    port,
    user: 'zicht',
    password,
    authMethod: 'scram-sha-256' as const,
    createPostgresUser: IS_ROOT,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: settings(durable).flatMap((setting) => ['-c', setting]),
    onLog: write,
    onError: write,
  };
  await endLeftover(folder, cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    // Created elsewhere and then renamed, so that an interrupted first start leaves no incomplete cluster.
    const fresh = `${cluster}.new`;
    for (const path of [fresh, cluster]) rmSync(path, { recursive: true, force: true });
    await new EmbeddedPostgres({ ...options, databaseDir: fresh }).initialise();
    renameSync(fresh, cluster);
  }
  const server = new EmbeddedPostgres({ ...options, databaseDir: cluster });
  // The package rejects without a reason; the server has logged it.
  await server.start().catch(() => {
    throw new Error('PostgreSQL did not start.');
  });
  const client = server.getPgClient('postgres', HOST);
  await client.connect();
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  await client.end();
  return `postgres://zicht:${password}@${HOST}:${port}/${DATABASE}`;
}

/** Flags of the server. */
export const settings = (durable: boolean): string[] => [
  `listen_addresses=${HOST}`,
  'unix_socket_directories=',
  'max_connections=40',
  'shared_buffers=32MB',
  // Keeps stored values out of its log.
  'log_min_messages=warning',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
];

/** Stops a server whose owner was killed, and claims the folder. Throws when the owner is alive. */
async function endLeftover(folder: string, cluster: string): Promise<void> {
  const [ownerFile, pidFile] = [join(folder, 'owner.pid'), join(cluster, 'postmaster.pid')];
  const deadline = Date.now() + LEFTOVER_MS;
  for (let stopSent = false; ; await sleep(POLL_MS)) {
    const server = numberIn(pidFile);
    // After a crash, or in a new container, another process may have this number.
    if (server === null || !commandOf(server).includes(cluster)) break;
    const owner = numberIn(ownerFile);
    if (Date.now() > deadline) throw new Error(inUse(folder, owner));
    if (stopSent || (owner !== null && commandOf(owner) !== '')) continue;
    // PostgreSQL's fast shutdown.
    process.kill(server, 'SIGINT');
    stopSent = true;
  }
  rmSync(pidFile, { force: true });
  writeFileSync(ownerFile, `${process.pid}`);
}

const inUse = (folder: string, owner: number | null): string =>
  `Process ${owner} uses the database in ${folder}. Stop it, or choose another folder with DATA_DIR.`;

const numberIn = (file: string): number | null =>
  existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) || null : null;

/** The command line of a process, "" when there is none. */
function commandOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function passwordIn(folder: string): string {
  const path = join(folder, 'password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
