import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { demoEnvironment } from '../../mocks/demo-environment.mjs';
import { buildIfNeeded } from '../../mocks/prepare.mjs';
import { freePort, startAgencyProcess, startPortalProcess } from '../../mocks/processes.mjs';
import { mostWithin, startPlannerCounter } from './planner-counter';
import { signInByHttp, Visitor } from './visitor';

/** The page of free times under load: what it costs the planner, whether anybody gets an error, how long people wait. */
const USAGE = 'Usage: npm run load:slots -- [--rate 300] [--seconds 30] [--connections 50]';
const SPAN_MS = 5_000;

const options = optionsOrExit();
buildIfNeeded();
const folder = mkdtempSync(join(tmpdir(), 'zicht-load-'));
chmodSync(folder, 0o755);
const origin = `http://localhost:${await freePort()}`;
const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin });
const environment = demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer });
const planner = await startPlannerCounter(environment.PLANNER_URL);
const portal = await startPortalProcess({
  ...environment,
  PLANNER_URL: planner.url,
  DATA_DIR: folder,
  LOG_LEVEL: 'error',
});
try {
  const oneCore = onOneCore(portal.pid);
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, 'amal');
  const load = { url: origin + (await slotPage(visitor)), headers: { cookie: visitor.cookiesFor(origin) } };
  const { rate, seconds, connections } = options;
  console.log(`${rate} requests a second offered for ${seconds} s${oneCore ? ', the portal on one core' : ''} …`);
  const result = await autocannon({ ...load, connections, overallRate: rate, duration: seconds });
  const { requests, latency, non2xx, errors } = result;
  const upstream = [...planner.asked].map(([desk, times]) => ({
    desk,
    total: times.length,
    most: mostWithin(times, SPAN_MS),
  }));
  const most = Math.max(0, ...upstream.map((each) => each.most));
  const failed = non2xx + errors;
  console.log(`Answered: ${requests.average} a second, ${failed} errors.`);
  console.log(`Waiting: half at most ${latency.p50} ms, 99 of 100 at most ${latency.p99} ms.`);
  for (const { desk, total, most: atOnce } of upstream)
    console.log(`Asked of the planner for ${desk}: ${total} times, at most ${atOnce} in any 5 s.`);
  console.log(
    JSON.stringify({
      ...options,
      oneCore,
      answeredPerSecond: requests.average,
      errors: failed,
      p50Ms: latency.p50,
      p99Ms: latency.p99,
      upstreamPerDeskProductAnd5s: most,
      upstream,
    }),
  );
  if (failed > 0 || most > 1) process.exitCode = 1;
} finally {
  await portal.stop();
  await planner.stop();
  await agency.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** By the links, as a person finds it. */
async function slotPage(visitor: Visitor): Promise<string> {
  const cases = await visitor.get(`${origin}/en/cases`);
  const theCase = /href="(\/en\/cases\/[^/"?]+)"/.exec(cases.text)?.[1];
  if (theCase === undefined) throw new Error('There is no case to book a visit for');
  return `${theCase}/appointment`;
}

/** Keeps a process and all its threads on the first core; false where the system has no `taskset`. */
function onOneCore(pid: number): boolean {
  return spawnSync('taskset', ['-acp', '0', String(pid)]).status === 0;
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        rate: { type: 'string', default: '300' },
        seconds: { type: 'string', default: '30' },
        connections: { type: 'string', default: '50' },
      },
    });
    const given = {
      rate: Number(values.rate),
      seconds: Number(values.seconds),
      connections: Number(values.connections),
    };
    if (!Object.values(given).every((value) => Number.isInteger(value) && value > 0))
      throw new Error('not a whole number above 0');
    return given;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
