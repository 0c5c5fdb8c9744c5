import { z } from 'zod';
import { providersFromJson } from './providers.server';
import { clientKeyFromFile, originsFromList } from './sign-in.server';

const missing = 'is missing';
const text = z.string({ error: missing }).trim().min(1, missing);

/** How the sign-in providers are reached. Part of the portal's settings. */
export const signInSettings = {
  /** Several sign-in providers: JSON, in place of OIDC_ISSUER and the settings beside it. */
  OIDC_PROVIDERS: providersFromJson.optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }).optional(),
  OIDC_CLIENT_ID: text.optional(),
  /** Authenticates the portal to the provider, unless OIDC_CLIENT_KEY_FILE does. */
  OIDC_CLIENT_SECRET: text.optional(),
  /** A PEM file with the key for `private_key_jwt`. */
  OIDC_CLIENT_KEY_FILE: clientKeyFromFile.optional(),
  /** The `kid` under which the provider knows that key. */
  OIDC_CLIENT_KEY_ID: text.optional(),
  /** What the portal asks the provider for. */
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( [!#-[\]-~]+)*$/, 'must begin with openid')
    .default('openid profile'),
  /** How the secret goes to the provider; without it as its metadata say. */
  OIDC_CLIENT_AUTH: z
    .enum(['client_secret_basic', 'client_secret_post'], {
      error: "is neither 'client_secret_basic' nor 'client_secret_post'",
    })
    .optional(),
  /** Further origins to which the provider leads on, which a form's redirects may pass. */
  OIDC_FORM_ORIGINS: originsFromList.default([]),
};
export type SignInSettings = z.output<z.ZodObject<typeof signInSettings>>;

/** What the only provider lacks. Several are checked by their list. */
export function faultsOfProvider(given: Readonly<Record<string, string | undefined>>): string[] {
  if (given.OIDC_PROVIDERS) return given.OIDC_ISSUER ? ['OIDC_PROVIDERS and OIDC_ISSUER: only one of them'] : [];
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', ...(given.OIDC_CLIENT_KEY_FILE ? [] : ['OIDC_CLIENT_SECRET'])];
  return names.filter((name) => !given[name]).map((name) => `${name}: ${missing}`);
}
