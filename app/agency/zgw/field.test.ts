import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Case } from '~/model/case';
import { decisionPeriodOf } from '~/model/decision-period';
import { changed, pathsOf } from '../../../tests/agency/paths';
import { EMPLOYEE, ME, viewer } from '../../../tests/agency/people';
import { page, type Received, type Registry, type Reply, startRegistry } from '../../../tests/agency/registry';
import {
  APPLICANT,
  expanded,
  type Json,
  read,
  STATUS,
  STATUSTYPE,
  TODAY,
  ZAAK,
  zaakWith,
} from '../../../tests/agency/zaak';
import { callerOf, casesOf, historyOf, mandatedCasesOf, stepsOf } from '../cases.server';

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn(), alarm: vi.fn() }));

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
  process.env.ZAKEN_URL = registry.url;
  process.env.CATALOGI_URL = registry.url;
});
afterAll(() => registry.close());
afterEach(() => {
  registry.asked.length = 0;
});

const isSearch = ({ path }: Received) => path.endsWith('/_zoek');
const isProbe = (received: Received) => isSearch(received) && String(received.body.uuid__in).startsWith('00000000');

/** Answers searches, and nothing else. */
const searching = (answer: (received: Received) => Reply) => {
  registry.answer = (received) => (isProbe(received) ? page([]) : isSearch(received) ? answer(received) : null);
};
const numbered = (index: number, given: Json = {}): Json => ({
  ...zaakWith(given),
  uuid: `u${index}`,
  url: `https://z.example/zaken/u${index}`,
  identificatie: `ZAAK-${index}`,
});
async function cases() {
  const loaded = await casesOf(viewer);
  if (loaded.state === 'unavailable') return { ...loaded, ids: null, cases: [] as Case[] };
  return { ...loaded, ids: loaded.value.map(({ id }) => id), cases: loaded.value };
}

