import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearCaches } from '~/platform/caches.server';
import { page, type Registry, startRegistry } from '../../tests/agency/registry';
import type { Json } from '../../tests/agency/zaak';
import { openCourseReader, type WindowRead } from './case-courses.server';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  process.env.ZAKEN_URL = registry.url;
  process.env.CATALOGI_URL = registry.url;
});
afterAll(() => registry.close());
beforeEach(async () => {
  registry.asked.length = 0;
  await clearCaches();
});

const TYPE = { url: 'https://c.example/zaaktypen/5', identificatie: 'VVR-GEZIN', doorlooptijd: 'P90D' };
const STEPS = ['Ontvangen', 'In behandeling', 'Besluit genomen'].map((omschrijving, index) => ({
  url: `https://c.example/statustypen/${index}`,
  omschrijving,
  volgnummer: index + 1,
  isEindstatus: index === 2,
}));
const zaak = (uuid: string, given: Json = {}): Json => ({
  url: `https://gateway.example/zaken/${uuid}`,
  uuid,
  identificatie: uuid,
  zaaktype: TYPE.url,
  startdatum: '2026-01-12',
  status: `https://gateway.example/statussen/${uuid}-1`,
  ...given,
});
const status = (uuid: string, step: number, datumStatusGezet: unknown = `2026-01-1${2 + step}T09:00:00Z`): Json => ({
  url: `https://gateway.example/statussen/${uuid}-${step}`,
  zaak: `https://gateway.example/zaken/${uuid}`,
  statustype: STEPS[step]?.url,
  datumStatusGezet,
});
const whole = (uuid: string) => [status(uuid, 0), status(uuid, 1)];

interface Field {
  readonly zaken: readonly unknown[] | ((page: string | null) => Json);
  readonly statuses?: Readonly<Record<string, readonly unknown[]>>;
  readonly single?: Readonly<Record<string, Json>>;
  readonly type?: Json;
}

function answerAs({ zaken, statuses = {}, single = {}, type = TYPE }: Field): void {
  registry.answer = ({ path, query }) => {
    if (path === '/zaken') return typeof zaken === 'function' ? zaken(query.get('page')) : page(zaken);
    if (path === '/statussen') {
      const uuid = query.get('zaak')?.split('/').at(-1) ?? '';
      return page(statuses[uuid] ?? whole(uuid));
    }
    if (path.startsWith('/statussen/')) return single[path.split('/').at(-1) ?? ''] ?? null;
    if (path.startsWith('/zaaktypen/')) return type;
    return path === '/statustypen' ? page(STEPS) : null;
  };
}

const read = async (until = '2026-01-19', from = '2026-01-12'): Promise<WindowRead> => {
  const reader = openCourseReader({ since: '2025-01-06', rate: 10_000, retryMs: 1 });
  try {
    return await reader.readWindow({ from, until }, new AbortController().signal);
  } finally {
    await reader.close();
  }
};
/** Each case's steps; "skipped" for one that can't be read whole. */
const told = ({ cases }: WindowRead) =>
  cases.map(({ facts }) => facts?.steps.map(({ stage, since }) => `${stage} ${since}`).join(', ') ?? 'skipped');
const USUAL = 'received 2026-01-12, review 2026-01-13';

test('a case is read with steps and term, without its person', async () => {
  answerAs({ zaken: [zaak('a', { omschrijving: 'Aanvraag van Amal', kenmerken: [{ kenmerk: '123', bron: 'V' }] })] });
  const found = await read();
  expect(found).toMatchObject({ whole: true, gaps: 0, cases: [{ procedure: 'family', termDays: 90, isPast: false }] });
  expect(told(found)).toEqual([USUAL]);
  expect(Object.keys(found.cases[0]?.facts ?? {})).toEqual(['received', 'ended', 'steps']);
  const [list] = registry.asked;
  expect(Object.fromEntries(list?.query ?? [])).toMatchObject({
    startdatum__gte: '2026-01-12',
    startdatum__lt: '2026-01-19',
    maximaleVertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
  });
});

test('a case that stands twice, or on two pages, is one', async () => {
  answerAs({
    zaken: (number) =>
      number === '2'
        ? page([zaak('b'), zaak('c')], { count: 3 })
        : page([zaak('a'), zaak('a'), zaak('b')], { count: 3, next: 'https://x.example/?page=2' }),
    statuses: { a: [...whole('a'), status('a', 1)] },
  });
  expect(told(await read())).toEqual([USUAL, USUAL, USUAL]);
});

