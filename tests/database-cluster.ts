import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '~/store/migrate.server';
import { startDatabaseProcess } from '../mocks/processes';
import { startInstalledPostgres } from './installed-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    /** A database with the portal's tables: to copy it takes a third of the time of migrating. */
    databaseTemplate: string;
  }
}

const TEMPLATE = 'zicht_tables';

/**
 * Starts one PostgreSQL for a run of vitest and deletes it at the end: npm's, or that of POSTGRES_PROGRAMS, such as
 * /usr/lib/postgresql/15/bin.
 */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const { POSTGRES_PROGRAMS: programs } = process.env;
  const { url, stop } = programs ? await startInstalledPostgres(programs) : await startDatabaseProcess();
  project.provide('databaseUrl', url);
  await createTemplate(url);
  project.provide('databaseTemplate', TEMPLATE);
  return stop;
}

async function createTemplate(cluster: string): Promise<void> {
  const template = new URL(cluster);
  template.pathname = TEMPLATE;
  await connected(cluster, (client) => client.query(`create database ${TEMPLATE}`));
  await connected(template.href, migrate);
}

async function connected(connectionString: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await work(client).finally(() => client.end());
}
