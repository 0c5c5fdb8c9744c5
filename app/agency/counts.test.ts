import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { estimate } from '~/model/estimate/estimate';
import { train } from '~/model/estimate/train';
import type { StatisticsTables } from '~/model/statistics';
import { clearCaches } from '~/platform/caches.server';
import { meansTheSame, oddAnswersOf } from '../../tests/agency/odd-values';
import { type Registry, startRegistry } from '../../tests/agency/registry';
import { steadyTables } from '../../tests/estimate/arbitrary-tables';
import { desksNow, phoneNow } from './queue.server';
import { newestCounts, statisticsTables } from './statistics.server';

let backend: Registry;
beforeAll(async () => {
  backend = await startRegistry();
  process.env.QUEUE_URL = backend.url;
  process.env.STATISTICS_URL = backend.url;
  process.env.ZICHT_NOW = '2026-03-02T09:00:00Z';
});
afterAll(() => backend.close());
beforeEach(async () => {
  backend.asked.length = 0;
  await clearCaches();
});

const DESK = {
  key: 'DH',
  name: 'Den Haag',
  address: { street: 'Straat 1', postcode: '2500 AA', city: 'Den Haag' },
  zone: 'Europe/Amsterdam',
  openingHours: [{ weekday: 1, opens: '09:00', closes: '17:00' }],
  waiting: { people: 3, minutes: 12 },
};
const LINE = { id: 'main', number: '+31 88 043 0430', openingHours: [], waiting: null, typical: [] };

test('waits are read whatever form their numbers and their none have', async () => {
  const odd = {
    ...DESK,
    key: 7,
    address: null,
    openingHours: [{ weekday: '1', opens: '9:00', closes: '17:00:00' }, null, { weekday: 9, opens: 'x', closes: 'y' }],
    waiting: { people: '3', minutes: '12.5' },
  };
  const none = [null, '', {}, [], undefined].map((waiting, index) => ({ ...DESK, key: `none${index}`, waiting }));
  backend.answer = () => ({ asOf: '', desks: [DESK, odd, ...none] });
  const loaded = await desksNow();
  expect(loaded).toMatchObject({ state: 'fresh' });
  const [desk, read, ...without] = loaded.state === 'fresh' ? loaded.value : [];
  expect(desk).toEqual({ ...DESK, typical: [] });
  expect(read).toMatchObject({
    key: '7',
    openingHours: [{ weekday: 1, opens: '09:00', closes: '17:00' }],
    waiting: { people: 3, minutes: 12.5 },
  });
  expect(without.map(({ waiting }) => waiting)).toEqual(none.map(() => null));
});

test('an unreadable desk or line costs itself only, and comes once', async () => {
  backend.answer = ({ path }) =>
    path === '/desks'
      ? {
          asOf: '2026-03-02T09:00:00Z',
          desks: [DESK, null, { ...DESK, key: null }, DESK, { ...DESK, key: 'X', zone: 'Mars' }],
        }
      : { asOf: null, lines: [LINE, LINE, 7] };
  expect(await desksNow()).toMatchObject({ state: 'partial', value: [{ key: 'DH' }], asOf: '2026-03-02T09:00:00Z' });
  expect(await phoneNow()).toMatchObject({ state: 'partial', value: [{ id: 'main' }] });
  expect(backend.asked).toHaveLength(2);
  await Promise.all([desksNow(), phoneNow()]);
  expect(backend.asked).toHaveLength(2);
});

test('a list of unreadable rows only is no empty list', async () => {
  backend.answer = () => ({ asOf: null, desks: [null, {}] });
  expect(await desksNow()).toEqual({ state: 'unavailable', why: 'malformed' });
});

test('counts are read as texts, and each row once', async () => {
  const tables = {
    procedure: 'FAMILY',
    asOf: '2026-03-02T00:00:00Z',
    firstWeek: '2026-02-23',
    bins: ['0', '7'],
    stages: ['received'],
    stageExposure: [
      [0, 0, 0, '70'],
      [0, 0, 0, 70],
    ],
    stageExits: [],
    ageExposure: [[0, 0, 70]],
    ageDecided: [],
    ageBins: [0],
    runOffWeeks: [4],
    runOff: [],
    inflow: ['10'],
    stock: [10],
  };
  backend.answer = ({ path }) =>
    path === '/procedures'
      ? {
          procedures: [
            { procedure: 'family', publishedTermDays: '90' },
            { procedure: 'family', publishedTermDays: '90' },
            { procedure: 'study', publishedTermDays: '' },
            null,
          ],
        }
      : path === '/tables/family'
        ? tables
        : null;
  expect(await statisticsTables()).toMatchObject({
    state: 'partial',
    value: {
      tables: [{ procedure: 'family', asOf: '2026-03-02', stageExposure: [[0, 0, 0, 70]], inflow: [10] }],
      termDays: { family: 90 },
    },
    missing: ['a procedure that could not be read', 'study'],
  });
});

