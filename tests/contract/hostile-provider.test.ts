import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { routeArgs } from '../route-args';
import { browser, pick } from './browser';
import { startHostileProvider, type Tampering } from './hostile-provider';

const LEVELS = { levels: ['low', 'substantial', 'high'], applicant: 'substantial', advisor: 'substantial' };
const ASSURANCE = JSON.stringify({ ...LEVELS, staff: 'high', stepUp: 'high' });
const OTHERS_BSN = '111222333';
const secondsNow = () => Math.floor(Date.now() / 1000);

let provider: Awaited<ReturnType<typeof startHostileProvider>>;
beforeAll(async () => {
  provider = await startHostileProvider();
});
afterEach(() => {
  vi.unstubAllEnvs();
  provider.tamper({});
});
afterAll(() => provider.stop());

let loadedWith: string | undefined;

/** The portal's sign-in with empty caches, and with fresh modules where the settings differ from the test before. */
async function portal(settings: Readonly<Record<string, string | undefined>> = {}) {
  const secret = { OIDC_CLIENT_SECRET: 'demo-oidc-secret' };
  const all = { OIDC_ISSUER: provider.issuer, OIDC_ASSURANCE: ASSURANCE, ...secret, ...settings };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const environment = JSON.stringify(process.env);
  if (loadedWith !== environment) vi.resetModules();
  loadedWith = environment;
  await (await import('~/platform/caches.server')).clearCaches();
  return import('~/identity/openid.server');
}

/** Signs a person in. `onTheWay` changes the callback's address. */
async function signIn(
  slug: string,
  settings: Readonly<Record<string, string | undefined>> = {},
  onTheWay: (address: URL) => void = () => {},
) {
  const { departure, arrival } = await portal(settings);
  const left = await departure('nl');
  const { open } = browser(settings.OIDC_ISSUER ?? provider.issuer);
  const picker = await open(left.address);
  const back = new URL((await open(picker.url, pick(slug))).url);
  onTheWay(back);
  return { arrived: await arrival(new Request(back), left.departure), back, left, arrival };
}

const BSN = 'urn:nl-eid-gdi:1.0:id:BSN';
const nested = (depth: number): object =>
  depth === 0
    ? { iss: 'https://machtigen.example', sub: OTHERS_BSN, sub_id_type: BSN }
    : { iss: 'https://machtigen.example', sub: `office-${depth}`, represents: nested(depth - 1) };

describe('a hostile provider is refused', () => {
  const claims = (change: object): Tampering => ({ claims: (given) => ({ ...given, ...change }) });
  test.each<[name: string, tampering: Tampering, reason: RegExp]>([
    ['an unsigned token (alg none)', { signature: 'none' }, /alg/],
    ['a token signed with the client secret', { signature: 'client secret' }, /"alg"|not allowed/i],
    ['a token signed with the public key as a secret', { signature: 'public key' }, /"alg"|not allowed/i],
    ['a token signed with a foreign key', { signature: 'foreign key' }, /signature/],
    ['a token that brings its own key', { signature: 'key in the header' }, /no applicable key/],
    ['a cut signature', { signature: 'cut' }, /signature/],
    ["another person's number under an old signature", { signature: 'of another text' }, /signature/],
    ['the nonce of another sign-in', claims({ nonce: 'another' }), /"nonce"/],
    ['a token without nonce', claims({ nonce: undefined }), /"nonce"/],
    ['a token of another issuer', claims({ iss: 'https://evil.example' }), /"iss"/],
    ['a token for another client', claims({ aud: 'another' }), /"aud"/],
    ['a token for several clients', claims({ aud: ['zicht', 'another'] }), /"aud"/],
    ['a token that another client asked for', claims({ azp: 'another' }), /azp/],
    ['an expired token', claims({ exp: secondsNow() - 120 }), /"exp"/],
    ['a token from the future', claims({ iat: secondsNow() + 600 }), /"iat"/],
    ['a token from yesterday', claims({ iat: secondsNow() - 86_400 }), /"iat"/],
    ['the sign-in of the person before', claims({ auth_time: secondsNow() - 120 }), /auth_time/],
    ['a token that tells no time of sign-in', claims({ auth_time: undefined }), /auth_time/],
    ['too weak a means of sign-in', claims({ acr: 'low' }), /acr/],
    ['an unknown means of sign-in', claims({ acr: 'excellent' }), /acr/],
    ['no word of the means of sign-in', claims({ acr: undefined }), /acr/],
    ['a BSN that fails the eleven-test', claims({ bsn: '111222334' }), /is no BSN/],
    ['a person without a number', claims({ bsn: undefined }), /without a number|"sub"/],
    ['an endless chain of representation', claims({ represents: nested(40) }), /represents: too-deep/],
    ['a representation that is not understood', claims({ represents: { name: 'somebody' } }), /represents/],
    ['an answer without ID token', { tokens: ({ id_token: _, ...rest }) => rest }, /id_token/],
    ['metadata of another issuer', { metadata: (all) => ({ ...all, issuer: 'https://evil.example' }) }, /issuer/i],
  ])('%s', async (name, tampering, reason) => {
    provider.tamper({
      ...tampering,
      ...(name === 'a person without a number' ? { userInfo: (given) => ({ ...given, sub: 'another' }) } : {}),
    });
    await expect(signIn('amal')).rejects.toSatisfy((error) => reason.test(messagesOf(error)));
  });

  test.each<[string, (address: URL) => void]>([
    ['a swapped state', (address) => address.searchParams.set('state', 'x'.repeat(43))],
    ['a code of nobody', (address) => address.searchParams.set('code', 'x'.repeat(43))],
    ['the answer of another issuer (mix-up)', (address) => address.searchParams.set('iss', 'https://evil.example')],
    ['an answer that names no issuer', (address) => address.searchParams.delete('iss')],
  ])('%s', async (_name, onTheWay) => {
    await expect(signIn('amal', {}, onTheWay)).rejects.toThrow();
  });

  test('a code that was used before', async () => {
    const { arrival, back, left } = await signIn('amal');
    await expect(arrival(new Request(back), left.departure)).rejects.toThrow();
  });
});

