import { createRemoteJWKSet, customFetch, importPKCS8, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { fetchOn, wayOut } from '~/agency/way-out.server';
import { config } from '~/config/config.server';
import type { ProviderSettings } from '~/config/providers.server';
import { onClearCaches } from '~/platform/caches.server';
import { patiently } from './patient-fetch.server';
import { withoutNulls } from './provider-answer.server';

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
/** How long a person who signs in waits for one answer of the provider. */
const TIMEOUT_SECONDS = 6;
/** By how many seconds the provider's clock may differ. */
export const CLOCK_SECONDS = 30;

/** How old a token may be when it arrives. */
export const MOST_SECONDS = 300;

const discovered = new Map<string, Promise<Provider>>();
onClearCaches(() => discovered.clear());

/** The settings of a provider; the first one's without a name. Throws for a name that no provider has. */
export function settingsOf(name?: string): ProviderSettings {
  const { PROVIDERS } = config();
  const found = name === undefined ? PROVIDERS[0] : PROVIDERS.find((one) => one.name === name);
  if (!found) throw new Error('no such sign-in provider');
  return found;
}

/** The settings under which a session was opened; the first provider's for one that is gone. */
export const settingsBehind = (way: string | undefined): ProviderSettings =>
  settingsOf(config().PROVIDERS.some(({ name }) => name === way) ? way : undefined);

/**
 * A subject of a provider as the portal knows it. Several providers may each have a subject of one name, so the provider's
 * name stands before it.
 */
export const idOf = ({ name }: Pick<ProviderSettings, 'name'>, subject: string): string =>
  name === '' ? subject : `${name}~${subject}`;

/** The provider's metadata, fetched once; fetched again after a failure. */
export function provider(settings: ProviderSettings): Promise<Provider> {
  const known = discovered.get(settings.name);
  if (known) return known;
  const fetched = discover(settings).catch((error: unknown) => {
    discovered.delete(settings.name);
    throw error;
  });
  discovered.set(settings.name, fetched);
  return fetched;
}

/**
 * Fetches the providers' metadata in advance, since a provider that has just started may answer its first request too
 * late. A failure is ignored: the next sign-in tries again.
 */
export function prepareProviders(): void {
  for (const settings of config().PROVIDERS) provider(settings).catch(() => {});
}

async function discover(settings: ProviderSettings): Promise<Provider> {
  const { name, clientId } = settings;
  const issuer = new URL(settings.issuer);
  const insecure = issuer.protocol === 'http:';
  const send = patiently(fetchOn(wayOut(name ? `sign-in ${name}` : 'sign-in', settings.issuer)) ?? fetch);
  const fetchIt: typeof send = async (address, options) => withoutNulls(await send(address, options));
  const configuration = await client.discovery(issuer, clientId, undefined, await authentication(settings), {
    execute: insecure ? [client.allowInsecureRequests] : [],
    timeout: TIMEOUT_SECONDS,
    [client.customFetch]: fetchIt,
  });
  const { jwks_uri } = configuration.serverMetadata();
  const keysAt = new URL(jwks_uri ?? '');
  if (keysAt.protocol !== issuer.protocol && keysAt.protocol !== 'https:') throw new Error('keys without TLS');
  const keys = createRemoteJWKSet(keysAt, {
    timeoutDuration: TIMEOUT_SECONDS * 1000,
    // Who signs in just after the keys changed should not wait for the usual half minute.
    cooldownDuration: 5_000,
    [customFetch]: fetchIt,
  });
  // In advance: the first person's code would expire while the keys are late. A failure is met by `verify`.
  keys.reload().catch(() => {});
  return {
    configuration,
    async verify(token, more = {}) {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ALGORITHMS,
        issuer: configuration.serverMetadata().issuer,
        audience: clientId,
        clockTolerance: CLOCK_SECONDS,
        // Also refuses a token from the future.
        maxTokenAge: MOST_SECONDS,
        ...more,
      });
      return payload;
    },
  };
}

async function authentication({ credentials, auth }: ProviderSettings): Promise<client.ClientAuth> {
  if ('secret' in credentials) return withSecret(credentials.secret, auth);
  const { key: file, keyId: kid } = credentials;
  const key = await importPKCS8(file.pem, file.algorithm);
  return client.PrivateKeyJwt(kid ? { key, kid } : key);
}

/** The secret in the header or in the body, as `auth` or else the metadata say; in the header when both are silent. */
function withSecret(secret: string, auth: ProviderSettings['auth']): client.ClientAuth {
  const post = client.ClientSecretPost(secret);
  return (metadata, who, body, headers) => {
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isPost = auth === 'client_secret_post' || (auth === undefined && !methods.includes('client_secret_basic'));
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
