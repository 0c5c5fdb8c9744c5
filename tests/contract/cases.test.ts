import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import {
  BY_BSN,
  BY_OFFICE,
  BY_V_NUMBER,
  call,
  searchCases,
  type TokenChange,
  zgwHeaders,
  zgwToken,
} from './agency-client';

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-11-23T10:00:00Z' });
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

const bsnOf = (slug: string) => agency.world.personCalled(slug)?.bsn ?? '';
const casesOf = (slug: string, more: Readonly<Record<string, unknown>> = {}) =>
  searchCases(agency.url, {
    [BY_BSN]: bsnOf(slug),
    maximaleVertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
    ...more,
  });

describe('authorisation', () => {
  const refusals: readonly (readonly [string, TokenChange, string])[] = [
    ['another secret', { secret: 'guessed' }, 'jwt-signature-error'],
    ['another client', { claims: { client_id: 'somebody' } }, 'jwt-signature-error'],
    ['no signature algorithm', { alg: 'none' }, 'jwt-invalid-alg'],
    ['an age of more than an hour', { claims: { iat: Math.floor(Date.now() / 1000) - 3700 } }, 'jwt-expired'],
    ['a time that is to come', { claims: { iat: Math.floor(Date.now() / 1000) + 600 } }, 'jwt-not-yet-valid'],
    ['no end user', { claims: { user_id: undefined } }, 'jwt-missing-claim'],
    ['no time', { claims: { iat: undefined } }, 'jwt-missing-iat'],
  ];
  it.each(refusals)('refuses a token with %s', async (_, change, code) => {
    const answer = await call(`${agency.url}/catalogi/api/v1/zaaktypen`, { headers: zgwHeaders(zgwToken(change)) });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.code).toBe(code);
  });

  it('requires a token, and the coordinate system header for cases', async () => {
    expect((await call(`${agency.url}/zaken/api/v1/rollen`)).status).toBe(403);
    const { 'accept-crs': _, ...headers } = zgwHeaders();
    const uuid = agency.world.cases[0]?.uuid;
    expect((await call(`${agency.url}/zaken/api/v1/zaken/${uuid}`, { headers })).status).toBe(406);
  });
});

describe('searching cases', () => {
  it("finds one person's cases by BSN, or by V-number without a BSN", async () => {
    const amal = await casesOf('amal');
    expect(amal.body.results.map(({ identificatie }: { identificatie: string }) => identificatie)).toEqual([
      'Z1-2048-1001',
    ]);
    const yonas = agency.world.personCalled('yonas');
    expect(yonas?.bsn).toBeNull();
    const found = await searchCases(agency.url, { [BY_V_NUMBER]: yonas?.vNumber });
    expect(found.body.results[0].identificatie).toBe('Z1-2048-1002');
    expect((await casesOf('nocases')).body).toEqual({ count: 0, next: null, previous: null, results: [] });
  });

  it('matches role and number on the same person', async () => {
    const sponsor = { rol__omschrijvingGeneriek: 'initiator' };
    expect((await casesOf('haddad-sponsor')).body.count).toBe(1);
    expect((await casesOf('haddad-sponsor', sponsor)).body.count).toBe(0);
  });

  it('leaves out cases above the requested confidentiality', async () => {
    expect((await casesOf('ravi')).body.count).toBe(1);
    expect((await casesOf('ravi', { maximaleVertrouwelijkheidaanduiding: 'zeer_geheim' })).body.count).toBe(2);
  });

  it('accepts expansions as a string or a list, nests them, and orders', async () => {
    const byString = await casesOf('viktor', { expand: 'status.statustype,rollen', ordering: '-startdatum' });
    const byList = await casesOf('viktor', { expand: ['status.statustype', 'rollen'], ordering: '-startdatum' });
    expect(byList.body).toEqual(byString.body);
    const started = byString.body.results.map(({ startdatum }: { startdatum: string }) => startdatum);
    expect(started).toEqual([...started].sort().reverse());
    expect(byString.body.results[0]._expand.status._expand.statustype.omschrijving).toBe('Wacht op informatie');
    expect((await casesOf('viktor')).body.results[0]._expand).toEqual({});
  });

  it('returns an office of 240 clients in pages of 100', async () => {
    const office = { [BY_OFFICE]: agency.world.personCalled('adv-large')?.office?.number };
    const first = await searchCases(agency.url, office);
    expect([first.body.count, first.body.results.length, first.body.previous]).toEqual([240, 100, null]);
    const last = await searchCases(agency.url, office, '?page=3');
    expect([last.body.results.length, last.body.next]).toEqual([40, null]);
    expect((await searchCases(agency.url, office, '?page=4')).status).toBe(404);
  });

  it('refuses an empty search, an unknown field and an unknown expansion', async () => {
    expect((await searchCases(agency.url, {})).status).toBe(400);
    expect((await casesOf('amal', { naam: 'x' })).status).toBe(400);
    expect((await casesOf('amal', { expand: 'zaaktype,besluiten' })).status).toBe(400);
  });
});

