import { z } from 'zod';
import type { Role } from '~/model/viewer';
import type { OwnWords } from '~/model/ways';
import { inLanguages, words } from './agency-schema.server';
import { type ClaimsMap, claims } from './claims-map.server';
import type { Decided } from './decided.server';
import { fromJson } from './json-file.server';
import { type RepresentationRules, representation } from './representation.server';
import { type Assurance, type ClientKey, clientKeyFromFile, levelsOf, originsFromList } from './sign-in.server';

const ROLES = ['applicant', 'advisor', 'staff'] as const satisfies readonly Role[];

/** A sign-in provider: how it is reached, and what its answers mean. */
export interface ProviderSettings {
  /** Prefixes the ids of its people, so it must never change. Empty for the only provider. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly credentials: { readonly secret: string } | { readonly key: ClientKey; readonly keyId: string | undefined };
  /** How a secret goes to the provider; undefined: as its metadata say. */
  readonly auth: 'client_secret_basic' | 'client_secret_post' | undefined;
  readonly scope: string;
  /** Further origins to which it leads on. */
  readonly formOrigins: readonly string[];
  /** Who signs in with it. */
  readonly roles: readonly [Role, ...Role[]];
  /** On its button, where there are several. */
  readonly texts: OwnWords;
  readonly claims: ClaimsMap;
  readonly assurance: Assurance | undefined;
  /** Which words of acting for another count. */
  readonly representation: RepresentationRules;
}

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'is no word of small letters, digits and hyphens');

const reached = z
  .strictObject({
    name,
    issuer: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }),
    clientId: words,
    clientSecret: words.optional(),
    clientKeyFile: clientKeyFromFile.optional(),
    clientKeyId: words.optional(),
    clientAuth: z.enum(['client_secret_basic', 'client_secret_post']).optional(),
    scope: z
      .string()
      .regex(/^openid( [!#-[\]-~]+)*$/, 'must begin with openid')
      .default('openid profile'),
    formOrigins: originsFromList.default([]),
  })
  .refine(
    ({ clientSecret, clientKeyFile }) => (clientSecret === undefined) !== (clientKeyFile === undefined),
    'needs either clientSecret or clientKeyFile',
  );
type Reached = z.output<typeof reached>;

/** OIDC_PROVIDERS: JSON, how each of several providers is reached. */
export const providersFromJson = fromJson.pipe(
  z
    .array(reached)
    .min(1, 'names no provider')
    .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'has two providers of one name'),
);

/** `providers` of `sign-in.json`: what the agency decides about each of several providers, by its name. */
export const providersOfAgency = z.record(
  name,
  z
    .strictObject({
      roles: z.tuple([z.enum(ROLES)], z.enum(ROLES)),
      texts: inLanguages(words),
      claims: claims.prefault({}),
      assurance: levelsOf.optional(),
      representation: representation.prefault({}),
    })
    .superRefine(({ roles, assurance, texts }, context) => {
      for (const role of roles)
        if (assurance && assurance[role] === undefined) context.addIssue(`assurance: ${role} is missing`);
      if (Object.keys(texts).length === 0) context.addIssue('texts: needs its name in at least one language');
    }),
);
export type ProvidersOfAgency = z.output<typeof providersOfAgency>;

interface One extends Pick<Decided, 'OIDC_CLAIMS' | 'OIDC_ASSURANCE'> {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_CLIENT_KEY_FILE?: ClientKey | undefined;
  readonly OIDC_CLIENT_KEY_ID?: string | undefined;
  readonly OIDC_CLIENT_AUTH?: ProviderSettings['auth'];
  readonly OIDC_SCOPE: string;
  readonly OIDC_FORM_ORIGINS: readonly string[];
}

/** The only provider, of OIDC_ISSUER and the settings beside it. */
export const onlyProvider = (env: One, represents: RepresentationRules | null): ProviderSettings => ({
  name: '',
  issuer: env.OIDC_ISSUER ?? '',
  clientId: env.OIDC_CLIENT_ID ?? '',
  credentials: credentialsOf(env.OIDC_CLIENT_SECRET, env.OIDC_CLIENT_KEY_FILE, env.OIDC_CLIENT_KEY_ID),
  auth: env.OIDC_CLIENT_AUTH,
  scope: env.OIDC_SCOPE,
  formOrigins: env.OIDC_FORM_ORIGINS,
  roles: ['applicant', 'advisor', 'staff'],
  texts: {},
  claims: env.OIDC_CLAIMS,
  assurance: env.OIDC_ASSURANCE,
  representation: represents ?? representation.parse({}),
});

/** The providers that both lists name, and the faults of the others. */
export function severalProviders(
  list: readonly Reached[],
  own: ProvidersOfAgency,
): { readonly providers: readonly ProviderSettings[]; readonly faults: readonly string[] } {
  const missing = Object.keys(own).filter((name) => !list.some((one) => one.name === name));
  return {
    providers: list.flatMap((one) => {
      const decided = own[one.name];
      if (!decided) return [];
      const { name, issuer, clientId, scope, formOrigins, clientAuth: auth } = one;
      const credentials = credentialsOf(one.clientSecret, one.clientKeyFile, one.clientKeyId);
      const { roles, texts, claims, assurance, representation } = decided;
      const reached = { name, issuer, clientId, credentials, auth, scope, formOrigins };
      return [{ ...reached, roles, texts, claims, assurance, representation }];
    }),
    faults: [
      ...missing.map((name) => `AGENCY_DIR: sign-in.json: providers: ${name} is none of OIDC_PROVIDERS`),
      ...list
        .filter((one) => !own[one.name])
        .map((one) => `OIDC_PROVIDERS: ${one.name} is none of providers in sign-in.json`),
    ],
  };
}

const credentialsOf = (
  secret: string | undefined,
  key: ClientKey | undefined,
  keyId: string | undefined,
): ProviderSettings['credentials'] => (key ? { key, keyId } : { secret: secret ?? '' });