test('only of one day a list with a gap counts', async () => {
  answerAs({ zaken: () => page([zaak('a')], { count: 2 }) });
  expect(await read()).toMatchObject({ whole: false, cases: [], gaps: 1 });
  const day = await read('2026-01-13');
  expect([day.whole, day.gaps, told(day)]).toEqual([false, 1, [USUAL]]);
});

test('other days, other types and secret cases are not counted', async () => {
  const others = [
    zaak('early', { startdatum: '2026-01-11' }),
    zaak('late', { startdatum: '2026-01-19' }),
    zaak('secret', { vertrouwelijkheidaanduiding: 'geheim' }),
  ];
  answerAs({ zaken: [...others, zaak('a')] });
  expect(told(await read())).toEqual([USUAL]);
  await clearCaches();
  answerAs({ zaken: [zaak('a')], type: { ...TYPE, identificatie: 'PARKEREN' } });
  expect(told(await read())).toEqual([]);
  await clearCaches();
  answerAs({ zaken: [zaak('a')], type: { ...TYPE, indicatieInternOfExtern: 'intern' } });
  expect(told(await read())).toEqual([]);
});

test('a case that ended before the counted weeks needs no further request', async () => {
  answerAs({ zaken: [zaak('a', { startdatum: '2024-01-12', einddatum: '2024-06-01' })] });
  const { cases } = await read('2024-01-19', '2024-01-12');
  expect(cases).toMatchObject([{ isPast: true, facts: null }]);
  expect(registry.asked.map(({ path }) => path)).not.toContain('/statussen');
});

test('a history without the present status is completed', async () => {
  answerAs({ zaken: [zaak('a')], statuses: { a: [status('a', 0)] }, single: { 'a-1': status('a', 1) } });
  expect(told(await read())).toEqual([USUAL]);
});

test('a case that can’t be read whole is skipped and told', async () => {
  const odd = [null, '', {}, [], '.', ' ', 'yesterday', 7, '0000-00-00'];
  const zaken = odd.map((_, index) => zaak(`odd${index}`));
  const statuses = odd.map((date, index) => [
    `odd${index}`,
    [status(`odd${index}`, 0), status(`odd${index}`, 1, date)],
  ]);
  answerAs({
    zaken: [...zaken, zaak('type'), zaak('gone'), zaak('a'), null, { url: '' }],
    statuses: {
      ...Object.fromEntries(statuses),
      type: [{ ...status('type', 0), statustype: 'https://c.example/statustypen/unknown' }, status('type', 1)],
      gone: [status('gone', 0)],
    },
  });
  const found = await read();
  expect(told(found)).toEqual([...odd.map(() => 'skipped'), 'skipped', 'skipped', USUAL]);
  expect(found).toMatchObject({ whole: true, gaps: 2 });
});

test('none in any form in the fields of a case costs nothing', async () => {
  const none = [null, '', {}, [], '.', ' ', undefined];
  answerAs({
    zaken: none.map((value, index) => zaak(`n${index}`, { einddatum: value, resultaat: value, verlenging: value })),
  });
  expect(told(await read())).toEqual(none.map(() => USUAL));
});

test('a registry that fails is asked again, and some times only', async () => {
  let refused = 0;
  answerAs({ zaken: [zaak('a')] });
  const usual = registry.answer;
  registry.answer = (received) =>
    received.path === '/zaken' && refused++ < 2 ? { status: 503, body: {} } : usual(received);
  expect(told(await read())).toEqual([USUAL]);
  registry.answer = () => ({ status: 500, body: {} });
  await expect(read()).rejects.toThrow('did not answer');
});

test('a registry that knows no order of a list gives it without', async () => {
  answerAs({ zaken: [zaak('a')] });
  const usual = registry.answer;
  registry.answer = (received) =>
    received.query.has('ordering') ? { status: 400, body: { title: 'Unknown parameter' } } : usual(received);
  expect(told(await read())).toEqual([USUAL]);
  registry.answer = () => ({ status: 403, body: {} });
  await expect(read()).rejects.toThrow('zaken.lezen');
});

test('no more requests are sent than the rate allows', async () => {
  answerAs({ zaken: Array.from({ length: 20 }, (_, index) => zaak(`r${index}`)) });
  const reader = openCourseReader({ since: '2025-01-06', rate: 50 });
  const started = performance.now();
  await reader.readWindow({ from: '2026-01-12', until: '2026-01-19' }, new AbortController().signal);
  await reader.close();
  expect(reader.requests).toBe(21);
  expect(performance.now() - started).toBeGreaterThan(20 * 20 - 5);
});
