// `npm start`: everything, from a fresh clone to a portal with a simulated agency behind it.
import { demoEnvironment } from './demo-environment.mjs';
import { giveMandates } from './mandates.mjs';
import { buildIfNeeded, checkNode, installIfNeeded, step } from './prepare.mjs';
import { isFree, startAgencyProcess, startPortalProcess } from './processes.mjs';

const started = performance.now();
const running = [];
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

try {
  checkNode();
  const port = portOf(process.env.PORT);
  await refuseTaken([port, port + 1, port + 2]);
  installIfNeeded();
  buildIfNeeded();
  await start(port);
} catch (error) {
  console.error(`\n${error.message}`);
  await stop(1);
}

async function start(port) {
  const origin = `http://localhost:${port}`;
  step('Starting the simulated agency and its sign-in provider');
  const agency = await startAgencyProcess({ port: port + 1, oidcPort: port + 2, origin });
  running.push(agency);
  step('Starting the portal and its database');
  const environment = {
    ...demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer, everyPlanner: true }),
    ...own(),
  };
  const portal = await startPortalProcess(environment);
  running.push(portal);
  const people = await peopleOf(agency.url);
  tell(origin, agency.url, people);
  for (const [name, process] of Object.entries({ 'The simulated agency': agency, 'The portal': portal }))
    process.ended.then((code) => {
      if (stopping) return;
      console.error(`\n${name} has ended (${code}):\n${process.lastWords()}`);
      stop(1);
    });
  // While somebody looks around already: a large office has many clients.
  await giveMandates(origin, people).catch((error) => {
    if (!stopping) console.error(`\nThe advisors have not all of their clients: ${error.message}`);
  });
}

/** What somebody set himself goes before what the demo would set. */
function own() {
  const names = ['DATABASE_URL', 'DATA_DIR', 'LOG_LEVEL', 'ZICHT_NOW', 'HOLD_MINUTES', 'SESSION_IDLE_MINUTES'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function peopleOf(agency) {
  const { people } = await fetch(`${agency}/control/people`).then((response) => response.json());
  return people;
}

function tell(origin, agency, people) {
  const width = Math.max(...people.map(({ id }) => id.length));
  console.log(`\nZicht is ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  console.log('People to sign in as (no password: choose one on the sign-in page)');
  for (const { id, name, role, about } of people)
    console.log(
      `  ${id.padEnd(width)}  ${[name, role === 'applicant' ? '' : role, about].filter(Boolean).join(' · ')}`,
    );
  console.log(`\n  The portal         ${origin}`);
  console.log(`  Faults and clock   ${agency}/control`);
  console.log('\nCtrl-C stops everything.');
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  if (running.length > 0) console.log('\nStopping …');
  // The portal first: it may still have an answer to finish that needs the agency.
  for (const { stop } of [...running].reverse()) await stop();
  process.exit(code);
}

function portOf(text = '3000') {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_533) return port;
  throw new Error(`PORT=${text} is no port. Use a number up to 65532, such as: PORT=3000 npm start`);
}

async function refuseTaken(ports) {
  const free = await Promise.all(ports.map(isFree));
  const taken = ports.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const other = ports[0] + 10;
  throw new Error(
    `Taken already: port ${taken.join(', ')}. Stop what listens there, or choose others: PORT=${other} npm start`,
  );
}
