import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Route from '~/routes/backchannel-logout';
import { openTestStore } from '../database';
import { browser, pick } from './browser';
import { startHostileProvider } from './hostile-provider';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

let store: Awaited<ReturnType<typeof openTestStore>>;
let provider: Awaited<ReturnType<typeof startHostileProvider>>;
let route: typeof Route;
const portal = createServer(async (incoming, outgoing) => {
  let body = '';
  for await (const chunk of incoming) body += chunk;
  outgoing.writeHead((await post(new URLSearchParams(body).get('logout_token') ?? '')).status).end();
});

beforeAll(async () => {
  store = await openTestStore();
  portal.listen(0, '127.0.0.1');
  await once(portal, 'listening');
  const address = portal.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  provider = await startHostileProvider({
    backchannel_logout_uri: `http://127.0.0.1:${port}/auth/backchannel-logout`,
    backchannel_logout_session_required: true,
  });
  vi.stubEnv('OIDC_ISSUER', provider.issuer);
  vi.stubEnv('OIDC_CLIENT_SECRET', 'demo-oidc-secret');
  route = await import('~/routes/backchannel-logout');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  portal.close();
  await Promise.all([store.close(), provider.stop()]);
});

async function post(token: string): Promise<Response> {
  const request = new Request('http://localhost:3000/auth/backchannel-logout', {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });
  return route.action({ request });
}

const signedIn = (id: string, providerSession: string | null) => ({
  ...{ id, way: '', role: 'applicant' as const, name: 'Amal', person: { kind: 'bsn' as const, value: '111222333' } },
  ...{ office: null, advisorNumber: null, assurance: null, staffRoles: [], providerSession, token: null },
});

/** Opens a session as the callback does. Resolves to whether it still lives. */
async function open(id: string, providerSession: string | null = null): Promise<() => Promise<boolean>> {
  const { openSession } = await import('~/identity/session.server');
  const { readSession } = await import('~/store/session.server');
  const session = await openSession(new Request('http://localhost:3000/'), signedIn(id, providerSession), false);
  return async () => (await readSession(session, Temporal.Now.instant())) !== null;
}

function goodClaims() {
  const iat = Math.floor(Date.now() / 1000);
  const names = { iss: provider.issuer, aud: 'zicht', sub: 'amal' };
  return { ...names, iat, exp: iat + 120, jti: randomUUID(), events: { [EVENT]: {} } };
}

describe('a valid logout token', () => {
  test('ends every session of the person and of nobody else', async () => {
    const [phone, computer, other] = await Promise.all([open('amal'), open('amal', 's1'), open('olena', 's2')]);
    expect((await post(await provider.signed(goodClaims()))).status).toBe(200);
    expect([await phone(), await computer(), await other()]).toEqual([false, false, true]);
  });

  test('that names a provider session alone ends that one', async () => {
    const [here, there] = await Promise.all([open('chen', 's3'), open('chen', 's4')]);
    expect((await post(await provider.signed({ ...goodClaims(), sub: undefined, sid: 's3' }))).status).toBe(200);
    expect([await here(), await there()]).toEqual([false, true]);
  });

  test('counts once', async () => {
    const token = await provider.signed(goodClaims());
    expect((await post(token)).status).toBe(200);
    const later = await open('amal');
    expect((await post(token)).status).toBe(400);
    expect(await later()).toBe(true);
  });

  test('comes from the provider itself when a person signs out there', async () => {
    const { departure, arrival, providerSignOut } = await import('~/identity/openid.server');
    const { open: visit } = browser(provider.issuer);
    const left = await departure('nl');
    const back = await visit((await visit(left.address)).url, pick('sofia'));
    const arrived = await arrival(new Request(back.url), left.departure);
    expect(arrived.providerSession).toMatch(/./);
    const lives = await open(arrived.id, arrived.providerSession);
    await visit((await providerSignOut(null, 'nl')) ?? '');
    await expect.poll(lives, { timeout: 2_000, interval: 20 }).toBe(false);
  });
});

describe('an invalid logout token ends nothing', () => {
  let lives: () => Promise<boolean>;
  beforeEach(async () => {
    lives = await open('amal');
  });
  const now = () => Math.floor(Date.now() / 1000);

  test.each<[string, () => object]>([
    ['of another issuer', () => ({ ...goodClaims(), iss: 'https://evil.example' })],
    ['for another client', () => ({ ...goodClaims(), aud: 'another' })],
    ['without its event', () => ({ ...goodClaims(), events: {} })],
    ['with an event that is no object', () => ({ ...goodClaims(), events: { [EVENT]: true } })],
    ['with a nonce', () => ({ ...goodClaims(), nonce: 'n' })],
    ['without sub and sid', () => ({ ...goodClaims(), sub: undefined })],
    ['without jti', () => ({ ...goodClaims(), jti: undefined })],
    ['without exp', () => ({ ...goodClaims(), exp: undefined })],
    ['without iat', () => ({ ...goodClaims(), iat: undefined })],
    ['that has expired', () => ({ ...goodClaims(), exp: now() - 60 })],
    ['from the future', () => ({ ...goodClaims(), iat: now() + 600, exp: now() + 700 })],
    ['from an hour ago', () => ({ ...goodClaims(), iat: now() - 3_600 })],
  ])('%s', async (_name, claims) => {
    const answer = await post(await provider.signed(claims()));
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_request' }]);
    expect(await lives()).toBe(true);
  });

  test.each(['JWT', undefined, 'at+jwt'])('of the type %s', async (typ) => {
    expect((await post(await provider.signed(goodClaims(), { typ }))).status).toBe(400);
    expect(await lives()).toBe(true);
  });

  test('by a foreign key, cut, or no token at all', async () => {
    const good = await provider.signed(goodClaims());
    for (const token of [await provider.signed(goodClaims(), {}, provider.foreignKey), good.slice(0, -40), 'x', ''])
      expect((await post(token)).status).toBe(400);
    expect(await lives()).toBe(true);
  });
});

test('only the address of the back-channel takes posts of another origin', async () => {
  const { refusalOf } = await import('~/server/guards.server');
  const form = { method: 'POST', headers: {} };
  const refused = (url: string) => refusalOf({ ...form, url }, 'http://localhost:3000')?.status;
  expect(refused('/auth/backchannel-logout')).toBeUndefined();
  for (const url of ['/auth/backchannel-logout?x', '/auth/callback', '/nl/sign-out', '/'])
    expect(refused(url)).toBe(403);
});
