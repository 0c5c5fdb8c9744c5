import { z } from 'zod';
import { needed, text, textOrNone } from '~/agency/field-values.server';
import type { ProviderSettings } from '~/config/providers.server';
import { bsnOf } from '~/model/bsn';
import { ungrouped } from '~/model/typed-text';
import { mappedClaims } from './mapped-claims.server';
import { representationOf } from './represents.server';

/** Some providers send numbers as numbers, which have no leading noughts. */
const number = z.union([z.string(), z.number().int().nonnegative().transform(String)]).transform(ungrouped);
/** DigiD's own names of people have a sector in front: "s00000000:" is that of the BSN. */
const bsn = number.transform((text, context) => {
  const nine = bsnOf(text.replace(/^s00000000:/, ''));
  if (nine) return nine;
  context.addIssue('is no BSN');
  return z.NEVER;
});
const officeNumber = z.union([
  z.string(),
  z
    .number()
    .int()
    .nonnegative()
    .transform((value) => `${value}`.padStart(9, '0')),
]);

/** A text; absent for anything else. */
const said = textOrNone.transform((value) => value ?? undefined);

const claimsSchema = z
  .object({
    sub: needed,
    // What is no text leaves its own fact out, and stops nobody.
    name: text,
    role: text.transform((role) => role.toLowerCase()).pipe(z.enum(['applicant', 'advisor', 'staff'])),
    bsn: bsn.optional(),
    v_number: number.optional(),
    office: officeNumber.transform(ungrouped).optional(),
    advisor_number: number.optional(),
    team: said,
    team_leads: z.array(z.string().min(1)).optional().catch(undefined),
    // A malformed list must give no extra power, and need not stop the sign-in.
    staff_roles: z.array(z.string()).catch([]),
    acr: said,
    sid: said,
    represents: z.unknown().optional(),
  })
  .refine((claims) => claims.role !== 'applicant' || claims.bsn || claims.v_number, 'an applicant without a number');

export type Claims = z.infer<typeof claimsSchema>;

/** The claims of a sign-in. Throws when they lack something, or say what the portal does not understand. */
export function claimsOf(claims: Readonly<Record<string, unknown>>, provider: ProviderSettings): Claims {
  const read = claimsSchema.parse(mappedClaims(claims, provider));
  // A provider for applicants makes nobody an employee.
  if (!provider.roles.includes(read.role)) throw new Error('role: not one of this provider');
  // Whom the person represents can't yet see who looked, so nobody opens a file in another's name.
  if (typeof read.represents === 'string' || representationOf(read.represents))
    throw new Error('represents: not accepted');
  return read;
}

/** Whether an ID token lacks a claim without which the person can't sign in, has no name, or sees less than they may. */
export function lacksSomething(claims: Readonly<Record<string, unknown>>, provider: ProviderSettings): boolean {
  const { role, name, bsn, v_number, office, team, staff_roles } = mappedClaims(claims, provider);
  if (name === undefined) return true;
  if (role === 'advisor') return office === undefined;
  if (role === 'staff') return (team ?? staff_roles) === undefined;
  return role === undefined || (bsn ?? v_number) === undefined;
}
