import * as client from 'openid-client';
import { isNone } from '~/agency/field-values.server';
import { config } from '~/config/config.server';
import type { ProviderSettings } from '~/config/providers.server';
import { type StaffRole, staffRolesOf } from '~/model/staff-role';
import type { PersonId, Role } from '~/model/viewer';
import { machineNow } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { checkAssurance, levelsFrom } from './assurance.server';
import { type Claims, claimsOf, lacksSomething } from './claims.server';
import { withoutNone } from './mapped-claims.server';
import { CLOCK_SECONDS, idOf, provider, settingsOf } from './provider.server';
import type { Representation } from './represents.server';

/** What the portal keeps of a sign-in. */
export interface SignedIn {
  /** The `sub`; with several providers after the provider's name. */
  readonly id: string;
  /** The name of the sign-in provider; empty for the only one. */
  readonly way: string;
  readonly role: Role;
  /** An employee's; empty for everybody else. */
  readonly staffRoles: readonly StaffRole[];
  readonly name: string;
  /** Only for an applicant: their own number, also when they act for another. Null where the provider names none. */
  readonly person: PersonId | null;
  /** Whom an applicant acts for; null or left out for themselves. */
  readonly represented?: Representation | null;
  /** Only for an advisor: the number of the office. */
  readonly office: string | null;
  /** Only for an advisor: the number by which colleagues of the office know them. */
  readonly advisorNumber: string | null;
  /** The level of assurance (`acr`), where the provider sends one. */
  readonly assurance: string | null;
  /** The provider's own id of its session (`sid`), which a back-channel logout may name. */
  readonly providerSession: string | null;
  /** Revoked at sign-out: the refresh token, or else the access token. */
  readonly token: string | null;
}

/** What the provider says about an employee beside that. It is not stored in the session. */
export interface Arrived extends SignedIn {
  readonly employee: {
    readonly person: PersonId | null;
    readonly team: string | null;
    /** The `sub` of each of their leads, nearest first. */
    readonly leads: readonly string[] | null;
  } | null;
}

/** What must come back from the provider: kept in a sealed cookie meanwhile. */
export interface Departure {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** The machine's time, in seconds since 1970: the person must have signed in after it. */
  readonly leftAt: number;
  /** The name of the provider; the first one when left out. */
  readonly way?: string | undefined;
}

/** Seconds within which the person must have signed in; makes the provider tell when that was. */
const MAX_AGE = 600;

const seconds = () => Math.floor(machineNow().epochMilliseconds / 1000);

/**
 * The address for signing in (code flow with PKCE, state and nonce), and the state to keep meanwhile. Where the provider
 * takes pushed requests, the address holds nothing but a reference.
 *
 * @param level the least level of assurance (`acr`) to ask for; the least one of all roles when left out
 * @param way the name of the provider; the first one when left out
 */
export async function departure(
  language: string,
  level?: string,
  way?: string,
): Promise<{ address: string; departure: Departure }> {
  const settings = settingsOf(way);
  const { configuration } = await provider(settings);
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const levels = levelsFrom(settings, level);
  const parameters = {
    redirect_uri: callbackOf(settings, configuration),
    scope: settings.scope,
    response_type: 'code',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ui_locales: language,
    // On a shared phone the provider's own session must not sign the next person in as the previous one.
    prompt: 'login',
    max_age: `${MAX_AGE}`,
    ...(levels.length > 0 ? { acr_values: levels.join(' ') } : {}),
  };
  const pushes = configuration.serverMetadata().pushed_authorization_request_endpoint !== undefined;
  const address = pushes
    ? await client.buildAuthorizationUrlWithPAR(configuration, parameters)
    : client.buildAuthorizationUrl(configuration, parameters);
  return { address: address.href, departure: { verifier, state, nonce, leftAt: seconds(), way: settings.name } };
}

/**
 * Exchanges the code that came back. Throws when state, nonce, signature or claims are wrong, and `TooLittleAssurance`
 * when the role needs a higher level.
 */
