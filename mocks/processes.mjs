// Starting the simulated agency and the portal as processes: for `npm start`, the browser tests and the bench.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './prepare.mjs';

// As `npm run serve` has it: a page's objects die young, and a larger nursery spares the collector half its work.
const PORTAL_FLAGS = ['--max-semi-space-size=64'];
const START_MS = 30_000;
const STOP_MS = 28_000;

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {() => Promise<number | null>} stop ends it (SIGTERM, in the end SIGKILL); gives its exit code
 * @property {Promise<number | null>} ended its exit code, once it has ended
 * @property {() => string} lastWords what it last wrote
 */

/**
 * Starts the agency and its sign-in provider.
 *
 * @param {{ port: number, oidcPort: number, origin: string, now?: string, latencyMs?: number }} options port 0: any free
 *   one; `latencyMs` is added to every answer of an API
 * @returns {Promise<Running & { url: string, issuer: string }>}
 */
export async function startAgencyProcess({ port, oidcPort, origin, now, latencyMs }) {
  const running = startProcess(['--import', 'tsx', 'mocks/main.ts'], {
    AGENCY_PORT: `${port}`,
    OIDC_PORT: `${oidcPort}`,
    PORTAL_ORIGIN: origin,
    ...(now === undefined ? {} : { AGENCY_NOW: now }),
    ...(latencyMs === undefined ? {} : { AGENCY_LATENCY_MS: `${latencyMs}` }),
  });
  const { url, issuer } = JSON.parse(await within(running, running.firstLine, 'The simulated agency'));
  return { ...running, url, issuer };
}

/**
 * Starts the portal from build/server and waits until it says that it is ready.
 *
 * @param {Record<string, string>} environment
 * @returns {Promise<Running>}
 */
export async function startPortalProcess(environment) {
  const running = startProcess([...PORTAL_FLAGS, 'build/server/index.js'], { NODE_ENV: 'production', ...environment });
  await within(running, untilReady(`http://127.0.0.1:${environment.PORT}/readyz`, running), 'The portal');
  return running;
}

/** Whether nobody listens on the port of this machine. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });
}

function startProcess(args, environment) {
  // In a group of its own, so that Ctrl-C in the terminal reaches only the one who started it, who then ends it in order.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      words = (words + chunk).slice(-4_000);
    });
  const firstLine = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const ended = new Promise((resolve) => child.once('close', resolve));
  return { pid: child.pid, firstLine, ended, lastWords: () => words, stop };

  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const code = await ended;
    clearTimeout(late);
    return code;
  }
}

async function within(running, result, name) {
  const failed = (why) => {
    throw new Error(`${name} ${why}:\n${running.lastWords()}`);
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

async function untilReady(address, running) {
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
