import { createRemoteJWKSet, customFetch, importPKCS8, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { fetchOn, wayOut } from '~/agency/way-out.server';
import { config } from '~/config/config.server';
import { onClearCaches } from '~/platform/caches.server';

/** The sign-in provider: its metadata, and its keys. */
export interface Provider {
  readonly configuration: client.Configuration;
  /**
   * A token's claims, once signature, algorithm, issuer, audience, expiry and age are right. Throws otherwise.
   */
  readonly verify: (token: string, more?: JWTVerifyOptions) => Promise<JWTPayload>;
}

/** Asymmetric only: with `HS256` a public key or the client secret would do as a signing key. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const TIMEOUT_SECONDS = 3;
/** By how many seconds the provider's clock may differ. */
export const CLOCK_SECONDS = 30;

/** How old a token may be when it arrives. */
export const MOST_SECONDS = 300;

let discovered: Promise<Provider> | undefined;
onClearCaches(() => {
  discovered = undefined;
});

/** The provider's metadata, fetched once; fetched again after a failure. */
export function provider(): Promise<Provider> {
  discovered ??= discover().catch((error: unknown) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

/**
 * Fetches the provider's metadata in advance, since a provider that has just started may answer its first request too
 * late. A failure is ignored: the next sign-in tries again.
 */
export function prepareProvider(): void {
  provider().catch(() => {});
}

async function discover(): Promise<Provider> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID } = config();
  const issuer = new URL(OIDC_ISSUER);
  const insecure = issuer.protocol === 'http:';
  const fetchIt = fetchOn(wayOut('sign-in', OIDC_ISSUER));
  const configuration = await client.discovery(issuer, OIDC_CLIENT_ID, undefined, await authentication(), {
    execute: insecure ? [client.allowInsecureRequests] : [],
    timeout: TIMEOUT_SECONDS,
    ...(fetchIt && { [client.customFetch]: fetchIt }),
  });
  const { jwks_uri } = configuration.serverMetadata();
  const keysAt = new URL(jwks_uri ?? '');
  if (keysAt.protocol !== issuer.protocol && keysAt.protocol !== 'https:') throw new Error('keys without TLS');
  const keys = createRemoteJWKSet(keysAt, {
    timeoutDuration: TIMEOUT_SECONDS * 1000,
    ...(fetchIt && { [customFetch]: fetchIt }),
  });
  return {
    configuration,
    async verify(token, more = {}) {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ALGORITHMS,
        issuer: configuration.serverMetadata().issuer,
        audience: OIDC_CLIENT_ID,
        clockTolerance: CLOCK_SECONDS,
        // Also refuses a token from the future.
        maxTokenAge: MOST_SECONDS,
        ...more,
      });
      return payload;
    },
  };
}

async function authentication(): Promise<client.ClientAuth> {
  const { OIDC_CLIENT_SECRET, OIDC_CLIENT_KEY_FILE: file, OIDC_CLIENT_KEY_ID: kid } = config();
  if (!file) return withSecret(OIDC_CLIENT_SECRET ?? '');
  const key = await importPKCS8(file.pem, file.algorithm);
  return client.PrivateKeyJwt(kid ? { key, kid } : key);
}

/**
 * The secret in the header or in the body, as OIDC_CLIENT_AUTH says; without it as the provider's metadata says, and in
 * the header when they are silent.
 */
function withSecret(secret: string): client.ClientAuth {
  const post = client.ClientSecretPost(secret);
  return (metadata, who, body, headers) => {
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isPost =
      config().OIDC_CLIENT_AUTH === 'client_secret_post' ||
      (config().OIDC_CLIENT_AUTH === undefined && !methods.includes('client_secret_basic'));
    if (isPost) return post(metadata, who, body, headers);
    const credentials = `${formEncoded(who.client_id)}:${formEncoded(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  };
}

/**
 * RFC 6749, §2.3.1. The library also encodes hyphens, dots and underscores, which no rule asks for and which some providers
 * do not undo.
 */
const formEncoded = (text: string): string => `${new URLSearchParams([['', text]])}`.slice(1);
