import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval, setTimeout as sleep } from 'node:timers/promises';
import { Agent, buildConnector, setGlobalDispatcher } from 'undici';
import { buildIfNeeded, ROOT } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startPortalProcess } from '../../mocks/processes';
import { SELF_SIGNED } from '../agency/self-signed';
import { installedPostgres, startInstalledPostgres } from '../installed-postgres';
import { estimateIsTrained } from './demo';
import { signInByHttp, Visitor } from './visitor';

/**
 * Two processes of the portal behind nginx and behind HAProxy with TLS, by our own examples in deploy/proxy. Each is
 * restarted while people read and send forms, at 20 requests a second; the restarts also rotate SESSION_SECRET. Then the
 * database is killed. Ends with 77 where a program is not installed.
 */
const ORIGIN = 'https://localhost';
const NOT_RUN = 77;
const REQUESTS_A_SECOND = 20;
const PEOPLE = ['amal', 'farid', 'garcia'] as const;
const PUBLIC = ['/en', '/en/contact', '/en/accessibility', '/en/wait'];
/** How long a database that was killed may keep people from signing in after its return. */
const RETURN_MS = 15_000;

const PROXIES = { nginx: '/usr/sbin/nginx', haproxy: '/usr/sbin/haproxy' } as const;
type Proxy = keyof typeof PROXIES;

const programs = Object.values(installedPostgres()).at(-1);
const lacking = [
  ...Object.entries(PROXIES).flatMap(([name, program]) => (isThere(program) ? [] : [name])),
  ...(programs ? [] : ['postgresql']),
];
if (lacking.length > 0 || !programs) {
  console.log(`not run: ${lacking.join(' and ')} is not installed`);
  process.exit(NOT_RUN);
}

buildIfNeeded();
const folder = mkdtempSync(join(tmpdir(), 'zicht-proxies-'));
const ports = [await freePort(), await freePort()] as const;
const doors: Record<Proxy, number> = { nginx: await freePort(), haproxy: await freePort() };
/** The proxy through which the next connection goes. */
let door: Proxy = 'nginx';
leadThroughProxies();

const database = await startInstalledPostgres(programs);
const agency = await startAgencyProcess({ port: 0, oidcPort: 0, origin: ORIGIN });
const environment = {
  ...demoEnvironment({ origin: ORIGIN, agency: agency.url, issuer: agency.issuer }),
  DATABASE_URL: database.url,
  LOG_LEVEL: 'warn',
  DRAIN_NOTICE_SECONDS: '3',
  // SESSION_SECRET rotates.
  OWNER_SECRET: 'the permanent secret of the proxies test',
};
const [older, newer] = ['the first secret of the proxies test', 'the second secret of the proxies test'];
const start = (n: number, secret: string) =>
  startPortalProcess({ ...environment, PORT: `${ports[n]}`, SESSION_SECRET: secret });
const portals = await Promise.all([start(0, older), start(1, older)]);
const proxies: ChildProcess[] = [];
const faults: string[] = [];

try {
  proxies.push(startProxy('nginx'), startProxy('haproxy'));
  for (const proxy of ['nginx', 'haproxy'] as const) await untilOpen(proxy);
  await estimateIsTrained(ORIGIN);
  let people = await signedIn();
  const steps = [
    ['nginx', `${older},${newer}`],
    ['haproxy', `${newer},${older}`],
    ['nginx', newer],
  ] as const;
  for (const [proxy, secret] of steps) {
    door = proxy;
    // Sessions of the older secret may end with it: docs/operate.md says when.
    if (secret === newer) people = await signedIn();
    const { sent, lost } = await underLoad(people, () => restartInTurn(secret));
    const restart = `${sent} requests during a rolling restart behind ${proxy}, ${lost.length} lost`;
    console.log(restart);
    if (lost.length > 0 || sent < 5 * REQUESTS_A_SECOND) faults.push(`${restart}: ${lost.slice(0, 3).join('; ')}`);
  }
  await killDatabase(people);
} finally {
  for (const proxy of proxies) {
    proxy.kill('SIGTERM');
    if (proxy.exitCode === null) await once(proxy, 'exit');
  }
  await Promise.all(portals.map((portal) => portal.stop()));
  await agency.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(JSON.stringify({ ok: faults.length === 0, faults: faults.length }));
process.exitCode = faults.length === 0 ? 0 : 1;

/** Sends every connection to the portal's origin to the proxy, under the portal's name. */
function leadThroughProxies(): void {
  // The proxies' certificate is of another name; what is tried here is not trust.
  const connect = buildConnector({ ca: SELF_SIGNED.cert, checkServerIdentity: () => undefined });
  setGlobalDispatcher(
    new Agent({
      connect: (options, callback) =>
        options.protocol === 'https:'
          ? connect({ ...options, hostname: '127.0.0.1', port: `${doors[door]}` }, callback)
          : connect(options, callback),
    }),
  );
}

/** The example with the addresses, names and certificate of this test. */
function exampleOf(proxy: Proxy): string {
  const file = proxy === 'nginx' ? 'nginx.conf' : 'haproxy.cfg';
  const [certificate, both] = [join(folder, 'portal.pem'), join(folder, 'both.pem')];
  writeFileSync(certificate, SELF_SIGNED.cert);
  writeFileSync(join(folder, 'portal.key'), SELF_SIGNED.key);
  writeFileSync(both, `${SELF_SIGNED.cert}\n${SELF_SIGNED.key}\n`);
  const changes: readonly (readonly [string, string])[] = [
    ['127.0.0.1:3001', `127.0.0.1:${ports[0]}`],
    ['127.0.0.1:3002', `127.0.0.1:${ports[1]}`],
    ['portal.example', 'localhost'],
    ['listen 443 ', `listen 127.0.0.1:${doors.nginx} `],
    ['bind :443 ', `bind 127.0.0.1:${doors.haproxy} `],
    ['/etc/ssl/portal.pem', certificate],
    ['/etc/ssl/portal.key', join(folder, 'portal.key')],
    ['/etc/haproxy/portal.pem', both],
  ];
  return changes.reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    readFileSync(join(ROOT, 'deploy/proxy', file), 'utf8'),
  );
}

