import { readdirSync, readFileSync } from 'node:fs';
import type { Fault } from '../../mocks/faults';
import { type Actor, signedIn } from '../e2e/actors';
import { canariesOf } from '../e2e/canaries';
import { expect, type Language, test } from '../e2e/fixtures';
import { clientOf, givenMandate, openedView, type References } from '../e2e/own-references';
import type { Stack } from '../e2e/stack';
import { DEEP } from '../e2e/variants';
import { type FaultProxy, type ProxyFault, startFaultProxy } from './proxy';

/**
 * Each backend, and the database, with each fault, as each role sees it in Dutch and Arabic. No page may fail, show
 * another person, say that something does not exist because it could not be asked, or lack something without a word.
 */
const BACKENDS = ['cases', 'catalogue', 'planner', 'statistics', 'queue', 'identity', 'database'] as const;
type Backend = (typeof BACKENDS)[number];

const SETTINGS = {
  cases: 'ZAKEN_URL',
  catalogue: 'CATALOGI_URL',
  planner: 'PLANNER_URL',
  statistics: 'STATISTICS_URL',
  queue: 'QUEUE_URL',
} as const;
const PATHS = {
  cases: '/zaken/api/v1',
  catalogue: '/catalogi/api/v1',
  planner: '/oap/api',
  statistics: '/statistics/v1',
  queue: '/queue/v1',
} as const;

type Doing =
  | { readonly proxy: ProxyFault; readonly agency?: never }
  | { readonly agency: Fault; readonly proxy?: never };

const FAULTS: Readonly<Record<string, Doing>> = {
  refuse: { proxy: { kind: 'refuse' } },
  blackhole: { proxy: { kind: 'blackhole' } },
  slow: { proxy: { kind: 'latency', ms: 10_000 } },
  drip: { proxy: { kind: 'drip', ms: 50 } },
  status500: { proxy: { kind: 'status', status: 500 } },
  truncate: { proxy: { kind: 'truncate', share: 0.6 } },
  drift: { proxy: { kind: 'mutate', change: (body) => body.replace(/"(\w{3,})":/g, '"$1Renamed":') } },
  person: { agency: 'foreign' },
  clock: { proxy: { kind: 'date', shiftMs: -600_000 } },
  partial: { agency: 'partial' },
  reset: { proxy: { kind: 'reset', afterBytes: 300 } },
};

const LANGUAGES = ['nl', 'ar'] as const satisfies readonly Language[];
const ROLES = ['applicant', 'advisor', 'staff'] as const;
type Role = (typeof ROLES)[number];

interface Cell {
  readonly backend: Backend;
  readonly fault: string;
  readonly role: Role;
  readonly language: (typeof LANGUAGES)[number];
}

const isPossible = (backend: Backend, fault: string): boolean => {
  const { proxy } = FAULTS[fault] ?? {};
  if (backend === 'identity') return fault === 'refuse';
  // What speaks PostgreSQL can't be changed as HTTP can.
  if (backend === 'database')
    return proxy !== undefined && !['status', 'truncate', 'mutate', 'date'].includes(proxy.kind);
  return fault !== 'person' || backend === 'cases';
};

const PAIRS = BACKENDS.flatMap((backend) =>
  Object.keys(FAULTS)
    .filter((fault) => isPossible(backend, fault))
    .map((fault) => ({ backend, fault })),
);

/** Faults that cost a page its whole budget. The usual run has one of them for some backends. */
const HANGING = ['blackhole', 'slow', 'drip'];
const USUAL_HANGING = ['cases blackhole', 'catalogue slow', 'queue drip', 'database blackhole'];

const isUsual = ({ backend, fault }: (typeof PAIRS)[number]): boolean =>
  // No page waits for statistics, so a few faults tell as much.
  backend === 'statistics'
    ? ['refuse', 'status500', 'drift'].includes(fault)
    : !HANGING.includes(fault) || USUAL_HANGING.includes(`${backend} ${fault}`);