describe('none, in any of its forms', () => {
  const NONE = [null, '', ' ', {}, [], undefined];
  /** Without these nobody can tell which case it is, or whose. */
  const REQUIRED = new Set([
    ...['identificatie', 'startdatum', '_expand', 'rollen', 'inpBsn'],
    ...['betrokkeneIdentificatie', 'betrokkeneType', 'omschrijvingGeneriek'],
  ]);

  test('in any optional field keeps the case and the list whole', async () => {
    const full = zaakWith({ verlenging: { reden: 'Druk', duur: 'P3M' }, status: STATUS.url });
    const paths = pathsOf(full).filter((path) => !REQUIRED.has(path.at(-1) ?? '') && path.at(-2) !== 'rollen');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.constantFrom(...NONE), async (path, none) => {
        searching(() => page([changed(full, path, none), numbered(2)]));
        const found = await cases();
        expect(found.ids).toHaveLength(2);
      }),
      { numRuns: 150 },
    );
  });

  test('of a name’s prefix is no proof of another person', async () => {
    const identity = { ...APPLICANT.betrokkeneIdentificatie, voorvoegselGeslachtsnaam: null };
    searching(() => page([expanded({ rollen: [{ ...APPLICANT, betrokkeneIdentificatie: identity }] })]));
    expect(await cases()).toMatchObject({ state: 'fresh', cases: [{ parties: [{ familyName: 'Idrissi' }] }] });
  });

  test.each([
    ['an empty object', {}],
    ['empty fields', { statustype: '', datumStatusGezet: '', gezetdoor: {}, _expand: { statustype: {} } }],
  ])('of the status as %s shows the case without a stage', async (_what, status) => {
    searching(() => page([{ ...expanded({ status, resultaat: {} }), status: null }]));
    expect(await cases()).toMatchObject({ state: 'fresh', cases: [{ current: null, state: 'running', result: null }] });
  });

  test('one row that can’t be read costs itself only, and is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(null, 7, 'x', {}, [], { uuid: 'x' }), fc.nat(2), async (odd, at) => {
        const rows: unknown[] = [numbered(1), numbered(2)];
        rows.splice(at, 0, odd);
        searching(() => page(rows));
        expect(await cases()).toMatchObject({ state: 'partial', ids: ['u1', 'u2'] });
      }),
      { numRuns: 30 },
    );
  });

  test('of the rows is an empty list when the count agrees', async () => {
    for (const results of [null, undefined, '', {}]) {
      searching(() => page([], { results, count: '0' }));
      expect(await cases()).toMatchObject({ state: 'fresh', ids: [] });
      for (const count of [1, null, undefined]) {
        searching(() => page([], { results, count }));
        expect((await cases()).state).not.toBe('fresh');
      }
    }
  });

  test('of what a role is leaves the case out, and is told', async () => {
    const odd = { ...APPLICANT, omschrijvingGeneriek: null };
    searching(() => page([numbered(1, { _expand: { ...ZAAK._expand, rollen: odd } }), numbered(2)]));
    expect(await cases()).toMatchObject({ state: 'partial', ids: ['u2'] });
  });

  test('of one person’s number makes no case a foreign one', async () => {
    const other = { ...APPLICANT, betrokkeneIdentificatie: { inpBsn: '999990020' } };
    const rollen = [{ ...APPLICANT, betrokkeneIdentificatie: { inpBsn: '.' } }, other];
    searching(() => page([numbered(1, { _expand: { ...ZAAK._expand, rollen } }), numbered(2)]));
    expect(await cases()).toMatchObject({ state: 'partial', ids: ['u2'] });
  });

  test('of the roles leaves the case out, without an alarm', async () => {
    searching(() => page([numbered(1, { _expand: {} }), numbered(2)]));
    expect(await cases()).toMatchObject({ state: 'partial', ids: ['u2'] });
  });

  test('of what should have come along is asked for', async () => {
    registry.answer = ({ path, query }) => {
      if (path.endsWith('/_zoek')) return page([{ ...ZAAK, status: `${registry.url}/statussen/9`, _expand: null }]);
      if (path === '/rollen' && query.get('zaak') === ZAAK.url) return page([APPLICANT]);
      if (path === '/zaaktypen/5') return ZAAK._expand.zaaktype;
      if (path === '/statussen/9') return STATUS;
      if (path === '/statustypen') return page([STATUSTYPE]);
      return path.endsWith('/zaakeigenschappen') ? [{ naam: 'reactietermijn', waarde: '2026-04-01' }] : null;
    };
    expect(await cases()).toMatchObject({
      state: 'fresh',
      cases: [{ procedure: 'family', current: { stage: 'review' }, request: { until: '2026-04-01' } }],
    });
  });
});

test.each([
  ['7', { state: 'fresh', value: [{ result: 'Afgewezen', outcome: 'refused' }] }],
  ['8', { state: 'partial', value: [{ result: null }] }],
])('result %s that its case came without is requested', async (id, expected) => {
  const decided = numbered(1, { einddatum: '2026-02-01', resultaat: `${registry.url}/resultaten/${id}` });
  registry.answer = (received) => {
    if (isSearch(received)) return page(isProbe(received) ? [] : [decided]);
    if (received.path === `/resultaten/${id}`) return { resultaattype: `${registry.url}/resultaattypen/${id}` };
    return received.path === '/resultaattypen/7' ? { omschrijving: 'Afgewezen' } : null;
  };
  expect(await casesOf(viewer)).toMatchObject(expected);
});