export async function arrival(request: Request, left: Departure): Promise<Arrived> {
  const settings = settingsOf(left.way);
  const { configuration, verify } = await provider(settings);
  const { pathname, search } = new URL(request.url);
  const address = config().ORIGIN + pathname;
  if (address !== callbackOf(settings, configuration)) throw new Error('callback: of another provider');
  const tokens = await client.authorizationCodeGrant(configuration, new URL(address + search), {
    pkceCodeVerifier: left.verifier,
    expectedState: left.state,
    expectedNonce: left.nonce,
    maxAge: MAX_AGE,
    idTokenExpected: true,
  });
  const proven = await verify(tokens.id_token ?? '');
  if (!isNone(proven.azp) && proven.azp !== settings.clientId) throw new Error('azp: another client');
  if (Number(proven.auth_time) < left.leftAt - CLOCK_SECONDS) throw new Error('auth_time: an earlier sign-in');
  const further = await furtherClaims(proven, tokens.access_token);
  const claims = claimsOf({ ...further, ...withoutNone(proven) }, settings, seconds());
  checkAssurance(settings, claims.role, claims.acr ?? null);
  return {
    id: idOf(settings, claims.sub),
    way: settings.name,
    role: claims.role,
    staffRoles: claims.role === 'staff' ? staffRolesOf(claims.staff_roles, config().STAFF_ROLES) : [],
    name: claims.name,
    person: claims.role === 'applicant' && (claims.bsn || claims.v_number) ? personOf(claims) : null,
    represented: claims.represents,
    office: claims.role === 'advisor' ? (claims.office ?? null) : null,
    advisorNumber: claims.role === 'advisor' ? (claims.advisor_number ?? null) : null,
    assurance: claims.acr ?? null,
    providerSession: claims.sid === undefined ? null : idOf(settings, claims.sid),
    token: tokens.refresh_token ?? tokens.access_token,
    employee: claims.role === 'staff' ? employeeOf(claims, settings) : null,
  };

  /** UserInfo's claims, where the ID token lacks some. openid-client refuses another person's. */
  async function furtherClaims({ sub = '', ...rest }: Readonly<Record<string, unknown>>, token: string) {
    if (!lacksSomething(rest, settings) || !configuration.serverMetadata().userinfo_endpoint) return {};
    // The level is one of this sign-in, so it is taken from the signed token.
    const { acr: _, ...further } = await client.fetchUserInfo(configuration, token, String(sub));
    return further;
  }
}

/**
 * Where a provider sends its answer. Among several issuers, one that does not name itself in its answers (`iss`, RFC 9207)
 * has a callback of its own: no answer of another can be taken for its answer (mix-up).
 */
function callbackOf({ name, issuer }: ProviderSettings, configuration: client.Configuration): string {
  const { ORIGIN, PROVIDERS } = config();
  const isOne = PROVIDERS.every((other) => other.issuer === issuer);
  const namesItself = configuration.serverMetadata().authorization_response_iss_parameter_supported === true;
  return isOne || namesItself ? `${ORIGIN}/auth/callback` : `${ORIGIN}/auth/callback/${name}`;
}

/**
 * The provider's logout address; null when it is unreachable or has none. It names the client and no person: an ID token
 * in it would leave names and numbers in the browser's history and in the logs of proxies.
 */
export async function providerSignOut(token: string | null, language: string, way?: string): Promise<string | null> {
  try {
    const { configuration } = await provider(settingsOf(way));
    // Not awaited: a slow provider must not keep the person on a page that should be gone.
    if (token && configuration.serverMetadata().revocation_endpoint)
      client.tokenRevocation(configuration, token).catch((error: unknown) => {
        log('token-not-revoked', { error: errorName(error) }, 'warn');
      });
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${config().ORIGIN}/auth/signed-out`,
      state: language,
    }).href;
  } catch {
    return null;
  }
}

function employeeOf(claims: Claims, settings: ProviderSettings): Arrived['employee'] {
  return {
    person: claims.bsn || claims.v_number ? personOf(claims) : null,
    team: claims.team ?? null,
    leads: claims.team_leads?.map((lead) => idOf(settings, lead)) ?? null,
  };
}

function personOf({ bsn, v_number }: Claims): PersonId {
  return bsn ? { kind: 'bsn', value: bsn } : { kind: 'vnumber', value: v_number ?? '' };
}
