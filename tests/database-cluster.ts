import type { TestProject } from 'vitest/node';
import { startDatabaseProcess } from '../mocks/processes';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** Starts one PostgreSQL for a run of vitest and deletes it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const { url, stop } = await startDatabaseProcess();
  project.provide('databaseUrl', url);
  return stop;
}
