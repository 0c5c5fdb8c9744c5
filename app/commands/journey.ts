import { renameSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { machineNow } from '~/platform/clock.server';

const USAGE = `usage: npm run journey -- URL [--language nl] [--most-ms 3000] [--metrics FILE] [--signed-in]
  URL            the portal's public address
  --most-ms      how long each step may take, in milliseconds
  --metrics      writes the result for Prometheus's textfile collector
  --signed-in    opens the cases of a test account too; reads its session's cookie from standard input`;

/** A whole page, and none that says that something failed. */
const PAGE = /<main.*<h1.*<\/html>/s;

/** One step of the journey. `about` says in words what is wrong, "" when nothing is. */
interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly about: string;
}

interface Order {
  readonly origin: string;
  readonly language: string;
  readonly mostMs: number;
  readonly metrics: string | null;
  readonly signedIn: boolean;
}

// `npm run journey -- URL` goes the way of a person through a portal in use, for a timer to run each minute.
const order = orderOf(process.argv.slice(2));
if (order === null) {
  console.error(USAGE);
  process.exit(2);
}
const { origin, language, mostMs, metrics, signedIn } = order;
const cookie = signedIn ? (await text(process.stdin)).trim() : '';
const steps: Step[] = [];
await step('health', async () => said(await ask('/readyz'), 200, /^ready\n/));
await step('waits', async () => said(await ask(`/${language}/wait`), 200, PAGE));
await step('contact', async () => said(await ask(`/${language}/contact`), 200, PAGE));
await step('sign-in-page', async () => said(await ask(`/${language}/sign-in`), 200, /<form[^>]*method="post"/));
await step('sign-in-provider', signInProvider);
if (signedIn) await step('cases', cases);
const ok = steps.every((one) => one.ok);
for (const one of steps) console.log(`${one.ok ? 'ok  ' : 'FAIL'} ${one.step} (${one.ms} ms) ${one.about}`.trimEnd());
console.log(ok ? 'The journey works.' : 'People can not go this way now.');
console.log(JSON.stringify({ ok, origin, steps }));
if (metrics !== null) writeMetrics(metrics);
process.exitCode = ok ? 0 : 1;

/** @param work says what is wrong; "" when nothing is */
async function step(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const wrong = await work().catch((error: unknown) => causeOf(error));
  const ms = Math.round(performance.now() - started);
  const about = wrong === '' && ms > mostMs ? `it takes longer than ${mostMs} ms` : wrong;
  steps.push({ step: name, ok: about === '', ms, about });
}

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = { 'accept-language': language, 'user-agent': 'zicht-journey', ...options.headers };
  return fetch(origin + path, { redirect: 'manual', ...options, headers, signal: AbortSignal.timeout(2 * mostMs) });
}

async function said(answer: Response, status: number, content: RegExp): Promise<string> {
  const body = await answer.text();
  if (answer.status !== status) return `it answers ${answer.status}`;
  return content.test(body) ? '' : 'it does not show what it should';
}

/** The way to the provider, whose own page is opened and not used. */
async function signInProvider(): Promise<string> {
  const body = new URLSearchParams({ to: `/${language}/cases` });
  const { status, headers } = await ask(`/${language}/sign-in`, { method: 'POST', body, headers: { origin } });
  const to = headers.get('location') ?? '';
  if (status !== 302 || !URL.canParse(to)) return `it answers ${status} and leads to no provider`;
  const provider = await fetch(to, { redirect: 'manual', signal: AbortSignal.timeout(2 * mostMs) });
  return provider.status < 400 ? '' : `the provider answers ${provider.status}`;
}

/** The list of cases, and the first case in it. */
async function cases(): Promise<string> {
  const list = await ask(`/${language}/cases`, { headers: { cookie } });
  if (list.status !== 200) return list.status === 302 ? 'the session has ended' : `it answers ${list.status}`;
  const first = new RegExp(`href="(/${language}/cases/[\\w-]+)"`).exec(await list.text())?.[1];
  return first ? said(await ask(first, { headers: { cookie } }), 200, PAGE) : 'it shows no case';
}

/** Renames a whole file into place: the collector may read at any time. */
function writeMetrics(file: string): void {
  const lines = [
    '# HELP zicht_journey_ok Whether a step of the synthetic journey works: 1 or 0.',
    '# TYPE zicht_journey_ok gauge',
    ...steps.map((one) => `zicht_journey_ok{step="${one.step}"} ${one.ok ? 1 : 0}`),
    '# HELP zicht_journey_seconds Duration of a step of the synthetic journey.',
    '# TYPE zicht_journey_seconds gauge',
    ...steps.map((one) => `zicht_journey_seconds{step="${one.step}"} ${one.ms / 1_000}`),
    '# HELP zicht_journey_timestamp_seconds When the synthetic journey ended.',
    '# TYPE zicht_journey_timestamp_seconds gauge',
    `zicht_journey_timestamp_seconds ${Math.round(machineNow().epochMilliseconds / 1_000)}`,
  ];
  writeFileSync(`${file}.new`, `${lines.join('\n')}\n`);
  renameSync(`${file}.new`, file);
}

/** The code of the trouble; a message could hold an address. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'unknown';
}

function orderOf(args: readonly string[]): Order | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        language: { type: 'string', default: 'nl' },
        'most-ms': { type: 'string', default: '3000' },
        metrics: { type: 'string' },
        'signed-in': { type: 'boolean', default: false },
      },
    });
    const [address = '', ...more] = positionals;
    const mostMs = Number(values['most-ms']);
    if (more.length > 0 || !/^https?:/.test(address) || !/^[a-z]{2}$/.test(values.language) || !(mostMs > 0))
      return null;
    const { origin: at } = new URL(address);
    return {
      origin: at,
      language: values.language,
      mostMs,
      metrics: values.metrics ?? null,
      signedIn: values['signed-in'],
    };
  } catch {
    return null;
  }
}
