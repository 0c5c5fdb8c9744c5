import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { estimateIsTrained, startDemo } from './demo';
import { signInByHttp, Visitor } from './visitor';

/**
 * Uses a real portal for minutes as its readers do: people, an advisor and an employee sign in, read their pages and
 * sign out, again and again, beside readers of the public pages. Fails when a page fails, when memory or open files
 * still grow in the last third, or when the portal has more connections to the database than its pool may have.
 */
const USAGE = 'Usage: npm run soak -- [--seconds 180]';
/** Pause of each reader between two pages, in milliseconds. */
const READING_MS = 50;
const SAMPLE_MS = 1_000;
/** The garbage collector's freedom: how much the median of the last third may lie above that of the second. */
const MOST_GROWTH = 1.2;
/** The pool's ten, and this program's own. */
const MOST_CONNECTIONS = 11;
const PEOPLE: Readonly<Record<string, string>> = {
  amal: '/en/cases',
  farid: '/en/cases',
  garcia: '/en/cases',
  'adv-small': '/en/advisor',
  'desk-1': '/en/helpdesk',
};

interface Sample {
  readonly residentMb: number;
  readonly files: number;
  readonly connections: number;
}

const seconds = secondsOrExit();
const { origin, pid, databaseUrl, stop } = await startDemo();
const rows = new pg.Pool({ connectionString: databaseUrl, max: 1 });
try {
  await estimateIsTrained(origin);
  const over = AbortSignal.timeout(seconds * 1_000);
  const statuses: Record<string, number> = {};
  const count = (status: number) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const samples: Sample[] = [];
  await Promise.all([
    ...Object.entries(PEOPLE).map(([person, first]) => signInAndOut(person, first, over, count)),
    publicReader(over, count),
    measure(over, samples),
  ]);
  const failed = Object.entries(statuses).reduce((sum, [status, n]) => sum + (status === '200' ? 0 : n), 0);
  const growth = growthOf(samples);
  const connections = Math.max(...samples.map((sample) => sample.connections));
  const grows = Object.values(growth).some((part) => part > MOST_GROWTH);
  const ok = failed === 0 && statuses['200'] !== undefined && !grows && connections <= MOST_CONNECTIONS;
  console.log(
    `${statuses['200'] ?? 0} pages in ${seconds} s, ${failed} failed; the last third against the second: memory ` +
      `${growth.residentMb}, open files ${growth.files} (at most ${MOST_GROWTH}); ${connections} connections ` +
      `(at most ${MOST_CONNECTIONS})`,
  );
  console.log(JSON.stringify({ seconds, ok, statuses, growth, connections, last: samples.at(-1) }));
  process.exitCode = ok ? 0 : 1;
} finally {
  await rows.end();
  await stop();
}

/** Signs in, reads the first page and up to three that it links to, signs out, and begins again. */
async function signInAndOut(person: string, first: string, over: AbortSignal, count: (status: number) => void) {
  while (!over.aborted) {
    const visitor = new Visitor();
    await signInByHttp(visitor, origin, person);
    const { text, status } = await visitor.get(origin + first);
    count(status);
    const links = [
      ...new Set([...text.matchAll(/href="(\/en\/cases\/[\w-]{22}(?:\/appointment)?)"/g)].map((m) => m[1])),
    ];
    for (const path of links.slice(0, 3)) {
      await sleep(READING_MS);
      count((await visitor.get(`${origin}${path}`)).status);
    }
    count((await visitor.post(`${origin}/en/sign-out`, {})).status);
  }
}

async function publicReader(over: AbortSignal, count: (status: number) => void) {
  const visitor = new Visitor();
  const { text } = await visitor.get(`${origin}/en/wait`);
  const valuesOf = (name: string) => {
    const [, options = ''] = new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`, 's').exec(text) ?? [];
    return [...options.matchAll(/value="([^"]+)"/g)].map(([, value]) => value);
  };
  const addresses = valuesOf('procedure').flatMap((procedure) =>
    valuesOf('month').map((month) => `${origin}/en/wait?procedure=${procedure}&month=${month}`),
  );
  if (addresses.length === 0) throw new Error('The page of waits has no choices.');
  for (let n = 0; !over.aborted; n++) {
    count((await visitor.get(addresses[n % addresses.length] ?? origin)).status);
    await sleep(READING_MS);
  }
}

async function measure(over: AbortSignal, samples: Sample[]) {
  while (!over.aborted) {
    const { rows: found } = await rows.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
    );
    const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    samples.push({
      residentMb: Math.round(Number(resident) / 1024),
      files: readdirSync(`/proc/${pid}/fd`).length,
      connections: found[0]?.n ?? 0,
    });
    await sleep(SAMPLE_MS);
  }
}

/** The median of the last third divided by that of the second, by what was measured. */
function growthOf(samples: readonly Sample[]): Omit<Sample, 'connections'> {
  const third = Math.floor(samples.length / 3);
  const part = (of: 'residentMb' | 'files') => {
    const median = (some: readonly Sample[]) =>
      some.map((s) => s[of]).sort((a, b) => a - b)[Math.floor(some.length / 2)];
    const [second = 1, last = 1] = [median(samples.slice(third, 2 * third)), median(samples.slice(2 * third))];
    return Math.round((last / second) * 100) / 100;
  };
  return { residentMb: part('residentMb'), files: part('files') };
}

function secondsOrExit(): number {
  try {
    const { values } = parseArgs({ options: { seconds: { type: 'string', default: '180' } } });
    const given = Number(values.seconds);
    if (!(given >= 30 && given <= 86_400)) throw new Error('seconds');
    return given;
  } catch {
    console.error(USAGE);
    return process.exit(2);
  }
}
