import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment, plannerList } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { createWorld } from '../../mocks/world/world';
import { cpuOf, type LoadRequest, openLoop, share } from './open-loop';
import { mostWithin, startPlannerCounter } from './planner-counter';
import { signInByHttp, Visitor } from './visitor';

/**
 * Puts the page of free slots under load from many signed-in people, at a fixed rate of requests. Measures requests to
 * the planners, CPU time, errors and waiting times. Everybody stays within the limits of searches a minute (90 a person,
 * 60 a session), so that slots are measured and not refusals.
 */
const USAGE =
  'Usage: npm run load:slots -- [--rate 300] [--seconds 15] [--connections 200] [--visitors 140] [--every-planner]';
const SPAN_MS = 5_000;
const WARM_UP = { rate: 50, seconds: 4 };

const options = optionsOrExit();
buildIfNeeded();
const origin = `http://localhost:${await freePort()}`;
const database = await startDatabaseProcess();
const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin });
const environment = demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer });
const list = plannerList(agency.url);
const counters = await Promise.all(list.map(({ kind, url }) => startPlannerCounter(url, kind)));
const portal = await startPortalProcess({
  ...environment,
  PLANNER_URL: counters[0]?.url ?? '',
  ...(options.everyPlanner
    ? { PLANNERS: JSON.stringify(list.map((each, index) => ({ ...each, url: counters[index]?.url }))) }
    : {}),
  DATABASE_URL: database.url,
  LOG_LEVEL: 'error',
});
try {
  const oneCore = onCore(portal.pid, 0);
  if (oneCore) for (const pid of [process.pid, agency.pid]) onCore(pid, 1);
  const visitors = await visitorsWhoCanBook(options.visitors);
  const nth = (index: number): LoadRequest => visitors[index % visitors.length] as LoadRequest;
  await openLoop(origin, { ...WARM_UP, connections: options.connections }, nth);
  for (const counter of counters) counter.forget();
  const before = cpuOf(portal.pid);
  console.log(
    `${options.rate} requests a second offered for ${options.seconds} s by ${visitors.length} signed-in visitors${oneCore ? ', the portal on one core' : ''} …`,
  );
  const { offered, answered, errors, statuses, waits } = await openLoop(origin, options, nth);
  const after = cpuOf(portal.pid);
  const cpuMs =
    before === null || after === null ? null : Math.round((100 * (after - before)) / Math.max(1, answered)) / 100;
  const targets = counters.flatMap((counter) => [...counter.requests]);
  const upstream = targets.map(([target, times]) => ({
    target,
    total: times.length,
    most: mostWithin(times, SPAN_MS),
  }));
  const most = Math.max(0, ...upstream.map((each) => each.most));
  const [p50Ms, p99Ms] = [share(waits, 0.5), share(waits, 0.99)];
  if (statuses[429])
    console.log(
      `${statuses[429]} requests met the limits and say nothing of slots: take fewer seconds or a lower rate.`,
    );
  console.log(`Answered: ${answered} of ${offered}, ${errors} errors; CPU time of the portal ${cpuMs} ms a response.`);
  console.log(`Response time since a request was due: half at most ${p50Ms} ms, 99 of 100 at most ${p99Ms} ms.`);
  for (const { target, total, most: atOnce } of upstream)
    console.log(`Requests to a planner for ${target}: ${total}, at most ${atOnce} in any 5 s.`);
  console.log(
    JSON.stringify({
      ...options,
      oneCore,
      offered,
      answered,
      errors,
      statuses,
      cpuMsAPage: cpuMs,
      p50Ms,
      p99Ms,
      upstreamPerDeskProductAnd5s: most,
      upstream,
    }),
  );
  if (errors > 0 || most > 1) process.exitCode = 1;
} finally {
  await portal.stop();
  await Promise.all(counters.map((counter) => counter.stop()));
  await agency.stop();
  await database.stop();
}

/** Sessions of everybody who has an appointment to book, each person's in turn. */
async function visitorsWhoCanBook(wanted: number): Promise<LoadRequest[]> {
  const found: LoadRequest[] = [];
  let useful = createWorld()
    .cases.filter(({ history }) => ['biometrics', 'collect'].includes(history.at(-1)?.step.stage ?? ''))
    .flatMap(({ parties }) => parties.filter(({ role }) => role === 'applicant').map(({ person }) => person.slug));
  useful = [...new Set(useful)];
  while (useful.length > 0) {
    const again: string[] = [];
    for (const slug of useful) {
      const one = await visitorOf(slug);
      if (one) {
        found.push(one);
        again.push(slug);
      }
      if (found.length >= wanted) return found;
    }
    useful = again;
  }
  throw new Error('No person has an appointment to book');
}

async function visitorOf(person: string): Promise<LoadRequest | null> {
  const visitor = new Visitor();
  try {
    await signInByHttp(visitor, origin, person);
  } catch {
    return null;
  }
  const cases = await visitor.get(`${origin}/en/cases`);
  const theCase = /href="(\/en\/cases\/[^/"?]+)"/.exec(cases.text)?.[1];
  if (theCase === undefined) return null;
  const path = `${theCase}/appointment`;
  const page = await visitor.get(origin + path);
  if (page.status !== 200 || !page.text.includes('name="slot"')) return null;
  return { path, headers: { cookie: visitor.cookiesFor(origin), 'accept-encoding': 'br, gzip' } };
}

/** Pins a process with all its threads to a core. Returns false without `taskset` or that core. */
function onCore(pid: number, core: number): boolean {
  return spawnSync('taskset', ['-acp', String(core), String(pid)]).status === 0;
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        rate: { type: 'string', default: '300' },
        seconds: { type: 'string', default: '15' },
        connections: { type: 'string', default: '200' },
        visitors: { type: 'string', default: '140' },
        'every-planner': { type: 'boolean', default: false },
      },
    });
    const given = {
      rate: Number(values.rate),
      seconds: Number(values.seconds),
      connections: Number(values.connections),
      visitors: Number(values.visitors),
    };
    if (!Object.values(given).every((value) => Number.isInteger(value) && value > 0))
      throw new Error('not a whole number above 0');
    return { ...given, everyPlanner: values['every-planner'] };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