/** All cells, or the usual pairs, each as two roles and in both languages. */
const CELLS: readonly Cell[] = PAIRS.filter((pair) => DEEP || isUsual(pair)).flatMap((pair, index) =>
  ROLES.flatMap((role, r) => LANGUAGES.map((language, l) => ({ ...pair, role, language, turn: r * 2 + l })))
    .filter(({ turn }) => DEEP || turn % 3 === index % 3)
    .map(({ turn: _, ...cell }) => cell),
);

/** Which page of a role depends on a backend. */
function pathOf({ backend, role, language }: Cell, own: Readonly<Record<Role, References>>): string {
  if (backend === 'queue') return `/${language}/contact`;
  const { applicant, advisor, staff } = own;
  if (role === 'advisor') return `/${language}/advisor/clients/${advisor.ref}`;
  if (role === 'staff') return `/${language}/helpdesk/calls/${staff.grant}/view`;
  return `/${language}/cases/${applicant.case}${backend === 'planner' ? '/appointment' : ''}`;
}

/** Cells in which the page of the role shows what the backend tells, so that its absence must be seen. */
const isSeen = ({ backend, fault, role }: Cell): boolean =>
  !['clock', 'partial', 'drift', 'drip', 'reset'].includes(fault) &&
  (backend === 'cases' || backend === 'queue' || (backend === 'planner' && role === 'applicant'));

/** Twice a page's budget: this machine has more to do. */
const LONGEST_SECONDS = 8;

test.setTimeout(300_000);

test('a page tells each fault of each backend', async ({ stack, agency }) => {
  const { proxies, stop } = await proxiesBefore(stack);
  try {
    const [amal, advisor, agent] = await Promise.all([
      signedIn(stack, 'amal', 'applicant'),
      signedIn(stack, 'adv-small', 'advisor'),
      signedIn(stack, 'desk-1', 'staff'),
    ]);
    const actors: Readonly<Record<Role, Actor>> = { applicant: amal, advisor, staff: agent };
    await givenMandate(amal, advisor, agency);
    const list = (await amal.ask('GET', '/nl/cases')).body;
    const own = {
      applicant: { case: /\/nl\/cases\/([\w-]+)/.exec(list)?.[1] ?? '' },
      advisor: { ref: await clientOf(advisor) },
      staff: { grant: await openedView(agent, amal, agency) },
    };
    const canaries = canariesOf(agency, {});
    const healthy = new Map<string, string>();
    const read = async (cell: Cell) => {
      const answer = await actors[cell.role].bytesOf(pathOf(cell, own));
      return { status: answer?.status ?? 0, text: answer?.text ?? '' };
    };
    for (const cell of CELLS) {
      const key = `${cell.role} ${pathOf(cell, own)}`;
      if (healthy.has(key)) continue;
      const { status, text } = await read(cell);
      expect(status, key).toBe(200);
      healthy.set(key, text);
    }

    const table: string[] = [];
    const wrong: string[] = [];
    for (const { backend, fault } of PAIRS) {
      const cells = CELLS.filter((cell) => cell.backend === backend && cell.fault === fault);
      if (cells.length === 0) continue;
      const { proxy, agency: simulated } = FAULTS[fault] ?? {};
      await stack.query('delete from kept_answer');
      await stack.clearCaches();
      if (backend === 'identity') agency.setFault('identity', 'down');
      else if (proxy) proxies[backend].set(proxy);
      else if (simulated && backend !== 'database') agency.setFault(backend, simulated);
      await Promise.all(
        cells.map(async (cell) => {
          const begun = performance.now();
          const { status, text } = await read(cell);
          const seconds = (performance.now() - begun) / 1_000;
          const before = healthy.get(`${cell.role} ${pathOf(cell, own)}`) ?? '';
          // An employee sees the caller's page in the caller's language, within their own.
          const said = cell.role === 'staff' ? LANGUAGES.map((one) => SAID[one]) : [SAID[cell.language]];
          const told = said.flatMap(({ trouble }) => newWords(trouble, before, text));
          const none = said.flatMap(({ none: claims }) => newWords(claims, before, text));
          const strangers = canaries.strangersIn(text, canaries.peopleIn(before));
          const faults = [
            ...(status === 200 || (backend === 'database' && status === 503) ? [] : [`status ${status}`]),
            ...strangers.map((stranger) => `shows ${stranger}`),
            ...none.map((word) => `claims "${word}"`),
            ...(status === 200 && told.length === 0 && isSeen(cell) ? ['tells nothing'] : []),
            ...(seconds > LONGEST_SECONDS ? [`took ${seconds.toFixed(1)} s`] : []),
          ];
          const name = `${backend} ${fault} ${cell.role} ${cell.language}`;
          table.push(`${name} | ${status} | ${seconds.toFixed(2)} s | ${told[0] ?? ''} | ${faults.join(', ') || 'ok'}`);
          if (faults.length > 0) wrong.push(`${name}: ${faults.join(', ')}`);
        }),
      );
      agency.setFault(backend === 'database' ? 'cases' : backend, 'none');
      if (backend !== 'identity') proxies[backend].set({ kind: 'none' });
    }
    if (DEEP || wrong.length > 0) console.log(`cell | status | time | told | outcome\n${table.join('\n')}`);
    expect(wrong).toEqual([]);
    if (DEEP) {
      proxies.database.set({ kind: 'blackhole' });
      expect(await stack.stopPortal(), 'a portal stops by itself although its database hangs').toBe(0);
    }
  } finally {
    await stop();
  }
});

