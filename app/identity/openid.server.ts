import * as client from 'openid-client';
import { z } from 'zod';
import { config } from '~/config/config.server';
import { type StaffRole, staffRolesOf } from '~/model/staff-role';
import type { PersonId, Role } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';

/** What the portal keeps of a sign-in. */
export interface SignedIn {
  readonly id: string;
  readonly role: Role;
  /** An employee's; empty for everybody else. */
  readonly staffRoles: readonly StaffRole[];
  readonly name: string;
  /** Only for an applicant. */
  readonly person: PersonId | null;
  /** Only for an advisor: the number of the office. */
  readonly office: string | null;
  /** Only for an advisor: the number by which colleagues of the office know them. */
  readonly advisorNumber: string | null;
  /** The level of assurance (`acr`), where the provider sends one. */
  readonly assurance: string | null;
  readonly idToken: string;
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
}

const claimsSchema = z
  .object({
    sub: z.string().min(1),
    name: z.string().default(''),
    role: z.enum(['applicant', 'advisor', 'staff']),
    bsn: z.string().optional(),
    v_number: z.string().optional(),
    office: z.string().optional(),
    advisor_number: z.string().optional(),
    team: z.string().min(1).optional(),
    team_leads: z.array(z.string().min(1)).optional(),
    // A malformed list must give no extra power, and need not stop the sign-in.
    staff_roles: z.array(z.string()).catch([]),
    acr: z.string().optional(),
  })
  .refine((claims) => claims.role !== 'applicant' || claims.bsn || claims.v_number, 'an applicant without a number');

let discovered: Promise<client.Configuration> | undefined;
onClearCaches(() => {
  discovered = undefined;
});

/** The provider's metadata, fetched once; fetched again after a failure. */
function provider(): Promise<client.Configuration> {
  discovered ??= discover().catch((error: unknown) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

async function discover(): Promise<client.Configuration> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = config();
  const issuer = new URL(OIDC_ISSUER);
  const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  return client.discovery(issuer, OIDC_CLIENT_ID, undefined, client.ClientSecretBasic(OIDC_CLIENT_SECRET), {
    execute: insecure,
    timeout: 3,
  });
}

/**
 * Fetches the provider's metadata in advance, since a provider that has just started may answer its first request too
 * late. A failure is ignored: the next sign-in tries again.
 */
export function prepareProvider(): void {
  provider().catch(() => {});
}

const callback = () => `${config().ORIGIN}/auth/callback`;

/** The address for signing in (code flow with PKCE, state and nonce), and the state to keep meanwhile. */
export async function departure(language: string): Promise<{ address: string; departure: Departure }> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const address = client.buildAuthorizationUrl(await provider(), {
    redirect_uri: callback(),
    scope: 'openid profile',
    response_type: 'code',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ui_locales: language,
    // On a shared phone the provider's own session must not sign the next person in as the previous one.
    prompt: 'login',
  });
  return { address: address.href, departure: { verifier, state, nonce } };
}

/** Exchanges the code that came back. Throws when state, nonce or tokens do not match. */
export async function arrival(request: Request, left: Departure): Promise<Arrived> {
  const { pathname, search } = new URL(request.url);
  const tokens = await client.authorizationCodeGrant(await provider(), new URL(config().ORIGIN + pathname + search), {
    pkceCodeVerifier: left.verifier,
    expectedState: left.state,
    expectedNonce: left.nonce,
    idTokenExpected: true,
  });
  const claims = claimsSchema.parse(tokens.claims());
  return {
    id: claims.sub,
    role: claims.role,
    staffRoles: claims.role === 'staff' ? staffRolesOf(claims.staff_roles, config().STAFF_ROLES) : [],
    name: claims.name,
    person: claims.role === 'applicant' ? personOf(claims) : null,
    office: claims.role === 'advisor' ? (claims.office ?? null) : null,
    advisorNumber: claims.role === 'advisor' ? (claims.advisor_number ?? null) : null,
    assurance: claims.acr ?? null,
    idToken: tokens.id_token ?? '',
    employee: claims.role === 'staff' ? employeeOf(claims) : null,
  };
}

/** The provider's logout address; null when it is unreachable or has none. */
export async function providerSignOut(idToken: string, language: string): Promise<string | null> {
  try {
    return client.buildEndSessionUrl(await provider(), {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${config().ORIGIN}/auth/signed-out`,
      state: language,
    }).href;
  } catch {
    return null;
  }
}

function employeeOf(claims: z.infer<typeof claimsSchema>): Arrived['employee'] {
  return {
    person: claims.bsn || claims.v_number ? personOf(claims) : null,
    team: claims.team ?? null,
    leads: claims.team_leads ?? null,
  };
}

function personOf({ bsn, v_number }: z.infer<typeof claimsSchema>): PersonId {
  return bsn ? { kind: 'bsn', value: bsn } : { kind: 'vnumber', value: v_number ?? '' };
}
