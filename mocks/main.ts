import { startAgency } from './agency';
import { peopleOf, wordsOf } from './other-words';
import { AGENCY_TOKEN } from './secrets';

/** Runs the simulated agency as a process. It prints one line of JSON when it is ready. */
const portal = process.env.PORTAL_ORIGIN ?? 'http://127.0.0.1:3000';

const agency = await startAgency({
  port: numberFrom('AGENCY_PORT'),
  oidcPort: numberFrom('OIDC_PORT'),
  latencyMs: numberFrom('AGENCY_LATENCY_MS'),
  plannersRequireToken: true,
  queueHistory: true,
  redirectUris: [new URL('/auth/callback', portal).toString()],
  ...(process.env.AS_IN_THE_FIELD ? { fieldSeed: process.env.AS_IN_THE_FIELD } : {}),
  ...(process.env.AGENCY_WORDS
    ? { words: wordsOf(process.env.AGENCY_WORDS), people: peopleOf(process.env.AGENCY_WORDS) }
    : {}),
  ...(process.env.AGENCY_NOW ? { now: process.env.AGENCY_NOW } : {}),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    agency.stop().then(() => process.exit(0));
  });
}

const { url, issuer, world } = agency;
console.log(JSON.stringify({ ready: true, url, issuer, control: `${url}/control`, people: world.people.length }));

// Simulates the statistics now, since the first request would wait a second for them.
const headers = { authorization: `Bearer ${AGENCY_TOKEN}` };
fetch(`${url}/statistics/v1/tables/family`, { headers }).catch((error: unknown) => console.error(error));

/** Returns a whole number from the environment, or 0 when unset. Exits with a usage line when invalid. */
function numberFrom(name: string): number {
  const text = process.env[name] ?? '0';
  if (/^\d+$/.test(text)) return Number(text);
  console.error(`${name} must be a whole number, not "${text}"`);
  return process.exit(2);
}
