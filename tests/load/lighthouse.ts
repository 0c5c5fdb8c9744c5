import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../browser';
import { estimateIsTrained, startDemo } from './demo';
import { signInByHttp, Visitor } from './visitor';

/** `npm run lighthouse`: Lighthouse's mobile scores of the main pages, the best of several runs. */
const USAGE = 'Usage: npm run lighthouse -- [--runs 3] [--person amal]';
/** The last version for Node 20. npx fetches it on demand, since it is larger than the portal. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

interface Scores {
  readonly page: string;
  /** Out of 100. `seo` is low for pages behind the sign-in, since search engines may not index them. */
  readonly scores: Readonly<Record<string, number>>;
  readonly lcpMs: number;
  readonly tbtMs: number;
  readonly cls: number;
}

const options = optionsOrExit();
const browser = findBrowser();
const { origin, folder, stop } = await startDemo();
try {
  const visitor = new Visitor();
  await signInByHttp(visitor, origin, options.person);
  await estimateIsTrained(origin);
  const all: Scores[] = [];
  for (const [page, path, signedIn] of await pagesOf(visitor)) {
    const runs = Array.from({ length: options.runs }, (_, run) => measured(page, path, signedIn ? visitor : null, run));
    const [best] = runs.sort((a, b) => (b.scores.performance ?? 0) - (a.scores.performance ?? 0));
    if (!best) continue;
    all.push(best);
    console.log(`${page.padEnd(8)} ${CATEGORIES.map((name) => `${name} ${best.scores[name]}`).join(', ')}`);
  }
  console.log(JSON.stringify(all));
} finally {
  await stop();
}

/** The five pages. The last one exists after booking the first free slot. */
async function pagesOf(visitor: Visitor): Promise<(readonly [page: string, path: string, signedIn: boolean])[]> {
  const linkIn = (html: string, pattern: RegExp) => pattern.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const cases = await visitor.get(`${origin}/en/cases`);
  const theCase = linkIn(cases.text, /href="(\/en\/cases\/[^/"?]+)"/);
  const casePage = await visitor.get(origin + theCase);
  const slots = linkIn(casePage.text, /href="(\/en\/cases\/[^"?]+\/appointment[^"]*)"/);
  return [
    ['home', '/en', false],
    ['wait', '/en/wait', false],
    ['case', theCase, true],
    ['slots', slots, true],
    ['booking', await bookingOf(visitor, slots), true],
  ];
}

async function bookingOf(visitor: Visitor, slots: string): Promise<string> {
  const search = await visitor.get(origin + slots);
  const slot = /name="slot" value="([^"]+)"/.exec(search.text)?.[1] ?? '';
  const hold = await visitor.post(origin + slots, { slot: slot.replaceAll('&amp;', '&') });
  const field = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(hold.text)?.[1] ?? '';
  const names = ['email', 'phone'];
  const form = { ...Object.fromEntries(names.map((name) => [name, field(name)])), do: 'confirm' };
  const booking = await visitor.post(hold.url, form);
  return new URL(booking.url).pathname;
}

/** @param again true retries once when Lighthouse loses its own recording, which says nothing about the page */
function measured(page: string, path: string, visitor: Visitor | null, run: number, again = true): Scores {
  const file = join(folder, `${page}-${run}.json`);
  const cookie = visitor?.cookiesFor(origin);
  const { status, stderr } = spawnSync(
    'npx',
    [
      ...['--yes', LIGHTHOUSE, origin + path, '--quiet', '--output=json', `--output-path=${file}`],
      ...[`--only-categories=${CATEGORIES.join(',')}`, '--chrome-flags=--headless=new --no-sandbox'],
      ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
    ],
    { encoding: 'utf8', env: { ...process.env, ...(browser ? { CHROME_PATH: browser } : {}) } },
  );
  if (status !== 0 && again && /NO_NAVSTART|NO_FCP|PROTOCOL_TIMEOUT/.test(stderr))
    return measured(page, path, visitor, run, false);
  if (status !== 0) throw new Error(`Lighthouse on ${page}: ${stderr.slice(0, 500)}`);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const number = (audit: string): number => Math.round((report.audits[audit]?.numericValue ?? 0) * 1000) / 1000;
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((report.categories[name]?.score ?? 0) * 100)]),
  );
  const [lcpMs, tbtMs] = [number('largest-contentful-paint'), number('total-blocking-time')].map(Math.round);
  return { page, scores, lcpMs: lcpMs ?? 0, tbtMs: tbtMs ?? 0, cls: number('cumulative-layout-shift') };
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: { runs: { type: 'string', default: '3' }, person: { type: 'string', default: 'amal' } },
    });
    const runs = Number(values.runs);
    if (!(Number.isInteger(runs) && runs > 0)) throw new Error('--runs is no positive whole number');
    return { runs, person: values.person };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
