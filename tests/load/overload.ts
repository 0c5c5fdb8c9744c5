import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool, request } from 'undici';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { cpuOf, type LoadRequest, type Outcome, openLoop, share } from './open-loop';
import { signInByHttp, Visitor } from './visitor';

/**
 * Measures how many pages of signed-in people and of visitors a real portal serves at most. Then five times as many signed-in
 * people ask, and then five times as many visitors beside the people that it can serve. Fails when it serves fewer than 80 %
 * of the signed-in pages that it could, when visitors keep signed-in people from theirs, when an answer takes longer than
 * two seconds, or when a sign-out is refused.
 *
 * Pages are counted by the second, and by the second of processor time that the portal had: on a shared machine it gets less
 * of it under load. The better of both counts.
 */
const USAGE = 'Usage: npm run load:overload -- [--seconds 10]';
const PEOPLE = ['amal', 'farid', 'olena', 'yonas'];
const LEAVING = ['pedro', 'imani', 'garcia', 'viktor'];
const TIMES = 5;
const LEAST_GOODPUT = 0.8;
/** What signed-in people ask for beside the visitors, of the signed-in pages that the portal could serve. */
const BESIDE_VISITORS = 0.4;
const LEAST_SIGNED_IN = 0.95;
/** Of 99 % of the answers: a busy machine is late with some. */
const MOST_MS = 2_000;
/** As many at once as a browser's users would be, when nothing is refused. */
const AT_ONCE = 16;
const CONNECTIONS = 3_000;

interface Pace {
  readonly perSecond: number;
  /** By second of processor time. */
  readonly perBusySecond: number;
}

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
  // Warms up, so that the capacity is not that of the first seconds.
  await capacityOf(signedIn, 3);
  const peak = await capacityOf(signedIn, seconds);
  const alone = await fiveTimesSignedIn(signedIn, peak);
  const visitors = await capacityOf(visiting, seconds);
  const beside = await fiveTimesVisitors(
    { signedIn, rate: Math.round(BESIDE_VISITORS * peak.perSecond) },
    { visiting, rate: Math.round(TIMES * visitors.perSecond) },
    leaving,
  );
  const ok = alone.ok && beside.ok;
  console.log(ok ? 'The portal held.' : 'The portal did not hold.');
  console.log(JSON.stringify({ seconds, ok, alone, beside }));
  process.exitCode = ok ? 0 : 1;
} finally {
  await portal.stop();
  await Promise.all([agency.stop(), database.stop()]);
}

async function fiveTimesSignedIn(signedIn: (index: number) => LoadRequest, peak: Pace) {
  const busy = busySeconds();
  const rate = Math.round(TIMES * peak.perSecond);
  const outcome = await openLoop(origin, { rate, seconds, connections: CONNECTIONS }, signedIn);
  const served = outcome.answered / seconds;
  const perBusySecond = outcome.answered / busy();
  const goodput = round(Math.max(served / peak.perSecond, perBusySecond / peak.perBusySecond));
  const times = timesOf([outcome]);
  console.log(
    `${Math.round(peak.perSecond)} pages a second at most (${Math.round(peak.perBusySecond)} a processor second). Of ${rate} ` +
      `offered ones ${Math.round(served)} were served (${Math.round(perBusySecond)}). ${times.words}`,
  );
  return { ...times, peak, rate, goodput, statuses: outcome.statuses, ok: goodput >= LEAST_GOODPUT && times.ok };
}

async function fiveTimesVisitors(
  own: { readonly signedIn: (index: number) => LoadRequest; readonly rate: number },
  others: { readonly visiting: (index: number) => LoadRequest; readonly rate: number },
  leaving: readonly string[],
) {
  const load = { seconds, connections: CONNECTIONS };
  const [people, crowd, signedOut] = await Promise.all([
    openLoop(origin, { ...load, rate: own.rate }, own.signedIn),
    openLoop(origin, { ...load, rate: others.rate }, others.visiting),
    signOuts(leaving),
  ]);
  const served = round(people.answered / people.offered);
  const times = timesOf([people, crowd]);
  console.log(
    `Beside ${others.rate} visitors a second, ${Math.round(100 * served)} % of ${own.rate} signed-in pages a second were ` +
      `served, and ${Math.round((100 * crowd.answered) / crowd.offered)} % of those of visitors. ` +
      `${signedOut} of ${leaving.length} signed out. ${times.words}`,
  );
  const ok = served >= LEAST_SIGNED_IN && signedOut === leaving.length && times.ok;
  return { ...times, rates: [own.rate, others.rate], served, statuses: [people.statuses, crowd.statuses], ok };
}

function timesOf(outcomes: readonly Outcome[]) {
  const waits = outcomes.flatMap((outcome) => outcome.waits).sort((a, b) => a - b);
  const unanswered = outcomes.reduce((sum, outcome) => sum + outcome.offered, 0) - waits.length;
  const [p95Ms, p99Ms] = [share(waits, 0.95), share(waits, 0.99)];
  const words = `95 % were answered within ${p95Ms} ms, 99 % within ${p99Ms} ms, ${unanswered} not at all.`;
  return { p95Ms, p99Ms, unanswered, words, ok: unanswered === 0 && p99Ms <= MOST_MS };
}

/** The pace when each of a few readers asks for the next page once they have one. */
async function capacityOf(nth: (index: number) => LoadRequest, forSeconds: number): Promise<Pace> {
  const pool = new Pool(origin, { connections: AT_ONCE });
  const over = AbortSignal.timeout(1_000 * forSeconds);
  const [started, busy] = [performance.now(), busySeconds()];
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
  const pace = { perSecond: (1_000 * served) / (performance.now() - started), perBusySecond: served / busy() };
  await pool.close();
  return pace;
}

/** Counts the portal's seconds of processor time from now on; seconds of the clock where the system tells nothing. */
function busySeconds(): () => number {
  const [before, started] = [cpuOf(portal.pid), performance.now()];
  return () => {
    const now = cpuOf(portal.pid);
    return (before === null || now === null ? performance.now() - started : now - before) / 1_000;
  };
}

/** Signs people out one after the other. Returns how many were. */
async function signOuts(cookies: readonly string[]): Promise<number> {
  let left = 0;
  for (const cookie of cookies) {
    await sleep((1_000 * seconds) / (cookies.length + 1));
    const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' };
    const { statusCode, body } = await request(`${origin}/en/sign-out`, { method: 'POST', headers, body: '' });
    await body.dump();
    // A redirect to the provider's sign-out, or a page with the form that leads there.
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
    const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
    const given = Number(values.seconds);
    if (!(given >= 3 && given <= 600)) throw new Error('seconds');
    return given;
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}