describe('one case', () => {
  it('has an ETag that allows a 304 response', async () => {
    const url = `${agency.url}/zaken/api/v1/zaken/${agency.world.cases[0]?.uuid}?expand=status`;
    const first = await call(url, { headers: zgwHeaders() });
    const etag = first.headers.get('etag') ?? '';
    const second = await call(url, { headers: { ...zgwHeaders(), 'if-none-match': etag } });
    expect([first.status, second.status]).toEqual([200, 304]);
  });

  it('is a 404 for an unknown id', async () => {
    const url = `${agency.url}/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000`;
    expect((await call(url, { headers: zgwHeaders() })).status).toBe(404);
  });

  it('from the older system has an incomplete, ascending history without times', async () => {
    const file = agency.world.cases.find(({ quirks }) => quirks);
    const address = encodeURIComponent(`${agency.url}/zaken/api/v1/zaken/${file?.uuid}`);
    const { body } = await call(`${agency.url}/zaken/api/v1/statussen?zaak=${address}`, { headers: zgwHeaders() });
    const times = body.results.map(({ datumStatusGezet }: { datumStatusGezet: string }) => datumStatusGezet);
    expect(times).toHaveLength((file?.history.length ?? 0) - 1);
    expect(times).toEqual([...times].sort());
    expect(body.results.some(({ indicatieLaatstGezetteStatus: last }: { [key: string]: boolean }) => last)).toBe(false);
  });
});

describe('faults of the cases API', () => {
  it('"foreign" returns a case of another person', async () => {
    agency.setFault('cases', 'foreign');
    const { body } = await casesOf('amal', { expand: 'rollen' });
    expect(body.count).toBe(1);
    expect(JSON.stringify(body)).not.toContain(bsnOf('amal'));
  });

  it('"partial" returns fewer cases than counted, and breaks a single one', async () => {
    agency.setFault('cases', 'partial');
    const many = await casesOf('viktor');
    expect([many.body.count, many.body.results.length]).toEqual([3, 2]);
    const second = await searchCases(agency.url, { [BY_BSN]: bsnOf('viktor') }, new URL(many.body.next).search);
    expect(second.status).toBe(500);
    const [only] = (await casesOf('amal')).body.results;
    expect(only.url).toBeUndefined();
  });

  it('"malformed" truncates the response, "error" is a 500, "down" resets the socket', async () => {
    agency.setFault('cases', 'malformed');
    await expect(casesOf('amal')).rejects.toThrow(SyntaxError);
    agency.setFault('cases', 'error');
    expect((await casesOf('amal')).status).toBe(500);
    agency.setFault('cases', 'down');
    await expect(casesOf('amal')).rejects.toThrow('fetch failed');
    agency.setFault('cases', 'none');
    expect((await casesOf('amal')).status).toBe(200);
  });
});
