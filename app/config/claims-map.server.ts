import { z } from 'zod';
import { fromJson } from './json-file.server';

/** The claims that the portal reads of a sign-in. */
export const CLAIM_NAMES = [
  ...['sub', 'name', 'role', 'bsn', 'v_number', 'office', 'advisor_number', 'team', 'team_leads', 'staff_roles'],
  ...['acr', 'represents', 'represents_service'],
] as const;
export type ClaimName = (typeof CLAIM_NAMES)[number];

const pointer = z.string().regex(/^(\/([^~/]|~[01])+)+$/, 'is no JSON pointer such as /digid/bsn');
const pointers = z.union([pointer.transform((one) => [one]), z.array(pointer).min(1)], {
  error: 'is no JSON pointer such as /digid/bsn, and no list of them',
});
const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'u');
  } catch {
    context.addIssue('is no regular expression');
    return z.NEVER;
  }
});

const source = z.union(
  [
    pointers.transform((from) => ({ from, values: null, match: null, join: null, otherwise: null })),
    z.strictObject({
      from: pointers.default([]),
      /** The provider's value → ours. A value that it lacks counts as none. */
      values: z.record(z.string(), z.string().min(1)).nullable().default(null),
      /** Only values that it matches count: their first group, or the whole match. */
      match: pattern.nullable().default(null),
      /** Put between the values of all pointers; without it the first value counts. */
      join: z.string().nullable().default(null),
      /** When there is no value. */
      otherwise: z.string().min(1).nullable().default(null),
    }),
  ],
  { error: 'is neither a JSON pointer, nor { from, values, match, join, otherwise }' },
);
export type ClaimSource = z.output<typeof source>;
export type ClaimsMap = Readonly<Partial<Record<ClaimName, ClaimSource>>>;

const ROLES = ['applicant', 'advisor', 'staff'];

/** Where the provider's answer holds each claim. */
export const claims = z
  .strictObject(Object.fromEntries(CLAIM_NAMES.map((name) => [name, source.optional()])))
  .transform((map, context): ClaimsMap => {
    const { role } = map;
    const roles = role ? [...Object.values(role.values ?? {}), ...(role.otherwise ? [role.otherwise] : [])] : [];
    for (const value of roles)
      if (!ROLES.includes(value)) context.addIssue(`role: ${value} is none of ${ROLES.join(', ')}`);
    return map;
  });

/** OIDC_CLAIMS: the same as JSON. */
export const claimsFromJson = fromJson.pipe(claims);
