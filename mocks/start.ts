// `npm start`: builds and starts the portal with the simulated agency, even from a fresh clone.
import { buildIfNeeded, step } from './build';
import { DEMO_AGENCIES, type DemoAgency, demoEnvironment, demoOfMunich } from './demo-environment';
import { startInbox } from './mail/inbox';
import { type DemoPerson, giveMandates } from './mandates';
import { isFree, startAgencyProcess, startCounting, startDatabaseUnlessSet, startPortalProcess } from './processes';

const started = performance.now();
/** `npm start -- --listen=0.0.0.0` opens the portal to other machines. */
const listen = process.argv.find((argument) => argument.startsWith('--listen='))?.slice('--listen='.length);
/** `npm start -- --agency muenchen` runs the demo with that folder of mocks/agencies. */
const chosen = agencyOf(process.argv);
const running: { stop(): Promise<unknown> }[] = [];
let stopping = false;
/** Enough for ranges that were checked against the past, and counted within three minutes. */
const COUNTED_WEEKS = 60;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

try {
  const port = portOf(process.env.PORT);
  await refuseTaken([port, port + 1, port + 2, port + 3]);
  buildIfNeeded();
  await start(port);
} catch (error) {
  console.error(`\n${messageOf(error)}`);
  await stop(1);
}

async function start(port: number): Promise<void> {
  const origin = `http://localhost:${port}`;
  step('Starting the simulated agency and its sign-in provider');
  const words = chosen === 'ind' ? '' : chosen;
  const agency = await startAgencyProcess({ port: port + 1, oidcPort: port + 2, origin, words });
  running.push(agency);
  step('Starting the database');
  const database = await startDatabaseUnlessSet(chosen === 'ind' ? 'postgres' : `postgres-${chosen}`);
  running.push(database);
  const inbox = await startInbox(port + 3);
  running.push(inbox);
  step('Starting the portal');
  const addresses = { origin, agency: agency.url, issuer: agency.issuer };
  const environment = {
    ...(chosen === 'ind'
      ? demoEnvironment({ ...addresses, everyPlanner: true, stepUp: true })
      : demoOfMunich(addresses)),
    ...inbox.settings,
    ...own(),
    ...(listen === undefined ? {} : { HOST: listen }),
    DATABASE_URL: database.url,
  };
  const portal = await startPortalProcess(environment);
  running.push(portal);
  const people = await peopleOf(agency.url);
  printAddresses({ origin, agency: agency.url, inbox: inbox.url }, people);
  for (const [name, process] of Object.entries({ 'The simulated agency': agency, 'The portal': portal }))
    process.ended.then((code) => {
      if (stopping) return;
      console.error(`\n${name} has ended (${code}):\n${process.recentOutput()}`);
      stop(1);
    });
  if (!('STATISTICS_URL' in environment)) countCases(environment);
  // A large office has many clients, so visitors can use the portal meanwhile.
  await giveMandates(origin, people).catch((error) => {
    if (!stopping) console.error(`\nThe advisors do not have all their clients: ${messageOf(error)}`);
  });
}

/** An agency without a statistics API gets its expected waits from its registry, some minutes after the first start. */
function countCases(environment: Readonly<Record<string, string>>): void {
  const counting = startCounting(COUNTED_WEEKS, environment);
  running.push(counting);
  counting.ended.then((code) => {
    if (code !== 0 && !stopping) console.error(`\nThe cases were not counted:\n${counting.recentOutput()}`);
  });
}

/** Settings of the caller's environment that replace the demo's. */
function own(): Record<string, string> {
  const names = ['LOG_LEVEL', 'ZICHT_NOW', 'HOLD_MINUTES', 'SESSION_IDLE_MINUTES'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

async function peopleOf(agency: string): Promise<DemoPerson[]> {
  const { people } = await fetch(`${agency}/control/people`).then((response) => response.json());
  return people;
}

interface Addresses {
  readonly origin: string;
  readonly agency: string;
  readonly inbox: string;
}

function printAddresses({ origin, agency, inbox }: Addresses, people: readonly DemoPerson[]): void {
  const width = Math.max(...people.map(({ id }) => id.length));
  console.log(`\nZicht is ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  console.log('People to sign in as (no password: choose one on the sign-in page)');
  for (const { id, name, role, about } of people)
    console.log(
      `  ${id.padEnd(width)}  ${[name, role === 'applicant' ? '' : role, about].filter(Boolean).join(' · ')}`,
    );
  console.log(`\n  The portal         ${origin}`);
  console.log(`  Mail that it sent  ${inbox}`);
  console.log(`  Faults and clock   ${agency}/control`);
  console.log('\nCtrl-C stops everything.');
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (running.length > 0) console.log('\nStopping …');
  // The portal stops first, since its open requests may need the agency.
  for (const { stop } of [...running].reverse()) await stop();
  process.exit(code);
}

function agencyOf(argv: readonly string[]): DemoAgency {
  const at = argv.findIndex((argument) => /^--agency(=|$)/.test(argument));
  if (at < 0) return 'ind';
  const name = argv[at]?.split('=')[1] ?? argv[at + 1] ?? '';
  const known = DEMO_AGENCIES.find((one) => one === name);
  if (known) return known;
  console.error(`${name || 'Nothing'} is no agency of the demo. Choose one: ${DEMO_AGENCIES.join(', ')}`);
  return process.exit(2);
}

function portOf(text = '3000'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_532) return port;
  throw new Error(`PORT=${text} is no port. Use a number up to 65531, such as: PORT=3000 npm start`);
}

async function refuseTaken(ports: readonly [number, ...number[]]): Promise<void> {
  const free = await Promise.all(ports.map(isFree));
  const taken = ports.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  throw new Error(
    `Taken already: port ${taken.join(', ')}. Stop what listens there, or choose others: PORT=${ports[0] + 10} npm start`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