/** Eight weeks of two procedures: enough rows that one of them weighs little. */
const TABLES = [steadyTables('family', 8, 20, 0.4), steadyTables('study', 8, 25, 0.5)];
const bodyOf = (body: unknown) => Object.fromEntries(Object.entries(body ?? {}));
const answerWith = (family: unknown) => {
  backend.answer = ({ path }) =>
    path === '/procedures'
      ? { procedures: TABLES.map(({ procedure }) => ({ procedure, publishedTermDays: 90 })) }
      : bodyOf(path === '/tables/family' ? family : TABLES[1]);
};
const RANGES = [0, 30, 90].flatMap((ageDays) =>
  ['received', 'review'].map((stage) => ({ procedure: 'family', stage, inStageDays: ageDays / 3, ageDays })),
);
const known = new Map<string, (number | null)[][]>();
/** Low and high ends of the range of some cases; null without one. */
function rangesOf(tables: readonly StatisticsTables[]) {
  const key = JSON.stringify(tables);
  const before = known.get(key);
  if (before) return before;
  const model = train(tables, tables[0]?.asOf ?? '', { horizonDays: 400 });
  const ranges = RANGES.map((situation) => [estimate(model, situation).low, estimate(model, situation).high]);
  known.set(key, ranges);
  return ranges;
}

test('an odd row of the counts costs itself, a field its procedure', async () => {
  const [good] = TABLES;
  const usual = rangesOf(TABLES);
  // One row and one value of each list stand for all of it.
  const short = Object.entries({ ...good }).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.slice(0, 1) : value,
  ]);
  const odd = oddAnswersOf(Object.fromEntries(short)).filter(({ path }) => path.length > 0);
  expect(odd.length).toBeGreaterThan(200);
  for (const one of odd) {
    const [name = '', ...inner] = one.path;
    const sent = bodyOf(one.body)[name];
    const list = Object.entries({ ...good }).find(([key]) => key === name)?.[1];
    // Only within a list is the rest of it there.
    const put = inner.length > 0 && Array.isArray(list) && Array.isArray(sent) ? [...sent, ...list.slice(1)] : sent;
    answerWith({ ...good, [name]: put });
    await clearCaches();
    const loaded = await statisticsTables();
    const tables = loaded.state === 'unavailable' ? [] : loaded.value.tables;
    expect(
      tables.map(({ procedure }) => procedure),
      one.what,
    ).toContain('study');
    const family = tables.find(({ procedure }) => procedure === 'family');
    if (!family) expect(loaded, one.what).toMatchObject({ state: 'partial', missing: ['family'] });
    // A row that is not there is an empty cell, and an agency may have no run-off.
    else if (loaded.state === 'fresh' && inner.length > 0 && !one.what.includes('absent'))
      expect(tables, one.what).toEqual(TABLES);
    else isClose(rangesOf(tables), one.path[0] === 'stages' ? withoutReceived(usual) : usual, one.what);
    const isRow = ['stageExposure', 'stageExits', 'ageExposure', 'ageDecided', 'runOff'].includes(name);
    if (isRow && inner.length > 0) expect(family, one.what).toBeDefined();
  }
});

/** The first stage has no name: those who are in it have no range. */
const withoutReceived = (ranges: ReturnType<typeof rangesOf>) =>
  ranges.map((range, index) => (index % 2 === 0 ? [null, null] : range));

/** Ends of ranges may move by two days, or one in twenty of their length. */
function isClose(ranges: ReturnType<typeof rangesOf>, usual: typeof ranges, what: string): void {
  ranges.flat().forEach((days, index) => {
    const before = usual.flat()[index] ?? null;
    if (days === null || before === null) expect(days, what).toBe(before);
    else expect(Math.abs(days - before), what).toBeLessThanOrEqual(Math.max(2, before / 20));
  });
}

