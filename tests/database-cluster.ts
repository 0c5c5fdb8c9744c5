import type { TestProject } from 'vitest/node';
import { startDatabaseProcess } from '../mocks/processes';
import { startInstalledPostgres } from './installed-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/**
 * Starts one PostgreSQL for a run of vitest and deletes it at the end: npm's, or that of POSTGRES_PROGRAMS, such as
 * /usr/lib/postgresql/15/bin.
 */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const { POSTGRES_PROGRAMS: programs } = process.env;
  const { url, stop } = programs ? await startInstalledPostgres(programs) : await startDatabaseProcess();
  project.provide('databaseUrl', url);
  return stop;
}
