import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fromJson } from './json-file.server';

/** The key with which the portal authenticates itself to the sign-in provider. */
export interface ClientKey {
  /** PKCS #8 in PEM. */
  readonly pem: string;
  readonly algorithm: 'PS256' | 'ES256';
}

/** The name of a PEM file with an RSA key (2048 bits or more) or a P-256 key → the key. */
export const clientKeyFromFile = z.string().transform((path, context): ClientKey => {
  const key = clientKeyOf(path);
  if (key) return key;
  context.addIssue('is no PEM file of a private RSA (2048 bits or more) or P-256 key');
  return z.NEVER;
});

function clientKeyOf(path: string): ClientKey | null {
  try {
    const key = createPrivateKey(readFileSync(path));
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return { pem, algorithm: 'PS256' };
    return namedCurve === 'prime256v1' ? { pem, algorithm: 'ES256' } : null;
  } catch {
    return null;
  }
}

const level = z.string().trim().min(1);
/** The least level of each role; a provider for some roles has no others. */
export interface Assurance {
  /** Every `acr` that the provider may send, the weakest first. */
  readonly levels: readonly string[];
  readonly applicant?: string | undefined;
  readonly advisor?: string | undefined;
  readonly staff?: string | undefined;
  /** The least level for acts that need a sign-in of just now. Without it no act does. */
  readonly stepUp?: string | undefined;
  /** How long after such a sign-in the form of such an act may be opened. */
  readonly stepUpMinutes: number;
}

const shape = {
  levels: z.array(level).min(1),
  stepUp: level.optional(),
  stepUpMinutes: z.number().int().min(1).max(60).default(10),
};
const optional = { applicant: level.optional(), advisor: level.optional(), staff: level.optional() };

/** Levels of a provider for some roles. */
export const levelsOf = z.strictObject({ ...shape, ...optional }).superRefine(isOfLevels);

export const assurance = z
  .strictObject({ ...shape, applicant: level, advisor: level, staff: level })
  .superRefine(isOfLevels);

function isOfLevels({ levels, applicant, advisor, staff, stepUp }: Assurance, context: z.RefinementCtx): void {
  for (const [name, value] of Object.entries({ applicant, advisor, staff, stepUp }))
    if (value !== undefined && !levels.includes(value))
      context.addIssue({ code: 'custom', message: `${name} is none of levels` });
}

/** OIDC_ASSURANCE: the levels of assurance (`acr`), as JSON. */
export const assuranceFromJson = fromJson.pipe(assurance);

/** OIDC_FORM_ORIGINS: origins with spaces between. */
export const originsFromList = z.string().transform((list, context): readonly string[] => {
  const origins = list.split(/\s+/).filter(Boolean);
  if (origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)) return origins;
  context.addIssue('is no list of origins such as https://login.example, with spaces between');
  return z.NEVER;
});
