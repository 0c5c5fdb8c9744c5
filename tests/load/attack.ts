import { spawnSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { request } from 'undici';
import { ADDRESS_CODE } from '../../app/model/mail-address';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { mailSettings, startMailServer } from '../../mocks/mail/server';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { signInByHttp, Visitor } from './visitor';

/**
 * Floods a real portal in the ways that a single person could, one after the other, while honest people read their
 * pages. Then stops the database's processes. Fails when fewer than 99 % of the pages come within a second, or when a
 * table or the mail to others grows with the flood.
 */
const USAGE = 'Usage: npm run test:attack -- [--seconds 8] [--only slow-forms]';
const HONEST = ['amal', 'farid', 'olena', 'yonas'];
const HONEST_MS = 1_000;
/** Signed-in pages give up after 0.8 s; the rest is for a busy machine. */
const MOST_HUNG_MS = 1_500;
/** Pause of each honest person between two pages, in milliseconds. */
const READING_MS = 400;
const LEAST_PERCENT = 99;

interface Flood {
  /** Starts the flood; resolves to what it sent when `over` aborts. */
  run(over: AbortSignal): Promise<number>;
  /** What could grow with it, and by how much at most. */
  readonly bounded?: { readonly what: string; readonly most: number; count(): Promise<number> };
}

interface Outcome {
  readonly flood: string;
  readonly sent: number;
  readonly honest: number;
  readonly withinASecond: number;
  readonly slowestMs: number;
  /** What the bounded thing gained. */
  readonly gained: number | null;
  readonly ok: boolean;
}

const { seconds, only } = optionsOrExit();
buildIfNeeded();
const origin = `http://localhost:${await freePort()}`;
const port = Number(new URL(origin).port);
const mail = await startMailServer();
const database = await startDatabaseProcess();
const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin });
const portal = await startPortalProcess({
  ...demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer }),
  DATABASE_URL: database.url,
  ...mailSettings(mail),
  LOG_LEVEL: 'error',
});
const rows = new pg.Pool({ connectionString: database.url, max: 1 });
rows.on('error', () => {});

const FLOODS: Readonly<Record<string, Flood>> = {
  'slow-forms': { run: slowForms },
  'silent-connections': { run: silentConnections },
  'sign-in-starts': {
    run: (over) => repeat(over, 20, () => post('/en/sign-in', { to: '/en/cases' })),
    bounded: rowsOf('session', 0),
  },
  codes: { run: await codes(), bounded: rowsOf('spoken_code', 25) },
  watches: {
    run: await watches(),
    bounded: { what: 'mails', most: ADDRESS_CODE.ofOnePerson, count: async () => mail.received.length },
  },
  refusals: { run: await refusals(), bounded: rowsOf('audit_event', 60) },
};

try {
  const people = await Promise.all(HONEST.map(honestPerson));
  const outcomes: Outcome[] = [];
  for (const [name, flood] of Object.entries(FLOODS))
    if (only === undefined || only === name) outcomes.push(await under(name, flood, people));
  const hung = only === undefined || only === 'hung-database' ? await hungDatabase() : [];
  const ok = outcomes.length + hung.length > 0 && [...outcomes, ...hung].every((outcome) => outcome.ok);
  console.log(ok ? 'Honest people were served.' : 'A flood closed the portal to honest people, or filled a table.');
  console.log(JSON.stringify({ seconds, ok, outcomes, hung }));
  process.exitCode = ok ? 0 : 1;
} finally {
  await rows.end();
  await portal.stop();
  await Promise.all([agency.stop(), database.stop(), mail.stop()]);
}

async function under(
  name: string,
  { run, bounded }: Flood,
  people: readonly (() => Promise<number>)[],
): Promise<Outcome> {
  const before = (await bounded?.count()) ?? 0;
  const over = AbortSignal.timeout(seconds * 1_000);
  const waits: number[] = [];
  const flooding = run(over);
  // The flood has its effect only when it is under way.
  await sleep(500);
  await Promise.all(
    people.map(async (read) => {
      while (!over.aborted) {
        waits.push(await read());
        await sleep(READING_MS);
      }
    }),
  );
  const sent = await flooding;
  const gained = bounded ? (await bounded.count()) - before : null;
  const good = waits.filter((ms) => ms <= HONEST_MS).length;
  const ok = (100 * good) / waits.length >= LEAST_PERCENT && (gained ?? 0) <= (bounded?.most ?? 0);
  const slowestMs = Math.round(Math.max(...waits.filter(Number.isFinite), 0));
  console.log(
    `${name}: ${sent} sent; ${good} of ${waits.length} honest pages within a second, the slowest after ${slowestMs} ms` +
      (gained === null ? '' : `; ${bounded?.what}: ${gained} more, at most ${bounded?.most}`),
  );
  return { flood: name, sent, honest: waits.length, withinASecond: good, slowestMs, gained, ok };
}

