// Starts the database, the simulated agency and the portal as processes, for `npm start`, the browser tests and the
// benches.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './build';

// As in `npm run serve`: rendering makes short-lived objects, and a larger nursery halves the garbage collection.
const PORTAL_FLAGS = ['--max-semi-space-size=64'];
const START_MS = 30_000;
const STOP_MS = 28_000;

export interface Running {
  readonly pid: number;
  /** Stops it (SIGTERM, then SIGKILL after 28 s). Resolves to its exit code, null after a signal. */
  stop(): Promise<number | null>;
  /** Resolves to its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** The last 4,000 characters of its output. */
  recentOutput(): string;
  /** Passes on each piece of its further output. */
  onOutput(listener: (piece: string) => void): void;
  /** Clears the caches of a portal process. Its database stays. */
  clearCaches(): Promise<void>;
}

interface AgencyProcess {
  /** 0 takes any free port. */
  readonly port: number;
  readonly oidcPort: number;
  /** Origin of the portal. */
  readonly origin: string;
  /** Added to each API response, in milliseconds. */
  readonly latencyMs?: number;
  /** Whose words its registry and planner use; the Dutch ones when left out. */
  readonly words?: string;
}

/** Starts the agency and its sign-in provider. Rejects when they are not ready within 30 s. */
export async function startAgencyProcess({
  port,
  oidcPort,
  origin,
  latencyMs = 0,
  words = '',
}: AgencyProcess): Promise<Running & { url: string; issuer: string }> {
  const running = startProcess(['--import', 'tsx', 'mocks/main.ts'], {
    AGENCY_PORT: `${port}`,
    OIDC_PORT: `${oidcPort}`,
    PORTAL_ORIGIN: origin,
    AGENCY_LATENCY_MS: `${latencyMs}`,
    AGENCY_WORDS: words,
  });
  const { url, issuer } = JSON.parse(await within(running, running.firstLine, 'The simulated agency'));
  return { ...running, url, issuer };
}

/** Starts the embedded PostgreSQL. Without a folder it deletes its data. Rejects when it is not ready within 30 s. */
export async function startDatabaseProcess(folder?: string): Promise<Running & { url: string }> {
  const running = startProcess(['--import', 'tsx', 'mocks/database.ts', ...(folder === undefined ? [] : [folder])], {});
  const { url } = JSON.parse(await within(running, running.firstLine, 'The database'));
  return { ...running, url };
}

/**
 * Uses the database of `DATABASE_URL`. When unset, starts the embedded one, which keeps its data in a folder of
 * `DATA_DIR` (`.data`).
 */
export async function startDatabaseUnlessSet(folder: string): Promise<{ url: string; stop(): Promise<unknown> }> {
  const { DATABASE_URL: url, DATA_DIR = '.data' } = process.env;
  return url ? { url, stop: async () => {} } : startDatabaseProcess(join(DATA_DIR, folder));
}

/** Counts the registry's cases of the last weeks, as an operator would with `npm run statistics:collect`. */
export const startCounting = (weeks: number, environment: Readonly<Record<string, string>>): Running =>
  startProcess(['build/server/statistics-collect.js', '--weeks', `${weeks}`], {
    NODE_ENV: 'production',
    ...environment,
  });

/** Starts the portal from build/server. Rejects when it is not ready within 30 s. */
export async function startPortalProcess(environment: Readonly<Record<string, string>>): Promise<Running> {
  const running = startProcess([...PORTAL_FLAGS, 'build/server/index.js'], { NODE_ENV: 'production', ...environment });
  await within(running, untilReady(`http://127.0.0.1:${environment.PORT}/readyz`, running), 'The portal');
  return running;
}

/** Whether the local port is free. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Returns a port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        if (address !== null && typeof address === 'object') server.close(() => resolve(address.port));
      });
  });
}

function startProcess(args: readonly string[], environment: Readonly<Record<string, string>>) {
  // In its own process group, so Ctrl-C reaches only the parent, which ends all processes in order.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || !stdout || !stderr) throw new Error(`${process.execPath} can't be started.`);
  let output = '';
  for (const stream of [stdout, stderr])
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-4_000);
    });
  const firstLine = new Promise<string>((resolve) => createInterface({ input: stdout }).once('line', resolve));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const onOutput = (listener: (piece: string) => void) => {
    for (const stream of [stdout, stderr]) stream.on('data', (chunk) => listener(String(chunk)));
  };
  return { pid, firstLine, ended, recentOutput: () => output, onOutput, stop, clearCaches };

  async function clearCaches(): Promise<void> {
    const cleared = once(child, 'message');
    child.send('clear-caches');
    await Promise.race([cleared, ended]);
  }

  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const code = await ended;
    clearTimeout(late);
    return code;
  }
}

async function within<T>(running: Running, result: Promise<T>, name: string): Promise<T> {
  const failed = (why: string): never => {
    throw new Error(`${name} ${why}:\n${running.recentOutput()}`);
  };
  const timer = new AbortController();
  try {
    return await Promise.race([
      result,
      running.ended.then((code) => failed(`ended with ${code}`)),
      sleep(START_MS, undefined, { signal: timer.signal }).then(() => failed('did not start')),
    ]);
  } catch (error) {
    await running.stop();
    throw error;
  } finally {
    timer.abort();
  }
}

async function untilReady(address: string, running: Running): Promise<void> {
  let over = false;
  running.ended.then(() => {
    over = true;
  });
  while (!over) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await sleep(25);
  }
}
