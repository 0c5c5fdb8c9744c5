import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Config } from '~/config/config.server';
import { migrate } from './migrate.server';
import { deriveKeys, type SealingKeys } from './seal.server';

export type Database = NodePgDatabase;
export type StoreConfig = Pick<Config, 'DATABASE_URL' | 'SESSION_SECRET'> & Partial<Pick<Config, 'OWNER_SECRET'>>;

interface Store {
  readonly pool: pg.Pool;
  readonly database: Database;
  readonly keys: SealingKeys;
  readonly lastingKeys: SealingKeys;
}

const CONNECT_MS = 2_000;
const STATEMENT_MS = 2_000;
const POOL_SIZE = 10;

// On the global object: the development server reloads changed modules, and the pool must survive that.
const place: { zichtStore?: Store | undefined } = globalThis as { zichtStore?: Store | undefined };

/**
 * Connects to `DATABASE_URL` and brings the tables up to date. Throws when the database can't be reached or its tables are
 * not those of this version.
 */
export async function openStore(config: StoreConfig): Promise<void> {
  const { DATABASE_URL, SESSION_SECRET, OWNER_SECRET } = config;
  if (place.zichtStore) throw new Error('The store is open already');
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    options: `-c statement_timeout=${STATEMENT_MS}`,
  });
  // The pool replaces a broken idle connection; without a listener the error would end the process.
  pool.on('error', () => {});
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const lastingKeys = deriveKeys([OWNER_SECRET ?? SESSION_SECRET[0]], "a planner's keys");
  place.zichtStore = { pool, database: drizzle(pool), keys: deriveKeys(SESSION_SECRET), lastingKeys };
}

export async function closeStore(): Promise<void> {
  const store = place.zichtStore;
  place.zichtStore = undefined;
  await store?.pool.end();
}

/** For the query files of this folder. Throws when the store is not open. */
export const db = (): Database => opened().database;

export const sealingKeys = (): SealingKeys => opened().keys;

/** The keys for what must open after weeks too, from the permanent secret. */
export const lastingKeys = (): SealingKeys => opened().lastingKeys;

/** Whether the database answers right now (for the readiness probe). */
export async function storeAnswers(): Promise<boolean> {
  try {
    await opened().pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}

function opened(): Store {
  if (!place.zichtStore) throw new Error('The store is not open');
  return place.zichtStore;
}
