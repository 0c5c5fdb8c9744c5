import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';

/** Starts the production portal with the simulated agency. `stop` deletes `folder`. */
export async function startDemo() {
  buildIfNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'zicht-load-'));
  const origin = `http://localhost:${await freePort()}`;
  const database = await startDatabaseProcess();
  const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin });
  const environment = demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer });
  const portal = await startPortalProcess({ ...environment, DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  return {
    origin,
    folder,
    pid: portal.pid,
    databaseUrl: database.url,
    async stop() {
      await portal.stop();
      await agency.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the model is trained. Its thread would count in the CPU time of the process. */
export async function estimateIsTrained(origin: string): Promise<void> {
  while ((await fetch(`${origin}/en/wait/figures.json`)).status !== 200) await delay(500);
}
