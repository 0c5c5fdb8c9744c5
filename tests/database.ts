import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { closeStore, openStore } from '~/store/store.server';

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export const TEST_SECRET = 'demo-session-secret-of-the-unit-tests';

/** Creates a database on the run's PostgreSQL: empty, or a copy of `template`. */
export async function freshDatabase(template = 'template1'): Promise<FreshDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onCluster(`create database ${name} template ${template}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = name;
  return { url: url.href, drop: () => onCluster(`drop database ${name} with (force)`) };
}

/**
 * Opens the portal's store on a new database with its tables. Call `close` in `afterAll`. One at a time in a test file.
 */
export async function openTestStore(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { url, drop } = await freshDatabase(inject('databaseTemplate'));
  await openStore({ DATABASE_URL: url, SESSION_SECRET: [TEST_SECRET] });
  const close = async () => {
    await closeStore();
    await drop();
  };
  return { url, close };
}

/** Returns a query's rows, for data that no function of the store returns. */
export async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that stops rejects the query and also emits an error, which would end the test run.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs a statement on the cluster's first database. */
export async function onCluster(sql: string): Promise<void> {
  await rowsOf(inject('databaseUrl'), sql);
}
