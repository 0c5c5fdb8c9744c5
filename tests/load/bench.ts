import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { estimateIsTrained, startDemo } from './demo';
import { signInByHttp, Visitor } from './visitor';

/** The cost of one page, printed as a line of JSON. */
interface Cost {
  readonly page: string;
  /** Bytes over the wire with brotli. `jsBytes`: the scripts in the HTML. `dataBytes`: the other preloads. */
  readonly htmlBytes: number;
  readonly cssBytes: number;
  readonly jsBytes: number;
  readonly dataBytes: number;
  /** CPU time of the portal's process, all threads. */
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

const USAGE = 'Usage: npm run bench -- [--seconds 5] [--connections 4] [--person amal]';
const WARM_UP_SECONDS = 2;
/**
 * A session may search for slots 60 times a minute; further searches would measure refusals. A search that is repeated
 * within seconds gets the same answer, so each of these has another address, one after the other.
 */
const SEARCHES = { warmUp: 8, measured: 45 };
// Linux: the unit of the times in /proc.
const TICK_MS = 10;

const options = optionsOrExit();
const { origin, pid, stop } = await startDemo();
try {
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, options.person);
  await estimateIsTrained(origin);
  for (const [page, path] of Object.entries(await pathsOf(visitor))) {
    const cost = await costOf(page, path, visitor);
    console.log(JSON.stringify(cost));
  }
} finally {
  await stop();
}

/** Finds the pages by following links from the person's cases. */
async function pathsOf(visitor: Visitor): Promise<Record<string, string>> {
  const cases = await visitor.get(`${origin}/en/cases`);
  const theCase = /href="(\/en\/cases\/[^/"?]+)"/.exec(cases.text)?.[1] ?? new URL(cases.url).pathname;
  const casePage = await visitor.get(origin + theCase);
  const slots = /href="(\/en\/cases\/[^"?]+\/appointment[^"]*)"/.exec(casePage.text)?.[1];
  const contact = /href="(\/en\/contact)"/.exec(casePage.text)?.[1];
  const found = { home: '/en', case: theCase, slots: slots?.replaceAll('&amp;', '&'), contact };
  const missing = Object.entries(found).flatMap(([page, path]) => (path === undefined ? [page] : []));
  if (missing.length > 0) console.error(`No link leads to: ${missing.join(', ')}`);
  return Object.fromEntries(
    Object.entries(found).flatMap(([page, path]) => (path === undefined ? [] : [[page, path]])),
  );
}

async function costOf(page: string, path: string, visitor: Visitor): Promise<Cost> {
  const bytes = await bytesOf(path, visitor);
  const headers = { cookie: visitor.cookiesFor(origin), 'accept-encoding': 'br' };
  const load = { url: origin + path, connections: options.connections, headers };
  const isSearch = page === 'slots';
  const searches = (amount: number, name: string) => ({
    connections: 1,
    amount,
    requests: Array.from({ length: amount }, (_, index) => ({
      path: `${path}${path.includes('?') ? '&' : '?'}${name}=${index}`,
    })),
  });
  await autocannon({ ...load, ...(isSearch ? searches(SEARCHES.warmUp, 'warm') : { duration: WARM_UP_SECONDS }) });
  const before = processorMs(pid);
  const measured = isSearch ? searches(SEARCHES.measured, 'once') : { duration: options.seconds };
  const { requests, latency, non2xx, errors } = await autocannon({ ...load, ...measured });
  const used = processorMs(pid) - before;
  if (non2xx + errors > 0) console.error(`${page}: ${non2xx + errors} of ${requests.total} failed, so this is no cost`);
  return {
    page,
    ...bytes,
    cpuMsPerRequest: Math.round((used / requests.total) * 100) / 100,
    requestsPerSecond: Math.round(requests.average * 10) / 10,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    failed: non2xx + errors,
  };
}

async function bytesOf(path: string, visitor: Visitor) {
  const plain = await visitor.get(origin + path);
  if (plain.status !== 200) throw new Error(`${path} answered ${plain.status}`);
  const named = (pattern: RegExp) => [...new Set([...plain.text.matchAll(pattern)].map(([, address = '']) => address))];
  const wire = async (addresses: readonly string[]) => {
    const answers = await Promise.all(
      addresses.map((address) => visitor.get(origin + address, { 'accept-encoding': 'br' })),
    );
    return answers.reduce((sum, answer) => sum + answer.wire.length, 0);
  };
  return {
    htmlBytes: await wire([path]),
    cssBytes: await wire(named(/<link[^>]+href="([^"]+\.css)"/g)),
    jsBytes: await wire(named(/<script [^>]*src="([^"]+\.js)"/g)),
    dataBytes: await wire(named(/<link rel="preload"[^>]+href="([^"]+)"/g)),
  };
}

/** User and system CPU time of a process so far, in milliseconds. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: 'string', default: '5' },
        connections: { type: 'string', default: '4' },
        person: { type: 'string', default: 'amal' },
      },
    });
    const [seconds, connections] = [Number(values.seconds), Number(values.connections)];
    if (!(seconds > 0 && Number.isInteger(connections) && connections > 0)) throw new Error('not a positive number');
    return { seconds, connections, person: values.person };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
