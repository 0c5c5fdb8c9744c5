import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Config } from '~/config/config.server';
import { log } from '~/platform/log.server';
import { pool as poolMetrics } from '~/platform/metrics.server';
import { StoreUnfenced } from '~/platform/store-failure';
import { migrate, missingMigrations } from './migrate.server';
import { deriveKeys, type SealingKeys } from './seal.server';
import { keepOwnerSecret } from './secret-check.server';
import { createUrgency, type Urgency } from './urgent.server';

export type Database = NodePgDatabase;
export type StoreConfig = Pick<Config, 'DATABASE_URL' | 'SESSION_SECRET'> &
  Partial<Pick<Config, 'OWNER_SECRET' | 'local' | 'MIGRATE_AT_START' | 'DATABASE_CONNECTIONS' | 'DATABASE_SECONDS'>>;

interface Store {
  readonly pool: pg.Pool;
  readonly database: Database;
  readonly keys: SealingKeys;
  readonly lastingKeys: SealingKeys;
  readonly rowKeys: SealingKeys;
  readonly urgency: Urgency;
  /** A restored database that was not fenced shows nothing and takes nothing. */
  isUnfenced: boolean;
}

const START_MS = 5_000;
const CONNECT_MS = 2_000;
// A lock is given up before the statement that waits for it, so that the error tells which of both it was.
const LOCK_SHARE = 0.95;
// The server ends a slow statement itself. A server that hangs can't, so the client gives up a little later.
const LATER_MS = 500;
// For the queries on which every signed-in page waits: 0.8 s of the usual two seconds, so that a page fails within one.
const URGENT_SHARE = 0.4;

// On the global object: the development server reloads changed modules, and the pool must survive that.
const place: { zichtStore?: Store | undefined } = globalThis as { zichtStore?: Store | undefined };

/**
 * Connects to `DATABASE_URL` and brings the tables up to date, unless `MIGRATE_AT_START` is off. Throws when the database
 * can't be reached, its tables are not those of this version, or OWNER_SECRET is not the one of its rows.
 */
export async function openStore(config: StoreConfig): Promise<void> {
  const { DATABASE_URL, SESSION_SECRET, OWNER_SECRET, local = true, MIGRATE_AT_START = 'on' } = config;
  const { DATABASE_CONNECTIONS = 10, DATABASE_SECONDS = 2 } = config;
  if (place.zichtStore) throw new Error('The store is open already');
  await beforeThePool(DATABASE_URL, async (client) => {
    if (!local) await refuseSuperuser(client);
    if (MIGRATE_AT_START === 'on') await migrate(client);
    else await requireMigrated(client);
    if (OWNER_SECRET !== undefined) await keepOwnerSecret(drizzle(client), OWNER_SECRET);
  });
  const statementMs = 1_000 * DATABASE_SECONDS;
  const limits = `-c statement_timeout=${statementMs} -c lock_timeout=${LOCK_SHARE * statementMs}`;
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: statementMs + LATER_MS,
    ...((await isPooler(DATABASE_URL, limits)) ? {} : { options: limits }),
  });
  // The pool replaces a broken idle connection; without a listener the error would end the process.
  pool.on('error', () => {});
  const urgency = createUrgency(URGENT_SHARE * statementMs);
  pool.on('connect', urgency.answered);
  pool.on('release', (failure) => failure ?? urgency.answered());
  poolMetrics.count = () => ({
    busy: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    most: DATABASE_CONNECTIONS,
  });
  const permanent = OWNER_SECRET ?? SESSION_SECRET[0];
  const lastingKeys = deriveKeys([permanent], "a planner's keys");
  const keys = deriveKeys(SESSION_SECRET);
  const rowKeys: SealingKeys = [...deriveKeys([permanent], 'a stored row'), ...keys];
  place.zichtStore = { pool, database: drizzle(pool), keys, lastingKeys, rowKeys, urgency, isUnfenced: false };
}

/**
 * Whether a pooler such as pgbouncer stands before the database: it refuses limits at the start of a connection, since a
 * transaction may get any of its own connections. The role has the limits then, as docs/operate.md says.
 */
async function isPooler(connectionString: string, options: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: START_MS, options });
  client.on('error', () => {});
  try {
    await client.connect();
    return false;
  } catch (error) {
    if (!(error instanceof Error && /startup parameter/.test(error.message))) throw error;
    log('database-pooler');
    return true;
  } finally {
    await client.end();
  }
}

/** Applies the missing migrations and returns their names, for `npm run migrate`. Waits for other processes. */
export const migrateDatabase = (url: string): Promise<string[]> => beforeThePool(url, migrate);

/** The migrations that the database lacks. */
export const databaseLacks = (url: string): Promise<string[]> => beforeThePool(url, missingMigrations);

/** On a connection of its own: a migration, or another process's, may take longer than a page's query. */
async function beforeThePool<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: START_MS });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function requireMigrated(client: pg.Client): Promise<void> {
  const missing = await missingMigrations(client);
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.join(', ')}: run \`npm run migrate\` first (MIGRATE_AT_START is off)`,
    );
}

/** A superuser could read the server's files and rewrite the audit log past its triggers. */
async function refuseSuperuser(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = current_user and rolsuper');
  if (rowCount)
    throw new Error('DATABASE_URL: the user is a superuser; give the portal one that only owns its database');
}

export async function closeStore(): Promise<void> {
  const store = place.zichtStore;
  place.zichtStore = undefined;
  poolMetrics.count = null;
  await store?.pool.end();
}

/** For the query files of this folder. Throws when the store is not open, or its database was restored and not fenced. */
export function db(): Database {
  const { database, isUnfenced } = opened();
  if (isUnfenced) throw new StoreUnfenced();
  return database;
}

/** The same also for a restored database, for what finds out whether it is one. */
export const anyDb = (): Database => opened().database;

/** Whether pages and jobs must leave the database alone until `npm run restore:fence` ran. */
export function keepFromUse(isUnfenced: boolean): void {
  opened().isUnfenced = isUnfenced;
}

/** For what lives as long as a session or a spoken code: SESSION_SECRET, which rotates. */
export const sealingKeys = (): SealingKeys => opened().keys;

/**
 * For rows that outlive a rotation of SESSION_SECRET, such as addresses and reports: the permanent secret seals. Rows that a
 * session's key sealed open as long as it is set.
 */
export const rowKeys = (): SealingKeys => opened().rowKeys;

/** The keys for what must open after weeks too, from the permanent secret. */
export const lastingKeys = (): SealingKeys => opened().lastingKeys;

/** Runs a query on which every signed-in page waits. Rejects with a `StoreTimeout` within 0.8 s when it is not answered. */
export const urgently = <T>(query: () => PromiseLike<T>): Promise<T> => opened().urgency.run(query);

/**
 * Whether the database answers soon, and whether it takes changes: a standby that was not promoted does not.
 * `restored`: it is older than the audit log's heads outside it.
 */
export async function storeState(): Promise<'usable' | 'read-only' | 'away' | 'restored'> {
  try {
    if (opened().isUnfenced) return 'restored';
    const { rows } = await urgently(() =>
      opened().pool.query<{ read_only: boolean }>(
        `select current_setting('transaction_read_only') = 'on' as read_only`,
      ),
    );
    return rows[0]?.read_only ? 'read-only' : 'usable';
  } catch {
    return 'away';
  }
}

/** Whether there is a database to ask: not before the start and after the end. */
export const isStoreOpen = (): boolean => place.zichtStore !== undefined;

function opened(): Store {
  if (!place.zichtStore) throw new Error('The store is not open');
  return place.zichtStore;
}