describe('an honest provider is accepted', () => {
  const amal = () => provider.world.personCalled('amal')?.bsn;

  test('with a client secret and pushed requests', async () => {
    const { arrived, left } = await signIn('amal');
    expect(arrived).toMatchObject({ role: 'applicant', person: { kind: 'bsn', value: amal() } });
    expect(arrived.token).toMatch(/.{20}/);
    expect([...new URL(left.address).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    expect(provider.requests).not.toContain('/me');
  });

  test('that leaves its first requests without an answer', async () => {
    provider.tamper({ silent: ['/.well-known/openid-configuration', '/jwks'] });
    expect((await signIn('amal')).arrived.person?.value).toBe(amal());
  });

  test('that takes no pushed requests', async () => {
    provider.tamper({ metadata: ({ pushed_authorization_request_endpoint: _, ...rest }) => rest });
    const { arrived, left } = await signIn('amal');
    expect(arrived.person?.value).toBe(amal());
    const { searchParams } = new URL(left.address);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      prompt: 'login',
      max_age: '600',
      acr_values: 'substantial high',
      code_challenge_method: 'S256',
    });
  });

  test('whose UserInfo has what the ID token lacks', async () => {
    provider.tamper({ claims: ({ bsn: _, role: __, ...rest }) => rest });
    expect((await signIn('amal')).arrived.person?.value).toBe(amal());
    expect(provider.requests).toContain('/me');
  });

  test('that puts everything but the subject at UserInfo', async () => {
    const kept = ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', 'auth_time', 'acr'];
    const few = (given: object) => Object.fromEntries(Object.entries(given).filter(([name]) => kept.includes(name)));
    for (const none of [undefined, null, '', '  ']) {
      provider.tamper({ claims: (given) => ({ ...few(given), name: none, bsn: none, v_number: none }) });
      expect((await signIn('amal')).arrived).toMatchObject({ name: 'Amal Haddad', person: { value: amal() } });
      expect(provider.requests).toContain('/me');
    }
    await expect(
      (async () => {
        provider.tamper({ claims: few, userInfo: (given) => ({ ...given, sub: 'another' }) });
        return signIn('amal');
      })(),
    ).rejects.toThrow();
  });

  test.each(['12345672', 12_345_672, '1234.56.72', 's00000000:012345672'])('that sends the BSN %j', async (bsn) => {
    provider.tamper({ claims: (given) => ({ ...given, bsn, v_number: null, office: null, represents: null }) });
    expect((await signIn('amal')).arrived.person?.value).toBe('012345672');
  });

  test.each([0, 2])('whose person acts for another, through %i others', async (depth) => {
    provider.tamper({ claims: (given) => ({ ...given, represents: nested(depth) }) });
    const { arrived } = await signIn('amal');
    expect(arrived).toMatchObject({ person: { value: amal() }, represented: { person: { value: OTHERS_BSN } } });
    expect(arrived.represented?.chain).toHaveLength(depth);
  });

  test('whose person acts for another and has no number', async () => {
    provider.tamper({ claims: ({ bsn: _, ...given }) => ({ ...given, represents: nested(1) }) });
    const { arrived } = await signIn('amal', { OIDC_CLAIMS: '{"bsn": "/nowhere"}' });
    expect(arrived).toMatchObject({ person: null, represented: { person: { value: OTHERS_BSN } } });
    provider.tamper({ claims: ({ bsn: _, ...given }) => ({ ...given, role: 'advisor', represents: nested(1) }) });
    await expect(signIn('adv-small')).rejects.toThrow('represents: role');
  });

  test.each([{}, null, '', '.', ' ', { iss: '', sub: '.', sub_id_type: null }])(
    'whose word of a representation is none: %j',
    async (represents) => {
      provider.tamper({ claims: (given) => ({ ...given, represents }) });
      expect((await signIn('amal')).arrived.person?.value).toBe(amal());
    },
  );

  test.each(['.', '', '-', '000000000', '00000000', 0, 's00000000:000000000', null])(
    'that sends the BSN %j beside a V-number',
    async (bsn) => {
      provider.tamper({ claims: (given) => ({ ...given, bsn, v_number: '2811000137' }) });
      expect((await signIn('amal')).arrived.person).toEqual({ kind: 'vnumber', value: '2811000137' });
    },
  );

  test('that sends no V-number beside a BSN', async () => {
    provider.tamper({ claims: (given) => ({ ...given, v_number: '0000000000' }) });
    expect((await signIn('amal')).arrived.person).toEqual({ kind: 'bsn', value: amal() });
  });

  test('that sends an office number as a number', async () => {
    provider.tamper({ claims: (given) => ({ ...given, office: 2_220_647 }) });
    expect((await signIn('adv-small')).arrived.office).toBe('002220647');
  });

  describe('that nests its claims', () => {
    const OIDC_CLAIMS = JSON.stringify({
      role: { from: '/account/types', values: { burger: 'applicant', kantoor: 'advisor' } },
      bsn: ['/digid/bsn', '/eidas/bsn'],
      name: { from: ['/given_name', '/family_name'], join: ' ' },
      acr: { from: '/amr', values: { 'digid-midden': 'substantial', 'digid-hoog': 'high' } },
      represents: '/machtigen/vertegenwoordigde',
    });
    const nestedBy = (more: object): Tampering => ({
      claims: ({ bsn, role: _, name: __, acr: ___, ...rest }) => ({
        ...rest,
        account: { types: ['nieuwsbrief', 'burger'] },
        digid: { bsn: null },
        eidas: { bsn },
        given_name: 'Amal',
        family_name: 'Haddad',
        amr: ['pwd', 'digid-midden', 'digid-hoog'],
        ...more,
      }),
    });

    test('as the configuration says where they are', async () => {
      provider.tamper(nestedBy({ machtigen: { vertegenwoordigde: null } }));
      expect((await signIn('amal', { OIDC_CLAIMS })).arrived).toMatchObject({
        role: 'applicant',
        name: 'Amal Haddad',
        person: { kind: 'bsn', value: amal() },
        assurance: 'high',
      });
    });

    test('with the number of whom the person represents', async () => {
      provider.tamper(nestedBy({ machtigen: { vertegenwoordigde: { bsn: OTHERS_BSN } } }));
      const { represented } = (await signIn('amal', { OIDC_CLAIMS })).arrived;
      expect(represented?.person).toEqual({ kind: 'bsn', value: OTHERS_BSN });
    });

    test.each([
      [
        'two people who are represented',
        { machtigen: { vertegenwoordigde: { bsn: OTHERS_BSN } }, represents: { ...nested(0), sub: '123456782' } },
        /represents/,
      ],
      ['a role that no value names', { account: { types: ['nieuwsbrief'] } }, /role/],
      ['too weak a means', { amr: ['pwd'] }, /acr/],
    ])('and %s is refused', async (_name, more, reason) => {
      provider.tamper(nestedBy(more));
      await expect(signIn('amal', { OIDC_CLAIMS })).rejects.toThrow(reason);
    });
  });

  test.each([
    ['in the header', {}, 'client_secret_basic'],
    ['in the body', { OIDC_CLIENT_AUTH: 'client_secret_post' }, 'client_secret_post'],
  ])('that knows the portal by a secret with hyphens %s', async (_where, more, method) => {
    const secret = 'a-secret_with.hyphens-and~more';
    const other = await startHostileProvider({ token_endpoint_auth_method: method, client_secret: secret });
    const settings = { OIDC_ISSUER: other.issuer, OIDC_CLIENT_SECRET: secret, ...more };
    expect((await signIn('amal', settings)).arrived.person?.value).toBe(amal());
    expect(other.authorizations.every((header) => !/%2D|%5F|%2E/i.test(header))).toBe(true);
    await other.stop();
  });

  test('that takes a secret only in the body', async () => {
    const other = await startHostileProvider({ token_endpoint_auth_method: 'client_secret_post' });
    other.tamper({
      metadata: (given) => ({ ...given, token_endpoint_auth_methods_supported: ['client_secret_post'] }),
    });
    expect((await signIn('amal', { OIDC_ISSUER: other.issuer })).arrived.person?.value).toBe(amal());
    await other.stop();
  });

  test('that names the portal as the one who asked', async () => {
    provider.tamper({ claims: (given) => ({ ...given, aud: ['zicht', 'another'], azp: 'zicht' }) });
    expect((await signIn('amal')).arrived.person?.value).toBe(amal());
  });

  test.each(['rsa', 'ec'] as const)('that knows the portal by its %s key', async (kind) => {
    const { privateKey, publicKey } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const file = join(mkdtempSync(join(tmpdir(), 'zicht-key-')), 'key.pem');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const other = await startHostileProvider({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'zicht-1' }] },
    });
    const settings = { OIDC_ISSUER: other.issuer, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_KEY_FILE: file };
    const { arrived } = await signIn('amal', { ...settings, OIDC_CLIENT_KEY_ID: 'zicht-1' });
    expect(arrived.person?.value).toBe(amal());
    await expect(signIn('amal', { OIDC_ISSUER: other.issuer })).rejects.toThrow();
    await other.stop();
  });
});

