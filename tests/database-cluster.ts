import type { TestProject } from 'vitest/node';
import { startDatabaseProcess } from '../mocks/processes';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One PostgreSQL for a whole run of vitest, thrown away at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const { url, stop } = await startDatabaseProcess();
  project.provide('databaseUrl', url);
  return stop;
}
