import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../app/store/embedded.server';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One PostgreSQL for a whole run of vitest, thrown away at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-test-'));
  // Run as root, the server itself is another user.
  chmodSync(folder, 0o755);
  const { url, stop } = await startEmbedded({ folder, durable: false });
  project.provide('databaseUrl', url);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