test.each([null, 'https://gateway.example/zaken/U9', 'http://registry/zaken/U9/'])(
  'roles of a case at %j are asked by its id',
  async (url) => {
    const other = {
      ...APPLICANT,
      betrokkeneIdentificatie: { inpBsn: '999990020' },
      zaak: 'https://z.example/zaken/u8',
    };
    registry.answer = (received) => {
      if (isSearch(received)) return page(isProbe(received) ? [] : [{ ...ZAAK, url, uuid: 'U9', _expand: {} }]);
      if (received.path !== '/rollen') return null;
      const own = received.query.get('zaak') === `${registry.url}/zaken/u9`;
      return page(own ? [{ ...APPLICANT, zaak: 'https://inside/zaken/U9' }, other] : [other]);
    };
    expect((await cases()).cases).toMatchObject([{ id: 'u9', parties: [{ ids: [{ value: ME }] }] }]);
  },
);

describe('pages', () => {
  const all = Array.from({ length: 150 }, (_, index) => numbered(index));
  const serve = (rows: readonly Json[], given: Json = {}) =>
    searching(({ query }) => {
      const size = Number(query.get('pageSize') ?? 100);
      const number = Number(query.get('page') ?? 1);
      const cut = rows.slice((number - 1) * size, number * size);
      const next = number * size < rows.length ? `http://other.example/?page=${number + 1}` : null;
      return number > 1 && cut.length === 0 ? null : page(cut, { count: rows.length, next, ...given });
    });

  test('are read to the end, whatever host the next one names', async () => {
    serve(all);
    expect(await cases()).toMatchObject({ state: 'fresh', ids: { length: 150 } });
  });

  test('that overlap and lack one are not whole', async () => {
    serve([...all.slice(0, 100), ...all.slice(99, 149)]);
    expect(await cases()).toMatchObject({ state: 'partial', ids: { length: 149 } });
  });

  test('with an odd count are whole when the next ends', async () => {
    for (const count of ['150', null]) {
      serve(all, { count });
      expect(await cases()).toMatchObject({ state: 'fresh', ids: { length: 150 } });
    }
  });

  test('without end stop when nothing new comes', async () => {
    searching(() => page([numbered(1), numbered(2)], { next: 'http://registry/?page=2' }));
    expect(await cases()).toMatchObject({ state: 'fresh', ids: ['u1', 'u2'] });
    expect(registry.asked.filter(isSearch).length).toBeLessThan(4);
  });

  test('beyond the most that is read are told', async () => {
    searching(({ query }) => page([numbered(Number(query.get('page') ?? 1))], { next: 'x', count: 9_000 }));
    const found = await cases();
    expect(found).toMatchObject({ state: 'partial', ids: { length: 10 } });
    expect(found).toMatchObject({ missing: [expect.stringContaining('10')] });
  });

  test('over the size limit are asked in smaller ones', async () => {
    const large = all.map((zaak) => ({ ...zaak, toelichting: 'x'.repeat(12_000) }));
    serve(large);
    expect(await cases()).toMatchObject({ state: 'fresh', ids: { length: 150 } });
    expect(registry.asked.some(({ query }) => query.get('pageSize') === '20')).toBe(true);
  });

  test('with a case that is too large lack that one only', async () => {
    const huge = { ...numbered(1), toelichting: 'x'.repeat(1_100_000) };
    for (let look = 0; look < 3; look += 1) {
      serve([huge, numbered(2), numbered(3)]);
      expect(await cases()).toMatchObject({ state: 'partial', ids: ['u2', 'u3'] });
    }
    serve([huge]);
    expect(await cases()).toMatchObject({ state: 'partial', ids: [] });
    serve([numbered(2)]);
    expect(await cases()).toMatchObject({ state: 'fresh', ids: ['u2'] });
  });
});

test('a registry that sends all at any size is given up soon', async () => {
  searching(() => page([{ ...numbered(1), toelichting: 'x'.repeat(1_100_000) }], { next: 'x', count: 9 }));
  expect(await cases()).toMatchObject({ state: 'unavailable', why: 'malformed' });
  expect(registry.asked.filter(isSearch).length).toBeLessThan(9);
});