function startProxy(proxy: Proxy): ChildProcess {
  const file = join(folder, `${proxy}.conf`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const around = (example: string) =>
    `daemon off; pid ${folder}/nginx.pid; error_log stderr;\nevents {}\nhttp {\naccess_log off; ${temporary.join(' ')}\n${example}\n}`;
  const example = exampleOf(proxy);
  writeFileSync(file, proxy === 'nginx' ? around(example) : example);
  const args = proxy === 'nginx' ? ['-p', folder, '-e', 'stderr', '-c', file] : ['-db', '-f', file];
  // Throws with what the program says of a wrong configuration.
  execFileSync(PROXIES[proxy], [proxy === 'nginx' ? '-t' : '-c', ...args], { stdio: 'pipe' });
  return spawn(PROXIES[proxy], args, { stdio: 'ignore' });
}

async function untilOpen(proxy: Proxy): Promise<void> {
  door = proxy;
  const visitor = new Visitor();
  for (const since = Date.now(); Date.now() - since < 20_000; await sleep(100)) {
    const answer = await visitor.get(`${ORIGIN}/en/contact`).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`${proxy} does not answer`);
}

function signedIn(): Promise<Visitor[]> {
  return Promise.all(
    PEOPLE.map(async (person) => {
      const visitor = new Visitor();
      await signInByHttp(visitor, ORIGIN, person);
      return visitor;
    }),
  );
}

async function restartInTurn(secret: string): Promise<void> {
  for (const [n, portal] of [...portals.entries()]) {
    await portal.stop();
    portals[n] = await start(n, secret);
    // As an orchestrator does, the next one waits until this one is in use.
    await sleep(3_000);
  }
}

/** Reads pages and sends forms at a steady pace while `work` runs. Returns what got no proper answer. */
async function underLoad(people: readonly Visitor[], work: () => Promise<void>) {
  const over = new AbortController();
  const lost: string[] = [];
  const asked: Promise<void>[] = [];
  const anyone = new Visitor();
  const ask = async (n: number) => {
    const person = people[n % people.length] ?? anyone;
    const [what, answer] = [
      ['GET /en/contact', () => anyone.get(`${ORIGIN}/en/contact`)],
      ['GET /en/cases', () => person.get(`${ORIGIN}/en/cases`)],
      ['POST /en/mandates', () => person.post(`${ORIGIN}/en/mandates`, { do: 'code' })],
      ['POST /en/sign-in', () => new Visitor().post(`${ORIGIN}/en/sign-in`, { to: '/en/cases' })],
    ][n % 4] as [string, () => ReturnType<Visitor['get']>];
    const { status, url } = await answer().catch((error: unknown) => ({ status: `${error}`, url: '' }));
    if (status !== 200) lost.push(`${what}: ${status}`);
    // A session that was lost leads to the sign-in page, which is a proper answer too.
    else if (what.includes('cases') && !url.endsWith('/en/cases')) lost.push(`${what}: led to ${url}`);
  };
  const load = async () => {
    let n = 0;
    for await (const _ of setInterval(1_000 / REQUESTS_A_SECOND, null, { signal: over.signal })) asked.push(ask(n++));
  };
  const running = load().catch(() => {});
  await work();
  over.abort();
  await running;
  await Promise.all(asked);
  return { sent: asked.length, lost };
}

/** Public pages stay, people's own pages say that they can't be had, and all is well soon after the database is back. */
async function killDatabase(people: readonly Visitor[]): Promise<void> {
  await database.kill();
  const [anyone, person] = [new Visitor(), people[0] ?? new Visitor()];
  const wrong: string[] = [];
  for (const proxy of ['nginx', 'haproxy'] as const) {
    door = proxy;
    for (let round = 0; round < 3; round++, await sleep(500))
      for (const path of PUBLIC) {
        const { status } = await anyone.get(ORIGIN + path);
        if (status !== 200) wrong.push(`${path} ${status}`);
      }
    const { status } = await person.get(`${ORIGIN}/en/cases`);
    if (status !== 503) wrong.push(`/en/cases ${status}, where 503 was due`);
  }
  await database.startAgain();
  const back = performance.now();
  let status = 0;
  while (status !== 200 && performance.now() - back < RETURN_MS) {
    ({ status } = await person.get(`${ORIGIN}/en/cases`));
    await sleep(100);
  }
  const seconds = ((performance.now() - back) / 1_000).toFixed(1);
  if (status !== 200) wrong.push(`/en/cases ${status} after the return`);
  console.log(`the database was killed: ${wrong.length} pages wrong; people's pages were back after ${seconds} s`);
  if (wrong.length > 0) faults.push(wrong.join(', '));
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