/** Puts a proxy before each backend and the database, and restarts the portal behind them. */
async function proxiesBefore(stack: Stack) {
  const behind = new URL(stack.agency.url);
  const before = () => startFaultProxy({ host: behind.hostname, port: Number(behind.port) });
  const store = new URL(stack.databaseUrl);
  const proxies: Readonly<Record<Exclude<Backend, 'identity'>, FaultProxy>> = {
    cases: await before(),
    catalogue: await before(),
    planner: await before(),
    statistics: await before(),
    queue: await before(),
    database: await startFaultProxy({ host: store.hostname, port: Number(store.port) }),
  };
  store.port = `${proxies.database.port}`;
  const settings = Object.entries(SETTINGS).map(([backend, setting]) => {
    const name = backend as keyof typeof SETTINGS;
    return [setting, `http://${behind.hostname}:${proxies[name].port}${PATHS[name]}`];
  });
  await stack.restartPortal({
    ...Object.fromEntries(settings),
    DATABASE_URL: store.href,
    DATABASE_SECONDS: '1',
    DRAIN_SECONDS: '3',
  });
  return {
    proxies,
    stop: async () => {
      await stack.stopPortal();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()));
    },
  };
}

const newWords = (words: readonly string[], before: string, after: string): string[] =>
  words.filter((word) => after.includes(word) && !before.includes(word));

/** Per language, the texts that tell of a trouble and those that say that there is none of something. */
const SAID = { nl: saidIn('nl'), ar: saidIn('ar') };

function saidIn(language: Language) {
  const folder = new URL(`../../locales/${language}/`, import.meta.url);
  const texts = readdirSync(folder).flatMap((file) =>
    leaves(file.replace('.json', ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
  );
  const of = (key: RegExp) =>
    texts
      .filter(([name]) => key.test(name))
      // As far as the first placeholder, and as HTML has it.
      .map(([, text]) => escaped(text.split('{{')[0] ?? ''))
      .filter((text) => text.length > 8);
  return { trouble: of(/^trouble\.section\.(?!again)|couldNotAsk$|unknown$|unavailable$/i), none: of(/\.none$/) };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&#x27;').trim();
}

function leaves(name: string, value: unknown): (readonly [string, string])[] {
  return typeof value === 'string'
    ? [[name, value]]
    : Object.entries(value ?? {}).flatMap(([key, one]) => leaves(`${name}.${key}`, one));
}
