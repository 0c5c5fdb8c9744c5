import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearCaches } from '~/platform/caches.server';
import {
  endlessAnswersOf,
  longestTextIn,
  meansTheSame,
  type OddAnswer,
  oddAnswersOf,
} from '../../../tests/agency/odd-values';
import { ME, viewer } from '../../../tests/agency/people';
import { page } from '../../../tests/agency/registry';
import { type ScriptedQuestion, scriptedGate } from '../../../tests/agency/scripted-gate';
import { APPLICANT, type Json, STATUS, STATUSTYPE, ZAAK } from '../../../tests/agency/zaak';
import { casesOf, historyOf, stepsOf } from '../cases.server';

/** Each field of each answer of a registry that the portal reads, in each odd form, one at a time. */

vi.mock('~/platform/log.server', async (original) => ({ ...(await original<object>()), log: vi.fn(), alarm: vi.fn() }));
const registry = vi.hoisted(() => ({ answer: (_: ScriptedQuestion): object => ({}) }));
vi.mock('../gates.server', () => {
  const { gate } = scriptedGate((question) => registry.answer(question));
  return { gates: () => ({ cases: gate, catalogue: gate }) };
});

const FAMILY = '999990020';
const PARTNER = {
  ...APPLICANT,
  omschrijvingGeneriek: 'belanghebbende',
  roltoelichting: 'Partner',
  betrokkeneIdentificatie: { inpBsn: FAMILY, voornamen: 'Sami', geslachtsnaam: 'Idrissi', geboortedatum: '1991-02-03' },
};
const PROPERTIES = [{ naam: 'reactietermijn', waarde: '2026-04-01' }];
const zaak = (uuid: string): Json => ({
  ...ZAAK,
  url: `https://z.example/zaken/${uuid}`,
  uuid,
  identificatie: `ZAAK-${uuid}`,
  status: STATUS.url,
  verlenging: { reden: 'Druk', duur: 'P3M' },
  opschorting: { indicatie: true, reden: 'Wacht op papieren' },
  vertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
  _expand: {
    ...ZAAK._expand,
    rollen: [APPLICANT, PARTNER],
    resultaat: { _expand: { resultaattype: { omschrijving: 'Verleend' } } },
    eigenschappen: PROPERTIES,
  },
});
const FIRST_TYPE = { ...STATUSTYPE, url: 'https://c.example/statustypen/1', omschrijving: 'Ontvangen', volgnummer: 1 };
const FIRST_STATUS = {
  url: 'https://z.example/statussen/8',
  datumStatusGezet: '2026-01-12T09:00:00Z',
  statustype: FIRST_TYPE.url,
};
const GOOD = {
  search: page([zaak('u1'), zaak('u2')]),
  statuses: page([STATUS, FIRST_STATUS]),
  types: page([STATUSTYPE, FIRST_TYPE]),
  roles: page([APPLICANT, PARTNER]),
  procedure: ZAAK._expand.zaaktype,
  properties: PROPERTIES,
};

/** The registry's answers, of which some are replaced. There is one page of each. */
function answering(given: Partial<Record<keyof typeof GOOD, unknown>>): void {
  const of = { ...GOOD, ...given };
  registry.answer = ({ path, body }) => {
    const [name = ''] = path.split('?');
    if (path.includes('page=')) return { status: 404 };
    if (name.endsWith('/_zoek')) return sent(JSON.stringify(body).includes('uuid__in') ? page([]) : of.search);
    if (name.endsWith('/zaakeigenschappen')) return sent(of.properties);
    if (name.startsWith('/statussen/')) return sent(STATUS);
    if (name === '/statussen') return sent(of.statuses);
    if (name === '/statustypen') return sent(of.types);
    return sent(name === '/rollen' ? of.roles : of.procedure);
  };
}

/** As text, since a text of JSON is an odd answer too. */
const sent = (body: unknown) => ({ body: JSON.stringify(body) ?? '' });

async function read() {
  await clearCaches();
  const loaded = await casesOf(viewer);
  return { ...loaded, cases: loaded.state === 'unavailable' ? [] : loaded.value };
}

async function readSteps() {
  const [first] = (await read()).cases;
  if (!first) throw new Error('no case');
  return { history: await historyOf(viewer, first), steps: await stepsOf(first) };
}

const differences = (one: object, other: object): string[] =>
  Object.entries(one).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(Object.entries(other).find(([each]) => each === name)?.[1]) ? [] : [name],
  );

beforeEach(() => answering({}));
afterEach(() => clearCaches());

