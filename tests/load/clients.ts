import { createHmac, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { deriveKeys, seal } from '../../app/store/seal.server';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { subjectId } from '../../mocks/world/people';
import { createWorld } from '../../mocks/world/world';
import { estimateIsTrained } from './demo';
import { cpuOf, share } from './open-loop';
import { startUpstreamCounter } from './upstream-counter';
import { signInByHttp, Visitor } from './visitor';

/** Measures "My clients" of an advisor with many clients: requests to the agency and the portal's time for a page. */
const USAGE = 'Usage: npm run bench:clients -- [--clients 300] [--rounds 15] [--latency 20]';
const ADVISOR = 'adv-large';
const GOAL = { callsPer100Cases: 2, pageMs: 300 } as const;

const options = optionsOrExit();
buildIfNeeded();
const origin = `http://localhost:${await freePort()}`;
const [database, agency] = await Promise.all([
  startDatabaseProcess(),
  startAgencyProcess({ port: 0, oidcPort: 0, origin, latencyMs: options.latency }),
]);
const counter = await startUpstreamCounter(agency.url, options.latency);
const environment = demoEnvironment({ origin, agency: counter.url, issuer: agency.issuer });
const portal = await startPortalProcess({ ...environment, DATABASE_URL: database.url, LOG_LEVEL: 'error' });
try {
  await insertMandates(options.clients);
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, ADVISOR);
  await estimateIsTrained(origin);
  counter.forget();
  const firstMs = await page(visitor);
  const calls = counter.requests.length;
  const answerKb = Math.round(counter.bytes() / 1024);
  const before = cpuOf(portal.pid);
  const times: number[] = [];
  for (let n = 0; n < options.rounds; n += 1) times.push(await page(visitor));
  const after = cpuOf(portal.pid);
  const cpuMs = before === null || after === null ? null : Math.round((after - before) / options.rounds);
  times.sort((a, b) => a - b);
  const [p50Ms, p90Ms] = [share(times, 0.5), share(times, 0.9)];
  const callsPer100Cases = Math.round((10_000 * calls) / options.clients) / 100;
  const reached = { calls: callsPer100Cases <= GOAL.callsPer100Cases, time: p50Ms <= GOAL.pageMs };
  console.log(`${options.clients} clients in one page; each response of the agency takes ${options.latency} ms.`);
  console.log(`Requests to the agency for one page: ${calls}, ${callsPer100Cases} per 100 cases (goal: at most 2).`);
  console.log(`The first page, including the agency's own work: ${Math.round(firstMs)} ms.`);
  console.log(`Then half of ${options.rounds} take at most ${p50Ms} ms (goal: 300), 9 of 10 ${p90Ms} ms.`);
  console.log(`CPU time of the portal: ${cpuMs} ms a page, for ${answerKb} kB of agency responses.`);
  console.log(
    JSON.stringify({
      ...options,
      calls,
      callsPer100Cases,
      firstMs: Math.round(firstMs),
      p50Ms,
      p90Ms,
      cpuMs,
      answerKb,
      reached,
    }),
  );
  if (!reached.calls || !reached.time) process.exitCode = 1;
} finally {
  await portal.stop();
  await counter.stop();
  await agency.stop();
  await database.stop();
}

/** Loads the whole page once and returns the milliseconds. Throws when a client is missing. */
async function page(visitor: Visitor): Promise<number> {
  const start = performance.now();
  const { status, text } = await visitor.get(`${origin}/en/advisor`);
  const took = performance.now() - start;
  const rows = text.split('/en/advisor/clients/').length - 1;
  if (status !== 200 || rows !== options.clients) throw new Error(`The page came with ${status} and ${rows} clients`);
  return took;
}

/** Inserts an active mandate for each of `clients` people into the portal's database. */
async function insertMandates(clients: number): Promise<void> {
  const world = createWorld();
  const advisor = world.personCalled(ADVISOR);
  const files = world.cases.filter(({ secret, parties }) => !secret && parties[0]?.person.bsn).slice(0, clients);
  if (!advisor || files.length < clients) throw new Error(`The world has ${files.length} suitable cases`);
  const rows = new pg.Client({ connectionString: database.url });
  await rows.connect();
  try {
    for (const file of files) {
      const id = randomUUID();
      const person = file.parties[0]?.person;
      const names = { client: person?.family, advisor: advisor.family, firm: '', references: [file.reference] };
      await rows.query(
        `insert into mandate (id, client, advisor, firm, case_ids, actions, offered_by, months, state, text_hash, language,
           names, offered_at, answer_before, valid_from, valid_until)
         values ($1, $2, $3, 'f', array[$4], array['see'], 'client', 12, 'active', 'h', 'en', $5, now(), now(), now(),
           now() + interval '1 year')`,
        [
          id,
          opaque('owner', `bsn:${person?.bsn}`),
          opaque('actor', subjectId(advisor)),
          file.uuid,
          seal(JSON.stringify(names), `mandate ${id}`, deriveKeys([environment.SESSION_SECRET])),
        ],
      );
    }
  } finally {
    await rows.end();
  }
}

/** Makes the keyed hashes that the portal stores in its rows. */
function opaque(purpose: string, content: string): string {
  const hash = createHmac('sha256', environment.SESSION_SECRET).update(`${purpose}\n${content}`).digest();
  return hash.subarray(0, 16).toString('base64url');
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        clients: { type: 'string', default: '300' },
        rounds: { type: 'string', default: '15' },
        latency: { type: 'string', default: '20' },
      },
    });
    const [clients, rounds, latency] = [Number(values.clients), Number(values.rounds), Number(values.latency)];
    if (![clients, rounds].every((n) => Number.isInteger(n) && n > 0) || !(Number.isInteger(latency) && latency >= 0))
      throw new Error('not a positive whole number');
    return { clients, rounds, latency };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
