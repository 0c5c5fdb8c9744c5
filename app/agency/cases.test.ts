import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearCaches } from '~/platform/caches.server';
import { unnamedValues } from '~/platform/metrics.server';
import { EMPLOYEE, ME, viewer } from '../../tests/agency/people';
import { expanded, type Json, STATUS, STATUSTYPE } from '../../tests/agency/zaak';
import { callerOf, casesOf } from './cases.server';

let pages: Json[][] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://registry').searchParams.get('page') ?? 1);
    const next = page < pages.length ? `http://registry/?page=${page + 1}` : null;
    const body = { count: pages.flat().length, next, previous: null, results: pages[page - 1] ?? [] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.ZAKEN_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const rol = (inpBsn: string, omschrijvingGeneriek: string, roltoelichting: string, given: Json = {}): Json => ({
  betrokkeneType: 'natuurlijk_persoon',
  omschrijvingGeneriek,
  roltoelichting,
  betrokkeneIdentificatie: { inpBsn, voornamen: `Person ${inpBsn}`, voorvoegselGeslachtsnaam: null },
  ...given,
});
const zaak = (uuid: string, ...rollen: Json[]): Json => ({
  ...expanded({ rollen }),
  uuid,
  identificatie: `ZAAK-${uuid}`,
});
const mine = (uuid: string): Json => zaak(uuid, rol(ME, 'initiator', 'Aanvrager'));
async function answered(...given: Json[][]) {
  pages = given;
  const cases = await casesOf(viewer);
  return { ...cases, ids: 'value' in cases ? cases.value.map(({ id }) => id) : null };
}

describe('a person’s cases', () => {
  test.each(['adviseur', 'behandelaar', 'beslisser', 'klantcontacter', 'zaakcoordinator'])(
    'leave out one in which they are %s',
    async (generic) => {
      const other = zaak('u1', rol('1', 'initiator', 'Aanvrager'), rol(ME, generic, generic));
      expect(await answered([other, mine('u2')])).toMatchObject({ state: 'fresh', ids: ['u2'] });
    },
  );

  test.each([
    ['beginGeldigheid', 'soon'],
    ['eindeGeldigheid', 'P1Y'],
    ['omschrijvingGeneriek', 'aanvrager'],
  ])('are not called none when a role’s %s is %s', async (field, value) => {
    const unclear = rol(ME, 'initiator', 'Aanvrager', { [field]: value });
    expect(await answered([zaak('u1', unclear)])).toMatchObject({ state: 'partial', ids: [] });
  });

  test.each([
    ['', {}, 'partial'],
    ['', { eindeGeldigheid: '2026-01-01' }, 'fresh'],
    ['Contactpersoon', {}, 'fresh'],
  ])('are not called none when their part is %j, %j: %s', async (part, given, state) => {
    const bare = rol(ME, 'belanghebbende', part, given);
    const filed = rol('1', 'initiator', 'Aanvrager');
    expect(await answered([zaak('u1', filed, bare)])).toMatchObject({ state, ids: [] });
  });

  test('are whole when another role tells their part', async () => {
    const roles = [rol(ME, 'initiator', 'Aanvrager'), rol(ME, 'belanghebbende', '')];
    expect(await answered([zaak('u1', ...roles)])).toMatchObject({ state: 'fresh', ids: ['u1'] });
  });

  test.each([
    ['geheim', 'fresh'],
    ['Zeer geheim', 'fresh'],
    ['niveau 3', 'partial'],
  ])('hide one that is %s, in a list that is %s', async (vertrouwelijkheidaanduiding, state) => {
    expect(await answered([{ ...mine('u1'), vertrouwelijkheidaanduiding }])).toMatchObject({ state, ids: [] });
  });

  test('leave out one in which they are somebody’s proxy', async () => {
    const proxy = rol(ME, 'belanghebbende', 'gemachtigde', { indicatieMachtiging: 'gemachtigde' });
    expect(await answered([zaak('u1', rol('1', 'initiator', 'Aanvrager'), proxy)])).toMatchObject({ ids: [] });
  });

  test('are refused whole when one names them in no role', async () => {
    expect(await answered([mine('u1'), zaak('u2', rol('1', 'initiator', ''))])).toMatchObject({
      state: 'unavailable',
      why: 'foreign',
    });
  });

  test('are asked of nobody while a registry answers two people with others’', async () => {
    const wrong = zaak('u2', rol('1', 'initiator', ''));
    const another = { ...viewer, actor: { ...viewer.actor, id: 'another' } };
    pages = [[wrong]];
    clearCaches();
    expect(await casesOf(viewer)).toMatchObject({ why: 'foreign' });
    pages = [[mine('u1')]];
    expect(await casesOf(viewer)).toMatchObject({ state: 'fresh' });
    pages = [[wrong]];
    expect(await casesOf(another)).toMatchObject({ why: 'foreign' });
    pages = [[mine('u1')]];
    expect(await casesOf(viewer)).toMatchObject({ state: 'unavailable', why: 'foreign' });
    clearCaches();
    expect(await casesOf(viewer)).toMatchObject({ state: 'fresh' });
  });

  test('are counted by what the agency’s folder does not name', async () => {
    const counted = async () => (await unnamedValues.get()).values.map(({ labels, value }) => [labels.kind, value]);
    unnamedValues.reset();
    const odd = {
      ...expanded({
        rollen: [rol(ME, 'initiator', 'Aanvrager')],
        zaaktype: { identificatie: 'NEW', omschrijving: 'New' },
        status: {
          ...STATUS,
          _expand: { statustype: { ...STATUSTYPE, omschrijving: 'Brand new', isEindstatus: true } },
        },
        resultaat: { _expand: { resultaattype: { omschrijving: 'Overleden' } } },
      }),
    };
    expect(await answered([odd])).toMatchObject({ state: 'fresh', value: [{ procedure: null }] });
    expect(await counted()).toEqual([
      ['procedure', 1],
      ['stage', 1],
      ['result', 1],
    ]);
  });

  test('hold one that the registry answers twice once, with one person', async () => {
    const twice = zaak('u1', rol(ME, 'initiator', 'Aanvrager'), rol(ME, 'belanghebbende', 'Aanvrager'));
    const found = await answered([twice, twice]);
    expect(found).toMatchObject({ state: 'fresh', ids: ['u1'] });
    expect(found.state === 'fresh' && found.value[0]?.parties).toHaveLength(1);
  });

  test('may be incomplete when two pages overlap', async () => {
    expect(await answered([mine('u1'), mine('u2')], [mine('u2'), mine('u3')])).toMatchObject({
      state: 'partial',
      ids: ['u1', 'u2', 'u3'],
    });
  });
});

describe('the person of a reference', () => {
  const client = rol(ME, 'belanghebbende', 'Aanvrager', { indicatieMachtiging: 'machtiginggever' });
  const proxy = rol('1', 'initiator', 'Gemachtigde', { indicatieMachtiging: 'gemachtigde' });
  const found = async (...rows: Json[]) => {
    pages = [rows];
    const caller = await callerOf(EMPLOYEE, 'grant', 'question-page', 'ZAAK-u1');
    return 'value' in caller ? (caller.value?.subject.person.value ?? null) : caller.why;
  };

  test('is the client and not the proxy who filed', async () => {
    expect(await found(zaak('u1', proxy, client))).toBe(ME);
  });

  test('is found when the case is answered twice', async () => {
    expect(await found(mine('u1'), mine('u1'))).toBe(ME);
    expect(await found(mine('u1'), { ...mine('u2'), identificatie: 'ZAAK-u1' })).toBeNull();
  });
});