describe('a case', () => {
  /** What of a case comes from each of its fields. */
  const FACTS: Readonly<Record<string, readonly string[]>> = {
    url: ['address'],
    uiterlijkeEinddatumAfdoening: ['decideBy'],
    verlenging: ['extension'],
    opschorting: ['suspension'],
    kenmerken: ['vNumber'],
    '_expand.zaaktype': ['procedure', 'procedureName', 'statutoryTerm'],
    '_expand.status': ['current'],
    '_expand.rollen': ['parties', 'self'],
    '_expand.eigenschappen': ['request'],
  };
  /** Without these nobody can tell which case it is, or whose. */
  const NEEDED = ['identificatie', 'startdatum', '_expand.rollen'];

  test('with an odd field lacks only what comes from it', async () => {
    const good = await read();
    expect(good).toMatchObject({ state: 'fresh', cases: [{ current: { stage: 'review' } }, { id: 'u2' }] });
    for (const odd of oddAnswersOf(GOOD.search).filter(({ path }) => path[0] === 'results' && path[1] === '0')) {
      const { what, body, path } = odd;
      answering({ search: body });
      const found = await read();
      const [field = '', inner] = path.slice(2);
      const name = field === '_expand' && inner ? `${field}.${inner}` : field;
      // The applicant's whole role, and not only a field of it: the rest is another person's case.
      if (what.endsWith('rollen.0 is absent')) {
        expect(found, what).toMatchObject({ state: 'unavailable', why: 'foreign' });
        continue;
      }
      const [first, second] = ['u1', 'u2'].map((id) => found.cases.find((theCase) => theCase.id === id));
      expect(second, what).toEqual(good.cases[1]);
      if (first) {
        const allowed = meansTheSame(odd, GOOD.search) ? [] : (FACTS[name] ?? []);
        expect(allowed, `${what}: ${found.state}`).toEqual(
          expect.arrayContaining(differences(first, good.cases[0] ?? {})),
        );
        const numbers = first.parties.flatMap(({ ids }) => ids.map(({ value }) => value));
        expect([ME, FAMILY], what).toEqual(expect.arrayContaining(numbers));
      } else {
        expect(found.state, what).toBe('partial');
        expect(['', ...NEEDED], what).toContain(name);
      }
    }
  });

  test('has no text without end', async () => {
    for (const { what, body } of endlessAnswersOf(GOOD.search).filter(({ path }) => path[1] === '0')) {
      answering({ search: body });
      const { cases } = await read();
      expect(
        cases.map(({ id }) => id),
        what,
      ).toContain('u2');
      expect(longestTextIn(cases), what).toBeLessThanOrEqual(2_000);
    }
  });

  test('is never missing from the list without a word', async () => {
    for (const { what, body } of oddAnswersOf(GOOD.search).filter(
      ({ path }) => path[0] !== 'results' || path.length === 1,
    )) {
      answering({ search: body });
      const found = await read();
      if (found.state === 'fresh') expect(found.cases, what).toHaveLength(2);
      else expect(['partial', 'unavailable'], what).toContain(found.state);
    }
  });

  test.each(['roles', 'procedure', 'properties'] as const)('asks %s that may be odd', async (name) => {
    const bare = page([zaak('u1'), zaak('u2')].map((row, index) => (index === 0 ? { ...row, _expand: null } : row)));
    answering({ search: bare });
    const good = await read();
    expect(good).toMatchObject({ state: 'fresh', cases: { length: 2 } });
    for (const odd of oddAnswersOf(GOOD[name])) {
      answering({ search: bare, [name]: odd.body });
      const found = await read();
      if (name === 'roles' && found.state === 'unavailable') {
        expect(found, odd.what).toMatchObject({ why: 'foreign' });
        expect(odd.path.length, odd.what).toBeLessThan(3);
        continue;
      }
      expect(
        found.cases.find(({ id }) => id === 'u2'),
        odd.what,
      ).toEqual(good.cases[1]);
      if (meansTheSame(odd, GOOD[name])) expect(found.cases, odd.what).toEqual(good.cases);
      if (name !== 'roles') expect(found.cases, odd.what).toHaveLength(2);
      else if (found.cases.length < 2) expect(found.state, odd.what).toBe('partial');
    }
  });
});

describe('a history', () => {
  test.each(['statuses', 'types'] as const)('with odd %s lacks the odd step only, and says so', async (name) => {
    const good = await readSteps();
    expect(good).toMatchObject({ history: { state: 'fresh', value: { length: 2 } }, steps: { value: { length: 2 } } });
    for (const odd of oddAnswersOf(GOOD[name])) {
      answering({ [name]: odd.body });
      const { history, steps } = await readSteps();
      expectOthers(odd, history, name);
      if (name === 'types') expectOthers(odd, steps, name);
    }

    function expectOthers(
      odd: OddAnswer,
      loaded: Awaited<ReturnType<typeof historyOf>> | Awaited<ReturnType<typeof stepsOf>>,
      of: 'statuses' | 'types',
    ) {
      const { what, path } = odd;
      if (meansTheSame(odd, GOOD[of])) expect(loaded.state, what).toBe('fresh');
      if (path[0] !== 'results' || path.length < 3) return;
      const stages = loaded.state === 'unavailable' ? [] : loaded.value.map(({ stage }) => stage);
      expect(stages, what).toContain(path[1] === '0' ? 'received' : 'review');
      if (stages.length < 2) expect(loaded.state, what).toBe('partial');
    }
  });
});