/** What answers, and how soon, while no process of the database runs. */
async function hungDatabase(): Promise<{ path: string; status: number; ms: number; ok: boolean }[]> {
  const cookie = (await signedIn('amal')).cookiesFor(origin);
  const pids = processesUnder(database.pid);
  for (const pid of pids) signal(pid, 'SIGSTOP');
  try {
    return await Promise.all(
      (
        [
          ['GET', '/livez', 200],
          // Public pages need no database, so the process stays in.
          ['GET', '/readyz', 200],
          ['GET', '/readyz/sign-in', 503],
          ['GET', '/en/wait', 200],
          ['GET', '/en/sign-in', 200],
          ['GET', '/en/cases', 503],
          ['POST', '/en/sign-out', 302],
        ] as const
      ).map(async ([method, path, wanted]) => {
        const started = performance.now();
        const form = { 'content-type': 'application/x-www-form-urlencoded', origin };
        const answer = await request(origin + path, {
          method,
          headers: { cookie, ...(method === 'POST' ? form : {}) },
        });
        await answer.body.dump();
        const ms = Math.round(performance.now() - started);
        const status = answer.statusCode;
        console.log(`hung database: ${method} ${path} answered ${status} after ${ms} ms`);
        return { path, status, ms, ok: status === wanted && ms <= MOST_HUNG_MS };
      }),
    );
  } finally {
    for (const pid of pids) signal(pid, 'SIGCONT');
  }
}

/** A worker of the database may have ended meanwhile. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function processesUnder(parent: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', `${parent}`], { encoding: 'utf8' });
  const children = stdout.split('\n').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...processesUnder(child)]);
}

/** Signs a person in. Returns a function that reads their cases and resolves to its milliseconds; Infinity on failure. */
async function honestPerson(person: string): Promise<() => Promise<number>> {
  const visitor = await signedIn(person);
  return async () => {
    const started = performance.now();
    const answer = await visitor.get(`${origin}/en/cases`).catch(() => null);
    return answer?.status === 200 ? performance.now() - started : Number.POSITIVE_INFINITY;
  };
}

async function signedIn(person: string): Promise<Visitor> {
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, person);
  return visitor;
}

/** Two hundred forms of which one byte comes every second. */
function slowForms(over: AbortSignal): Promise<number> {
  const head = [
    'POST /en/sign-in HTTP/1.1',
    `host: localhost:${port}`,
    'sec-fetch-site: same-origin',
    'content-type: application/x-www-form-urlencoded',
    'content-length: 60000',
    '',
    '',
  ].join('\r\n');
  return hold(over, 200, (socket) => {
    socket.write(head);
    const trickle = setInterval(() => socket.write('a'), 1_000);
    socket.on('close', () => clearInterval(trickle));
  });
}

function silentConnections(over: AbortSignal): Promise<number> {
  return hold(over, 500, () => {});
}

/** Keeps so many connections open, and replaces those that the portal closes. */
async function hold(over: AbortSignal, most: number, begin: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  let opened = 0;
  while (!over.aborted) {
    for (; open.size < most; opened++) {
      const socket = connect(port, '127.0.0.1');
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => open.delete(socket));
      socket.once('connect', () => begin(socket));
    }
    await sleep(100);
  }
  for (const socket of open) socket.destroy();
  return opened;
}

/** One person who makes one spoken code after the other. */
async function codes(): Promise<Flood['run']> {
  const visitor = await signedIn('garcia');
  return (over) => repeat(over, 10, () => post('/en/helpdesk/with-me', { width: '360' }, visitor));
}

/** One person who asks again and again to be told of an earlier time, each time at another address. */
async function watches(): Promise<Flood['run']> {
  const visitor = await signedIn('family-biometrics');
  const { text } = await visitor.get(`${origin}/en/cases`);
  const [path = '/en/cases'] = /\/en\/cases\/[\w-]{22}/.exec(text) ?? [];
  const before = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  let n = 0;
  return (over) =>
    repeat(over, 10, () => post(`${path}/watch`, { before, email: `victim-${++n}@example.org` }, visitor));
}

/** One employee who sends forms that they may not send. */
async function refusals(): Promise<Flood['run']> {
  const visitor = await signedIn('desk-1');
  return (over) => repeat(over, 10, () => post('/en/mandates', { do: 'code' }, visitor));
}

/** Sends from so many connections, one request after the other. */
async function repeat(over: AbortSignal, connections: number, send: () => Promise<unknown>): Promise<number> {
  let sent = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!over.aborted) {
        await send();
        sent += 1;
      }
    }),
  );
  return sent;
}

async function post(path: string, fields: Readonly<Record<string, string>>, visitor?: Visitor): Promise<void> {
  const cookie = visitor?.cookiesFor(origin) ?? '';
  const answer = await request(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin, ...(cookie === '' ? {} : { cookie }) },
    body: `${new URLSearchParams(fields)}`,
  }).catch(() => null);
  await answer?.body.dump();
}

function rowsOf(table: string, most: number): NonNullable<Flood['bounded']> {
  const sql = `select count(*)::int as n from ${pg.escapeIdentifier(table)}`;
  return { what: `rows of ${table}`, most, count: async () => (await rows.query<{ n: number }>(sql)).rows[0]?.n ?? 0 };
}

function optionsOrExit(): { seconds: number; only: string | undefined } {
  try {
    const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, only: { type: 'string' } } });
    const given = Number(values.seconds);
    if (!(given >= 2 && given <= 600)) throw new Error('seconds');
    return { seconds: given, only: values.only };
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}