test('employees need a higher level, which a second sign-in asks for', async () => {
  await expect(signIn('desk-2')).rejects.toMatchObject({ name: 'TooLittleAssurance', needed: 'high' });
  provider.tamper({
    claims: (given) => ({ ...given, acr: 'high' }),
    metadata: ({ pushed_authorization_request_endpoint: _, ...rest }) => rest,
  });
  expect((await signIn('desk-2')).arrived).toMatchObject({ role: 'staff', assurance: 'high' });
  const { departure } = await portal();
  const { address } = await departure('nl', 'high');
  expect(new URL(address).searchParams.get('acr_values')).toBe('high');
});

test('signing out names no person and revokes the token', async () => {
  const { arrived } = await signIn('amal');
  provider.tamper({});
  const { providerSignOut } = await import('~/identity/openid.server');
  const address = new URL((await providerSignOut(arrived.token, 'ar')) ?? '');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    client_id: 'zicht',
    post_logout_redirect_uri: 'http://localhost:3000/auth/signed-out',
    state: 'ar',
  });
  await expect.poll(() => provider.requests).toContain('/token/revocation');
});

test('signing out clears what the browser stored', async () => {
  const { action } = await import('~/routes/sign-out');
  const request = new Request('http://localhost:3000/nl/sign-out', { method: 'POST' });
  const { refreshTo } = await import('~/identity/refresh-to.server');
  const { noSessionCookie } = await import('~/identity/cookies.server');
  for (const answer of [await action(routeArgs(request)), refreshTo('https://login.example/end', [noSessionCookie])]) {
    expect(answer.headers.get('clear-site-data')).toBe('"storage"');
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-zicht=; Max-Age=0;/)]);
  }
});

/** The messages of an error and its causes. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error ?? '');
  return `${error.message} ${JSON.stringify(error)} ${messagesOf(error.cause)}`;
}
