import { z } from 'zod';
import { needed, text, textOrNone } from '~/agency/field-values.server';
import type { ProviderSettings } from '~/config/providers.server';
import { bsnOf } from '~/model/bsn';
import { ungrouped } from '~/model/typed-text';
import { mappedClaims } from './mapped-claims.server';
import { type Representation, RepresentationRefused, representationOf } from './represents.server';

/** Some providers send numbers as numbers, which have no leading noughts. */
const number = z.union([z.string(), z.number().int().nonnegative().transform(String)]).transform(ungrouped);
/** DigiD's own names of people have a sector in front: "s00000000:" is that of the BSN. */
const bsn = number.transform((text, context) => {
  const nine = bsnOf(text.replace(/^s00000000:/i, ''));
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
    // A number that says nothing of the file to open is left out in any other form.
    v_number: number.optional().catch(undefined),
    office: officeNumber.transform(ungrouped).optional().catch(undefined),
    advisor_number: number.optional().catch(undefined),
    team: said,
    team_leads: z.array(z.string().min(1)).optional().catch(undefined),
    // A malformed list must give no extra power, and need not stop the sign-in.
    staff_roles: z.array(z.string()).catch([]),
    acr: said,
    sid: said,
    represents: z.unknown().optional(),
    represents_service: z.unknown().optional(),
  })
  // Who acts for another needs no number of their own, such as an employee of an office.
  .refine(
    ({ role, bsn, v_number, represents }) => role !== 'applicant' || bsn || v_number || represents !== undefined,
    'an applicant without a number',
  );

export interface Claims extends Omit<z.infer<typeof claimsSchema>, 'represents' | 'represents_service'> {
  /** Whom they act for; null for themselves. */
  readonly represents: Representation | null;
}

/**
 * The claims of a sign-in. Throws when they lack something, and `RepresentationRefused` when they say in a way that the
 * portal does not understand that the person acts for another.
 *
 * @param now seconds since 1970
 */
export function claimsOf(claims: Readonly<Record<string, unknown>>, provider: ProviderSettings, now: number): Claims {
  const {
    represents: said,
    represents_service: services,
    ...read
  } = claimsSchema.parse(mappedClaims(claims, provider));
  // A provider for applicants makes nobody an employee.
  if (!provider.roles.includes(read.role)) throw new Error('role: not one of this provider');
  const { sub, bsn, v_number, role } = read;
  const persons = [
    ...(bsn ? [{ kind: 'bsn', value: bsn } as const] : []),
    ...(v_number ? [{ kind: 'vnumber', value: v_number } as const] : []),
  ];
  const actor = { iss: String(claims.iss ?? ''), sub, persons };
  const represents = representationOf(said, { actor, services: textsIn(services), now }, provider.representation);
  // Advisors look under mandates, and employees by rules of their own.
  if (represents && role !== 'applicant') throw new RepresentationRefused('role');
  return { ...read, represents };
}

const textsIn = (value: unknown): string[] => {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => (typeof one === 'string' ? one.split(/\s+/).filter(Boolean) : []));
};

/** Whether an ID token lacks a claim without which the person can't sign in, has no name, or sees less than they may. */
export function lacksSomething(claims: Readonly<Record<string, unknown>>, provider: ProviderSettings): boolean {
  const { role, name, bsn, v_number, office, team, staff_roles, represents } = mappedClaims(claims, provider);
  if (name === undefined) return true;
  // The agency says where to find it, so its absence from the ID token is no word that there is none.
  if (provider.claims.represents && represents === undefined) return true;
  if (role === 'advisor') return office === undefined;
  if (role === 'staff') return (team ?? staff_roles) === undefined;
  return role === undefined || (bsn ?? v_number) === undefined;
}