describe('the same thing twice', () => {
  const twice = expanded({
    rollen: [APPLICANT, { ...APPLICANT, omschrijvingGeneriek: 'belanghebbende', roltoelichting: 'Aanvrager' }],
  });

  test('stands once, with one person, in every list', async () => {
    searching(() => page([twice, { ...twice, uuid: 'U1' }]));
    const found = await cases();
    expect(found).toMatchObject({ state: 'fresh', ids: ['u1'] });
    expect(found.cases[0]?.parties).toHaveLength(1);
    const advised = await mandatedCasesOf(EMPLOYEE, [{ caseId: 'U1', isClient: ({ value }) => value === ME }]);
    expect(advised).toMatchObject({ state: 'fresh', value: [{ id: 'u1' }] });
    expect(await callerOf(EMPLOYEE, 'g', 'question-page', 'zaak-2026-1')).toMatchObject({
      value: { subject: { person: { value: ME } } },
    });
  });
});

describe('dates that are empty or contradict each other', () => {
  const period = (zaak: Json, today = '2026-06-01') => decisionPeriodOf(read(zaak, today), today).state;
  const withTerm = (doorlooptijd: unknown, given: Json = {}) => ({
    ...expanded({ zaaktype: { ...ZAAK._expand.zaaktype, doorlooptijd } }),
    uiterlijkeEinddatumAfdoening: null,
    ...given,
  });

  test.each(['P0D', 'P-1D', '-P90D', 'P0Y0M0D', 'PT0S', '', null, {}, 'P9999Y', 'P'])(
    'a term of %j is no last day',
    (doorlooptijd) => {
      expect(period(withTerm(doorlooptijd))).toBe('unknown');
      expect(period(withTerm(doorlooptijd, { uiterlijkeEinddatumAfdoening: '2026-01-12' }))).toBe('unknown');
    },
  );

  test.each([
    ['P90D', 'P90D'],
    ['P0Y3M0DT0H0M0S', 'P3M'],
    ['p6m', 'P6M'],
  ])('a term of %s is read', (doorlooptijd, term) => {
    expect(read(withTerm(doorlooptijd)).statutoryTerm).toBe(term);
  });

  test('a step after the end reopens the case', () => {
    expect(read(zaakWith({ einddatum: '2026-01-30' }))).toMatchObject({ state: 'reopened', ended: null });
    expect(period(zaakWith({ einddatum: '2026-01-30' }), TODAY)).toBe('running');
  });

  test('an extension without a duration leaves the last day unknown', () => {
    expect(period(withTerm('P90D', { verlenging: { reden: 'Druk', duur: '' } }))).toBe('unknown');
  });

  test.each([
    ['2026-01-12T00:00:00+01:00', '2026-01-12'],
    ['2026-01-11T23:30:00Z', '2026-01-12'],
    ['2026-01-12T08:00:00', '2026-01-12'],
    [' 2026-01-12 ', '2026-01-12'],
    ['2026-01-12Z', '2026-01-12'],
    ['2026-01-12+01:00', '2026-01-12'],
    ['2026-01-11 23:30:00Z', '2026-01-12'],
  ])('the day %s is %s at the agency', (startdatum, received) => {
    expect(read(zaakWith({ startdatum, einddatum: '', uiterlijkeEinddatumAfdoening: startdatum })).received).toBe(
      received,
    );
  });

  test('a case that starts later was received when it was registered', () => {
    const planned = { startdatum: '2027-01-01', registratiedatum: '2026-02-20' };
    expect(read(zaakWith(planned)).received).toBe('2026-02-20');
    expect(read(zaakWith({ ...planned, startdatum: '2026-02-01' })).received).toBe('2026-02-01');
    expect(read(zaakWith({ ...planned, registratiedatum: '2026-12-01' })).received).toBe('2027-01-01');
  });

  test('a case of the future is shown', () => {
    expect(read(zaakWith({ startdatum: '2027-01-01', einddatum: '2026-12-01' }))).toMatchObject({
      state: 'running',
      received: '2027-01-01',
    });
  });
});

