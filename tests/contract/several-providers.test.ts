import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OIDC_CLIENT } from '../../mocks/secrets';
import { openTestStore } from '../database';
import { routeArgs } from '../route-args';
import { browser, pick } from './browser';
import { startHostileProvider } from './hostile-provider';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LEVELS = ['low', 'substantial', 'high'];

let store: Awaited<ReturnType<typeof openTestStore>>;
let eid: Awaited<ReturnType<typeof startHostileProvider>>;
let office: Awaited<ReturnType<typeof startHostileProvider>>;

beforeAll(async () => {
  const callback = 'http://localhost:3000/auth/callback';
  [store, eid, office] = await Promise.all([
    openTestStore(),
    startHostileProvider({ redirect_uris: [callback, `${callback}/eid`] }),
    startHostileProvider({ redirect_uris: [callback, `${callback}/office`] }),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'zicht-providers-'));
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  const applicants = { levels: LEVELS, applicant: 'substantial' };
  const employees = { levels: LEVELS, staff: 'high' };
  const providers = {
    eid: { roles: ['applicant'], texts: { en: 'With your eID', nl: 'Met uw eID' }, assurance: applicants },
    office: { roles: ['staff'], texts: { en: 'As an employee' }, assurance: employees },
  };
  writeFileSync(join(folder, 'sign-in.json'), JSON.stringify({ providers }));
  const client = { clientId: OIDC_CLIENT.id, clientSecret: OIDC_CLIENT.secret };
  const list = [
    { name: 'eid', issuer: eid.issuer, ...client },
    { name: 'office', issuer: office.issuer, ...client },
  ];
  for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ASSURANCE']) vi.stubEnv(name, '');
  vi.stubEnv('OIDC_PROVIDERS', JSON.stringify(list));
  vi.stubEnv('AGENCY_DIR', folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([store.close(), eid.stop(), office.stop()]);
});

async function arriveBy(way: 'eid' | 'office', slug: string) {
  const { departure, arrival } = await import('~/identity/openid.server');
  const left = await departure('en', undefined, way);
  const { open } = browser({ eid, office }[way].issuer);
  const picker = await open(left.address);
  const back = await open(picker.url, pick(slug));
  return arrival(new Request(back.url), left.departure);
}

test('the sign-in page offers each provider in words of the agency', async () => {
  const { loader } = await import('~/routes/sign-in');
  const answer = await loader(routeArgs(new Request('http://localhost:3000/en/sign-in')));
  expect(answer).toMatchObject({
    ways: [
      { name: 'eid', label: 'With your eID', language: 'en' },
      { name: 'office', label: 'As an employee', language: 'en' },
    ],
  });
});

test('subjects of one name at two providers stay apart', async () => {
  const applicant = await arriveBy('eid', 'amal');
  const employee = await arriveBy('office', 'desk-1');
  expect(applicant).toMatchObject({ way: 'eid', role: 'applicant', id: expect.stringMatching(/^eid~/) });
  expect(employee).toMatchObject({ way: 'office', role: 'staff', id: expect.stringMatching(/^office~/) });
  for (const lead of employee.employee?.leads ?? []) expect(lead).toMatch(/^office~/);
});

describe('the answer of one issuer does not count for another', () => {
  const silentIssuer = (metadata: Readonly<Record<string, unknown>>) => ({
    ...metadata,
    authorization_response_iss_parameter_supported: undefined,
  });
  beforeEach(async () => {
    const { clearCaches } = await import('~/platform/caches.server');
    clearCaches();
  });
  afterEach(async () => {
    eid.tamper({});
    const { clearCaches } = await import('~/platform/caches.server');
    clearCaches();
  });

  test('one that does not name itself has a callback of its own', async () => {
    eid.tamper({ metadata: silentIssuer });
    const { departure, arrival } = await import('~/identity/openid.server');
    const left = await departure('en', undefined, 'eid');
    const { open } = browser(eid.issuer);
    const back = new URL((await open((await open(left.address)).url, pick('amal'))).url);
    expect(back.pathname).toBe('/auth/callback/eid');
    back.searchParams.delete('iss');
    expect(await arrival(new Request(back), left.departure)).toMatchObject({ way: 'eid', name: 'Amal Haddad' });
  });

  test.each([
    ['names itself', false],
    ['does not name itself', true],
  ])('a mixed-up code is not sent to a provider that %s', async (_name, isSilent) => {
    if (isSilent) eid.tamper({ metadata: silentIssuer });
    const { departure, arrival } = await import('~/identity/openid.server');
    const [hostile, honest] = [await departure('en', undefined, 'eid'), await departure('en', undefined, 'office')];
    const { open } = browser(office.issuer);
    const back = new URL((await open((await open(honest.address)).url, pick('desk-1'))).url);
    back.searchParams.set('state', hostile.departure.state);
    for (const path of ['/auth/callback', '/auth/callback/office', '/auth/callback/eid']) {
      back.pathname = path;
      await expect(arrival(new Request(back), hostile.departure), path).rejects.toThrow();
    }
    expect(eid.requests).not.toContain('/token');
  });
});

test('a provider for applicants makes no employee', async () => {
  await expect(arriveBy('eid', 'desk-1')).rejects.toThrow('role: not one of this provider');
});

test('each provider has levels of its own', async () => {
  office.tamper({ claims: (given) => ({ ...given, acr: 'low' }) });
  await expect(arriveBy('office', 'desk-1')).rejects.toThrow('acr: below the least level');
  office.tamper({});
});

test('a logout token ends sessions of its own provider only', async () => {
  const { openSession } = await import('~/identity/session.server');
  const { readSession } = await import('~/store/session.server');
  const { endSessionsBy } = await import('~/identity/logout-token.server');
  const signedIn = { role: 'applicant' as const, name: 'Amal', person: { kind: 'bsn' as const, value: '111222333' } };
  const rest = {
    office: null,
    advisorNumber: null,
    assurance: null,
    staffRoles: [],
    providerSession: null,
    token: null,
  };
  const open = (way: string) =>
    openSession(new Request('http://localhost:3000/'), { ...signedIn, ...rest, way, id: `${way}~amal` }, false);
  const [one, other] = [await open('eid'), await open('office')];
  const iat = Math.floor(Date.now() / 1000);
  const claims = { aud: OIDC_CLIENT.id, sub: 'amal', iat, exp: iat + 120, jti: randomUUID(), events: { [EVENT]: {} } };
  expect(await endSessionsBy(await eid.signed({ ...claims, iss: eid.issuer }))).toBe(1);
  const lives = async (id: string) => (await readSession(id, Temporal.Now.instant())) !== null;
  expect([await lives(one), await lives(other)]).toEqual([false, true]);
  // Another provider's key under this issuer's name.
  await expect(endSessionsBy(await eid.signed({ ...claims, jti: randomUUID(), iss: office.issuer }))).rejects.toThrow();
  expect(await lives(other)).toBe(true);
});
