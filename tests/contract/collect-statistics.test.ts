import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Collected, CollectOptions } from '~/estimate/collect.server';
import type { StatisticsTables } from '~/model/statistics';
import { bridge, type Listening, listen } from '../../mocks/serve';
import { archiveOf } from '../../mocks/statistics/archive';
import { countTables } from '../../mocks/statistics/count-tables';
import { simulate } from '../../mocks/statistics/simulate';
import { createWorld } from '../../mocks/world/world';
import { catalogiHandlers } from '../../mocks/zgw/catalogi';
import { zakenHandlers } from '../../mocks/zgw/zaken';
import { openTestStore, rowsOf } from '../database';

const NOW = '2026-03-11T10:00:00Z';
const AS_OF = '2026-03-09';
const WEEKS = 35;
/** Short visits of one procedure, and long ones that began before the counted weeks. */
const log = simulate({ seed: 7, weeks: WEEKS, endsOn: AS_OF }).filter(
  ({ procedure, case: id }) =>
    procedure === 'visa' || (procedure === 'naturalisation' && Number(id.slice(1)) % 2 === 0),
);

let asked = 0;
let registry: Listening;
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  const { getResponse } = await import('msw');
  const archive = archiveOf(log);
  const world = { ...createWorld(NOW), cases: [], caseWith: () => undefined };
  const spoiler = { replace: <T>(file: T) => file, isPartial: () => false };
  const handlers = [...zakenHandlers(world, spoiler, undefined, () => archive), ...catalogiHandlers()];
  registry = await listen(
    bridge(
      async (request) => {
        asked += 1;
        return (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
      },
      (name) => `http://${name}`,
    ),
    0,
    '127.0.0.1',
  );
  const origin = `http://127.0.0.1:${registry.port}`;
  vi.stubEnv('ZAKEN_URL', `${origin}/zaken/api/v1`);
  vi.stubEnv('CATALOGI_URL', `${origin}/catalogi/api/v1`);
  vi.stubEnv('STATISTICS_URL', '');
  vi.stubEnv('ZICHT_NOW', NOW);
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
  await registry.close();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await rowsOf(store.url, 'delete from collection');
  asked = 0;
});

const collect = async (given: Partial<CollectOptions> = {}): Promise<Collected> => {
  const { collectCounts } = await import('~/estimate/collect.server');
  return collectCounts({ signal: new AbortController().signal, weeks: WEEKS, rate: 5_000, ...given });
};

async function collectedTables(): Promise<readonly StatisticsTables[]> {
  const { statisticsTables } = await import('~/agency/statistics.server');
  const loaded = await statisticsTables();
  if (loaded.state !== 'fresh') throw new Error(JSON.stringify(loaded));
  return loaded.value.tables;
}

/** Rows by the names of stages, in one order. */
function comparable({ stages, ...tables }: StatisticsTables) {
  const name = (index: number) => stages[index] ?? 'decided';
  const sorted = (rows: readonly (readonly (number | string)[])[]) => rows.map(String).sort();
  return {
    ...tables,
    stages: stages.toSorted(),
    stageExposure: sorted(tables.stageExposure.map(([w, s, b, days]) => [w, name(s), b, days])),
    stageExits: sorted(tables.stageExits.map(([w, s, b, to, n]) => [w, name(s), b, name(to), n])),
    ageExposure: sorted(tables.ageExposure),
    ageDecided: sorted(tables.ageDecided),
    runOff: sorted(tables.runOff.map(([w = 0, s = 0, ...rest]) => [w, name(s), ...rest])),
  };
}

test('counts equal those of the statistics API, and store no case', async () => {
  expect(await collect()).toMatchObject({ outcome: 'counted', asOf: AS_OF, gaps: 0 });
  const own = await collectedTables();
  const published = countTables(log, AS_OF, { weeks: WEEKS });
  expect(own.map(({ procedure }) => procedure)).toEqual(['naturalisation', 'visa']);
  for (const tables of own) {
    const same = published.find(({ procedure }) => procedure === tables.procedure);
    expect(same && comparable(tables)).toEqual(same && comparable(same));
  }
  expect(await collect()).toMatchObject({ outcome: 'known', requests: 0 });
  const rows = JSON.stringify(await rowsOf(store.url, 'select * from collection, collected_counts'));
  const some = archiveOf(log).receivedIn('2026-01-01', '2026-03-01').slice(0, 50);
  expect(some.filter(({ uuid, reference }) => rows.includes(uuid) || rows.includes(reference))).toEqual([]);
});

test('a killed run goes on, and counts nothing twice', async () => {
  await collect();
  const whole = (await collectedTables()).map(comparable);
  const needed = asked;
  await rowsOf(store.url, 'delete from collection');
  const killed = new AbortController();
  await expect(
    collect({ signal: killed.signal, report: ({ counted }) => counted > 300 && killed.abort() }),
  ).rejects.toThrow('abort');
  const [before] = await rowsOf(store.url, 'select finished_at from collection');
  expect(before).toEqual({ finished_at: null });
  // A killed process leaves its lease.
  await rowsOf(store.url, `insert into lease values ('counting-cases', 'killed', now() + interval '1 second')`);
  const rest = await collect({ waitSeconds: 30 });
  expect(rest).toMatchObject({ outcome: 'counted' });
  expect('requests' in rest && rest.requests).toBeLessThan(needed - 100);
  expect((await collectedTables()).map(comparable)).toEqual(whole);
});

test('of two that count at the same time one is told so', async () => {
  const both = await Promise.all([collect(), collect()]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'counted']);
});
