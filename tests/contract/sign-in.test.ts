import * as client from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { OIDC_CLIENT } from '../../mocks/secrets';
import { browser, pick } from './browser';

const CALLBACK = 'http://portal.example:3000/auth/callback';

let agency: Agency;
let config: client.Configuration;
beforeAll(async () => {
  agency = await startAgency({ redirectUris: [CALLBACK] });
  config = await client.discovery(
    new URL(agency.issuer),
    OIDC_CLIENT.id,
    undefined,
    client.ClientSecretBasic(OIDC_CLIENT.secret),
    { execute: [client.allowInsecureRequests] },
  );
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

async function departure(more: Readonly<Record<string, string>> = {}) {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
    ...more,
  });
  const arrive = (address: string) =>
    client.authorizationCodeGrant(config, new URL(address), {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: state,
      idTokenExpected: true,
    });
  return { url: url.toString(), arrive };
}

async function signIn(slug: string, { open } = browser(agency.issuer)) {
  const { url, arrive } = await departure();
  const picker = await open(url);
  const back = await open(picker.url, pick(slug));
  const tokens = await arrive(back.url);
  return { claims: tokens.claims(), picker };
}

describe('signing in', () => {
  it("lists the people without scripts and returns the person's claims", async () => {
    const { open } = browser(agency.issuer);
    const { url, arrive } = await departure();
    const picker = await open(url);
    const html = await picker.response.text();
    expect(html).toContain('value="amal"');
    expect(html).toContain('ዮናስ');
    expect(html).not.toContain('<script');
    const claims = (await arrive((await open(picker.url, pick('amal'))).url)).claims();
    const bsn = agency.world.personCalled('amal')?.bsn;
    expect(claims).toMatchObject({ name: 'Amal Haddad', role: 'applicant', bsn, locale: 'ar', acr: 'substantial' });
    expect(claims).not.toHaveProperty('v_number');
    expect(claims?.sub).not.toContain('amal');
  });

  it("returns a V-number without BSN, an advisor's office, and no employee's BSN", async () => {
    const { claims: yonas } = await signIn('yonas');
    expect(yonas).toMatchObject({ v_number: agency.world.personCalled('yonas')?.vNumber });
    expect(yonas).not.toHaveProperty('bsn');
    expect((await signIn('adv-large')).claims).toMatchObject({ role: 'advisor', office: '008110931' });
    const { claims: staff } = await signIn('desk-2');
    expect(staff).toMatchObject({ role: 'staff', team: 'south' });
    expect(staff?.team_leads).toHaveLength(2);
    expect(Object.keys(staff ?? {})).not.toEqual(expect.arrayContaining(['bsn']));
  });

  it('skips the list for a login hint', async () => {
    const { url, arrive } = await departure({ login_hint: 'olena' });
    const back = await browser(agency.issuer).open(url);
    expect((await arrive(back.url)).claims()).toMatchObject({ name: 'Олена Ковальчук' });
  });

  it('asks every time, and gives a person the same sub', async () => {
    const one = browser(agency.issuer);
    const first = await signIn('chen', one);
    const second = await signIn('chen', one);
    expect(second.picker.url).toContain('/sign-in/');
    expect(second.claims?.sub).toBe(first.claims?.sub);
    const { url } = await departure({ prompt: 'login' });
    expect((await one.open(url)).url).toContain('/sign-in/');
  });

  it('signs a second person in in the browser of the first', async () => {
    const one = browser(agency.issuer);
    const first = await signIn('chen', one);
    const second = await signIn('amal', one);
    expect(second.claims).toMatchObject({ name: 'Amal Haddad' });
    expect(second.claims?.sub).not.toBe(first.claims?.sub);
    expect((await signIn('chen', one)).claims?.sub).toBe(first.claims?.sub);
  });

  it('requires PKCE and a registered redirect address', async () => {
    const { url } = await departure();
    const without = new URL(url);
    without.searchParams.delete('code_challenge');
    without.searchParams.delete('code_challenge_method');
    expect((await browser(agency.issuer).open(without.toString())).url).toContain('error=invalid_request');
    const elsewhere = new URL(url);
    elsewhere.searchParams.set('redirect_uri', 'http://elsewhere.example/auth/callback');
    expect((await browser(agency.issuer).open(elsewhere.toString())).response.status).toBe(400);
  });

  it('reports an expired sign-in when its page is opened later', async () => {
    const { response } = await browser(agency.issuer).open(`${agency.issuer}/sign-in/unknown`);
    expect(response.status).toBe(400);
  });
});

describe('signing out', () => {
  const end = () =>
    client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: 'http://portal.example:3000/auth/signed-out',
      state: 'nl',
    });

  it('redirects at once without asking', async () => {
    const one = browser(agency.issuer);
    await signIn('sofia', one);
    const { url } = await one.open(end().toString());
    expect(url).toBe('http://portal.example:3000/auth/signed-out?state=nl');
  });

  it('redirects also when the provider has lost the session', async () => {
    const { url } = await browser(agency.issuer).open(end().toString());
    expect(url).toBe('http://portal.example:3000/auth/signed-out?state=nl');
  });
});

describe('faults of the provider', () => {
  it('"partial" omits the number, "error" and "malformed" break discovery, "down" resets', async () => {
    agency.setFault('identity', 'partial');
    const { claims } = await signIn('amal');
    expect(claims).toMatchObject({ role: 'applicant' });
    expect(claims).not.toHaveProperty('bsn');
    const description = `${agency.issuer}/.well-known/openid-configuration`;
    agency.setFault('identity', 'error');
    expect((await fetch(description)).status).toBe(500);
    agency.setFault('identity', 'malformed');
    await expect(fetch(description).then((response) => response.json())).rejects.toThrow(SyntaxError);
    agency.setFault('identity', 'down');
    await expect(fetch(description)).rejects.toThrow('fetch failed');
  });
});
