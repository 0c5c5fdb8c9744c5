import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openTransport } from '~/agency/transport.server';
import { wayOut } from '~/agency/way-out.server';
import { zgwToken } from '~/agency/zgw/token.server';
import { type Config, config } from '~/config/config.server';
import { createRedaction } from './recorded-answer';

/** Writes one answer of a real backend with all that it says of people replaced, for the portal's developers. */
const USAGE = `usage: npm run backend:record -- BACKEND PATH [--body FILE] [--out FILE]
  BACKEND: cases, catalogue, statistics, queue, sign-in, planner, or "planner NAME", as the portal's settings name them
  PATH: below the backend's address, with its query; with --body only a search (…/_zoek)
  FILE: JSON. Read the recording before you hand it on.`;

const { backend, address, headers, path, body, out } = requestIn(process.argv.slice(2));
const { origin, pathname } = new URL(address);
const transport = openTransport(origin, { ...wayOut(backend, address), attemptMs: 30_000, maxBytes: 16_777_216 });
const exchange = await transport.send({
  method: body === null ? 'GET' : 'POST',
  path: pathname.replace(/\/$/, '') + path,
  headers: { accept: 'application/json', ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
  body,
  writes: false,
});
await transport.close();
if (exchange.status === null) {
  console.error(`No answer: ${exchange.cause}`);
  process.exit(1);
}
const { redacted, redactedPath } = createRedaction();
const recording = JSON.stringify(
  {
    backend: backend.split(' ')[0],
    request: { path: redactedPath(path.split('?')[0] ?? ''), body: redacted(jsonIn(body ?? 'null')) },
    status: exchange.status,
    answer: redacted(jsonIn(exchange.text)),
  },
  null,
  2,
);
if (out === undefined) console.log(recording);
else writeFileSync(out, `${recording}\n`);
console.error(
  `Status ${exchange.status}. Names, numbers, dates, texts and addresses are replaced; read it before you hand it on.`,
);
console.log(JSON.stringify({ backend, status: exchange.status, characters: recording.length }));

function requestIn(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { body: { type: 'string' }, out: { type: 'string' } },
    });
    const [name = '', path = ''] = positionals;
    const found = backendOf(config(), name);
    if (!found || !path.startsWith('/')) return refuse('No such backend, or no path');
    const body = values.body === undefined ? null : readFileSync(values.body, 'utf8');
    if (body !== null && !/_zoek$/.test(path)) return refuse('Only a search is sent with a body: nothing may change');
    return { ...found, backend: name, path, body, out: values.out };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'bad arguments');
  }
}

function backendOf(settings: Config, name: string): { address: string; headers: Record<string, string> } | null {
  const agency = { authorization: `Bearer ${settings.AGENCY_TOKEN}` };
  const zgw = () => ({
    authorization: `Bearer ${zgwToken('portal')}`,
    'accept-crs': 'EPSG:4326',
    'content-crs': 'EPSG:4326',
  });
  const planner = settings.PLANNERS.find((one) => name === (one.name ? `planner ${one.name}` : 'planner'));
  if (planner) return { address: planner.url, headers: { ...planner.headers } };
  if (name === 'cases') return { address: settings.ZAKEN_URL, headers: zgw() };
  if (name === 'catalogue') return { address: settings.CATALOGI_URL, headers: zgw() };
  const { STATISTICS_URL, QUEUE_URL } = settings;
  if (name === 'statistics' && STATISTICS_URL) return { address: STATISTICS_URL, headers: agency };
  if (name === 'queue' && QUEUE_URL) return { address: QUEUE_URL, headers: agency };
  const provider = settings.PROVIDERS.find((one) => name === (one.name ? `sign-in ${one.name}` : 'sign-in'));
  return provider ? { address: provider.issuer, headers: {} } : null;
}

/** What is no JSON is recorded as a text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refuse(why: string): never {
  console.error(`${why}\n${USAGE}`);
  process.exit(2);
}