describe('identity', () => {
  test('of statuses and step types is the id, whatever host writes it', async () => {
    const id = 'A1B2C3D4-0000-4000-8000-000000000001';
    registry.answer = (received) => {
      if (isProbe(received)) return page([]);
      if (isSearch(received))
        return page([
          {
            ...ZAAK,
            uuid: id,
            url: `https://gateway.example/zaken/${id}/`,
            zaaktype: 'https://gateway.example/zaaktypen/G7',
          },
        ]);
      if (received.path === '/statussen')
        return received.query.get('zaak') === `${registry.url}/zaken/${id.toLowerCase()}`
          ? page([
              { ...STATUS, zaak: `http://inside:8000/zaken/${id}`, statustype: 'http://inside:8000/statustypen/S-3/' },
              { ...STATUS, zaak: `http://inside:8000/zaken/${id}`, statustype: 'http://inside:8000/statustypen/S-3/' },
            ])
          : page([]);
      if (received.path === '/statustypen')
        return received.query.get('zaaktype') === `${registry.url}/zaaktypen/g7`
          ? page([
              {
                ...STATUSTYPE,
                url: 'https://gateway.example/statustypen/s-3',
                volgnummer: '3',
                statustekst: 'Wij kijken.',
              },
            ])
          : page([]);
      return null;
    };
    const [theCase] = (await cases()).cases;
    if (!theCase) throw new Error('no case');
    expect(await stepsOf(theCase)).toMatchObject({ state: 'fresh', value: [{ order: 3, text: 'Wij kijken.' }] });
    expect(await historyOf(viewer, theCase)).toMatchObject({ state: 'fresh', value: [{ stage: 'review' }] });
  });

  test('an empty history of a case with a stage is partial', async () => {
    registry.answer = (received) => {
      if (isSearch(received))
        return page(isProbe(received) ? [] : [{ ...ZAAK, zaaktype: 'https://c.example/zaaktypen/8' }]);
      return received.path === '/statustypen' ? page([STATUSTYPE]) : page([]);
    };
    const [theCase] = (await cases()).cases;
    expect(theCase && (await historyOf(viewer, theCase))).toMatchObject({ state: 'partial', value: [] });
  });

  test.each(['Zaak-2026-aBc', 'zaak-2026-abc', 'ZAAK-2026-ABC'])(
    'the reference %s is found in any case',
    async (kept) => {
      searching(({ body }) =>
        page(
          body.identificatie === kept ||
            (typeof body.identificatie__icontains === 'string' &&
              kept.toLowerCase().includes(body.identificatie__icontains.toLowerCase()))
            ? [zaakWith({ identificatie: kept })]
            : [],
        ),
      );
      for (const typed of ['Zaak-2026-aBc', ' zaak-2026-abc ', 'ZAAK-2026-ABC'])
        expect(await callerOf(EMPLOYEE, 'g', 'question-page', typed)).toMatchObject({
          value: { theCase: { reference: kept } },
        });
    },
  );
});

describe('what is not for applicants', () => {
  test.each(['vertrouwelijk', 'confidentieel', 'geheim', 'zeer_geheim', 'GEHEIM'])(
    'such as a case of level %s is not shown',
    async (vertrouwelijkheidaanduiding) => {
      searching(() => page([numbered(1, { vertrouwelijkheidaanduiding }), numbered(2)]));
      expect(await cases()).toMatchObject({ state: 'fresh', ids: ['u2'] });
    },
  );

  test('such as a case of an internal procedure is not shown', async () => {
    const zaaktype = { ...ZAAK._expand.zaaktype, indicatieInternOfExtern: 'intern' };
    searching(() => page([numbered(1, { _expand: { ...ZAAK._expand, zaaktype } }), numbered(2)]));
    expect(await cases()).toMatchObject({ state: 'fresh', ids: ['u2'] });
  });
});
