import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool, request } from 'undici';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { type LoadRequest, type Outcome, openLoop, share } from './open-loop';
import { signInByHttp, Visitor } from './visitor';

/**
 * Measures how many pages a second a real portal serves at most, then offers five times as many: first for the most part
 * to visitors, then to signed-in people alone. Fails when it serves fewer than 80 % of its capacity then, when an answer
 * takes longer than two seconds, when signed-in people are refused before visitors, or when a sign-out is.
 */
const USAGE = 'Usage: npm run load:overload -- [--seconds 15]';
const PEOPLE = ['amal', 'farid', 'olena', 'yonas'];
const LEAVING = ['pedro', 'imani', 'garcia', 'viktor'];
const TIMES = 5;
const LEAST_GOODPUT = 0.8;
/** Of the offered pages; signed-in people alone ask for half of the capacity. */
const SIGNED_IN_SHARE = 0.1;
const LEAST_SIGNED_IN = 0.95;
/** Of 99 % of the answers: a busy machine is late with some. */
const MOST_MS = 2_000;
/** As many at once as a browser's users would be, when nothing is refused. */
const AT_ONCE = 16;

const seconds = secondsOrExit();
buildIfNeeded();
const origin = `http://localhost:${await freePort()}`;
const database = await startDatabaseProcess();
const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin });
const portal = await startPortalProcess({
  ...demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer }),
  DATABASE_URL: database.url,
  LOG_LEVEL: 'error',
});

try {
  const people = await Promise.all(PEOPLE.map(cookieOf));
  const leaving = await Promise.all(LEAVING.map(cookieOf));
  const signedIn = (index: number): LoadRequest => ({
    path: '/en/cases',
    headers: { cookie: people[index % people.length] ?? '' },
  });
  const visiting = (index: number): LoadRequest => ({ path: index % 2 ? '/en/wait' : '/en/contact', headers: {} });
  const mixed = (index: number) => (index % (1 / SIGNED_IN_SHARE) === 0 ? signedIn(index) : visiting(index));
  // Warms up, so that the capacity is not that of the first seconds.
  await capacityOf(mixed, 3);
  const crowd = await visitorsAndPeople(await capacityOf(mixed, seconds));
  const alone = await peopleAlone(await capacityOf(signedIn, seconds));
  const ok = crowd.ok && alone.ok;
  console.log(ok ? 'The portal held.' : 'The portal did not hold.');
  console.log(JSON.stringify({ seconds, ok, crowd, alone }));
  process.exitCode = ok ? 0 : 1;

  async function visitorsAndPeople(capacity: number) {
    const rate = TIMES * capacity;
    const load = (part: number) => ({ rate: Math.round(rate * part), seconds, connections: 3_000 });
    const [own, others, signedOut] = await Promise.all([
      openLoop(origin, load(SIGNED_IN_SHARE), signedIn),
      openLoop(origin, load(1 - SIGNED_IN_SHARE), visiting),
      signOuts(leaving),
    ]);
    const result = {
      ...resultOf(capacity, [own, others]),
      signedInServed: round(own.answered / own.offered),
      signedOut,
    };
    console.log(
      `Visitors and signed-in people: ${wordsOf(result)} ${Math.round(100 * result.signedInServed)} % of the pages of ` +
        `signed-in people were served. ${signedOut} of ${leaving.length} signed out.`,
    );
    const isFair = result.signedInServed >= LEAST_SIGNED_IN && signedOut === leaving.length;
    return { ...result, ok: result.ok && isFair };
  }

  async function peopleAlone(capacity: number) {
    const outcome = await openLoop(
      origin,
      { rate: Math.round(TIMES * capacity), seconds, connections: 3_000 },
      signedIn,
    );
    const result = resultOf(capacity, [outcome]);
    console.log(`Signed-in people alone: ${wordsOf(result)}`);
    return result;
  }
} finally {
  await portal.stop();
  await Promise.all([agency.stop(), database.stop()]);
}

function resultOf(capacity: number, outcomes: readonly Outcome[]) {
  const offered = outcomes.reduce((sum, outcome) => sum + outcome.offered, 0);
  const goodput = outcomes.reduce((sum, outcome) => sum + outcome.answered, 0) / seconds;
  const waits = outcomes.flatMap((outcome) => outcome.waits).sort((a, b) => a - b);
  const unanswered = offered - waits.length;
  const result = {
    capacity: Math.round(capacity),
    offered: Math.round(offered / seconds),
    goodput: Math.round(goodput),
    goodputShare: round(goodput / capacity),
    p95Ms: share(waits, 0.95),
    p99Ms: share(waits, 0.99),
    slowestMs: share(waits, 1),
    unanswered,
    statuses: outcomes.map((outcome) => outcome.statuses),
  };
  const isTimely = unanswered === 0 && result.p99Ms <= MOST_MS;
  return { ...result, ok: goodput >= LEAST_GOODPUT * capacity && isTimely };
}

function wordsOf(result: ReturnType<typeof resultOf>): string {
  const { capacity, offered, goodput, goodputShare, p95Ms, p99Ms, unanswered } = result;
  return (
    `${capacity} pages a second at most. Of ${offered} offered ones ${goodput} were served (${Math.round(100 * goodputShare)} % ` +
    `of the capacity); 95 % were answered within ${p95Ms} ms, 99 % within ${p99Ms} ms, ${unanswered} not at all.`
  );
}

/** Pages a second when each of a few readers asks for the next page once they have one. */
async function capacityOf(nth: (index: number) => LoadRequest, forSeconds: number): Promise<number> {
  const pool = new Pool(origin, { connections: AT_ONCE });
  const over = AbortSignal.timeout(1_000 * forSeconds);
  const started = performance.now();
  let index = 0;
  let served = 0;
  const reader = async () => {
    while (!over.aborted) {
      const { statusCode, body } = await pool.request({ method: 'GET', ...nth(index++) });
      await body.dump({ limit: 1_000_000 });
      if (statusCode === 200) served += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  const rate = (1_000 * served) / (performance.now() - started);
  await pool.close();
  return rate;
}

/** Signs people out one after the other. Returns how many were. */
async function signOuts(cookies: readonly string[]): Promise<number> {
  let left = 0;
  for (const cookie of cookies) {
    await sleep((1_000 * seconds) / (cookies.length + 1));
    const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' };
    const { statusCode, body } = await request(`${origin}/en/sign-out`, { method: 'POST', headers, body: '' });
    await body.dump();
    // The provider's sign-out may be a form of the page.
    if (statusCode === 302 || statusCode === 200) left += 1;
    else console.log(`a sign-out was answered ${statusCode}`);
  }
  return left;
}

async function cookieOf(person: string): Promise<string> {
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, person);
  return visitor.cookiesFor(origin);
}

function round(part: number): number {
  return Math.round(100 * part) / 100;
}

function secondsOrExit(): number {
  try {
    const { values } = parseArgs({ options: { seconds: { type: 'string', default: '15' } } });
    const given = Number(values.seconds);
    if (!(given >= 3 && given <= 600)) throw new Error('seconds');
    return given;
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}