test('rows that contradict each other, and many odd ones, are told', async () => {
  const [good] = TABLES;
  if (!good) throw new Error('no tables');
  const [first = []] = good.ageExposure;
  const twice = { ...good, ageExposure: [...good.ageExposure, [...first.slice(0, -1), 1]], extra: { person: 'x' } };
  answerWith(twice);
  const loaded = await statisticsTables();
  expect(loaded).toMatchObject({ state: 'partial', missing: ['rows of family that could not be read'] });
  expect(loaded.state === 'partial' && loaded.value.tables[0]).toEqual(good);
  answerWith({ ...good, ageDecided: good.ageDecided.map((row, index) => (index % 10 === 0 ? null : row)) });
  await clearCaches();
  expect(await statisticsTables()).toMatchObject({ state: 'partial', missing: ['family'] });
});

test('an odd field of a desk or line costs only its own', async () => {
  const other = { ...DESK, key: 'UT', name: 'Utrecht' };
  const line = { ...LINE, waiting: { callers: 2, minutes: 3 }, typical: [{ weekday: 1, hour: 9, minutes: 4 }] };
  const good = {
    desks: { asOf: '2026-03-02T09:00:00Z', desks: [DESK, other] },
    phone: { lines: [line, { ...line, id: 'b' }] },
  };
  for (const [path, load] of [
    ['/desks', desksNow],
    ['/phone', phoneNow],
  ] as const) {
    const body = path === '/desks' ? good.desks : good.phone;
    backend.answer = () => body;
    await clearCaches();
    const usual = await load();
    const [, second] = usual.state === 'fresh' ? usual.value : [];
    for (const odd of oddAnswersOf(body).filter(({ path: [list] }) => list !== undefined)) {
      backend.answer = () => Object.fromEntries(Object.entries(odd.body ?? {}));
      await clearCaches();
      const loaded = await load();
      const rows: readonly unknown[] = loaded.state === 'unavailable' ? [] : loaded.value;
      if (odd.path[1] === '0') expect(rows, odd.what).toContainEqual(second);
      if (odd.path.length > 2) expect(rows.length === 2 || loaded.state === 'partial', odd.what).toBe(true);
      if (meansTheSame(odd, body) && usual.state === 'fresh') expect(rows, odd.what).toEqual(usual.value);
    }
  }
});

test('the Monday of the counts needs the first table only', async () => {
  answerWith(TABLES[0]);
  expect(await newestCounts()).toBe(TABLES[0]?.asOf);
  expect(backend.asked.map(({ path }) => path)).toEqual(['/procedures', '/tables/family']);
  answerWith({ asOf: 'soon' });
  expect(await newestCounts()).toBeNull();
  answerWith({ asOf: '2026-03-09' });
  expect(await newestCounts()).toBeNull();
});

test('the list of procedures tells of newer counts', async () => {
  const listed = (asOf: unknown) => {
    backend.answer = ({ path }) =>
      bodyOf(path === '/procedures' ? { asOf, procedures: [{ procedure: 'family' }] } : TABLES[0]);
  };
  listed('2026-03-02T00:00:00');
  expect(await newestCounts()).toBe('2026-03-02');
  for (const odd of [null, '', 'soon', '2031-01-06']) {
    listed(odd);
    expect(await newestCounts(), `${odd}`).toBe(TABLES[0]?.asOf);
  }
});

test('counts of weeks to come are refused', async () => {
  const [good] = TABLES;
  answerWith({ ...good, asOf: '2031-01-06', firstWeek: '2030-11-11' });
  expect(await statisticsTables()).toMatchObject({
    state: 'partial',
    value: { tables: [{ procedure: 'study' }] },
    missing: ['family'],
  });
});

test('a stage without a name costs those in it their range', async () => {
  const [good] = TABLES;
  for (const none of [null, '', {}, '.']) {
    answerWith({ ...good, stages: [' Received ', 'REVIEW', none] });
    await clearCaches();
    const loaded = await statisticsTables();
    expect(loaded).toMatchObject({ state: 'partial', missing: ['rows of family that could not be read'] });
    const tables = loaded.state === 'partial' ? loaded.value.tables : [];
    expect(tables[0]?.stages.slice(0, 2)).toEqual(['received', 'review']);
    isClose(rangesOf(tables), rangesOf(TABLES), JSON.stringify(none));
  }
});
