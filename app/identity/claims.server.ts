import { z } from 'zod';
import { bsnOf } from '~/model/bsn';
import { representationOf } from './represents.server';

const bsn = z.string().transform((text, context) => {
  const number = bsnOf(text);
  if (number) return number;
  context.addIssue('is no BSN');
  return z.NEVER;
});

const claimsSchema = z
  .object({
    sub: z.string().min(1),
    name: z.string().default(''),
    role: z.enum(['applicant', 'advisor', 'staff']),
    bsn: bsn.optional(),
    v_number: z.string().optional(),
    office: z.string().optional(),
    advisor_number: z.string().optional(),
    team: z.string().min(1).optional(),
    team_leads: z.array(z.string().min(1)).optional(),
    // A malformed list must give no extra power, and need not stop the sign-in.
    staff_roles: z.array(z.string()).catch([]),
    acr: z.string().optional(),
    sid: z.string().optional(),
    represents: z.unknown().optional(),
  })
  .refine((claims) => claims.role !== 'applicant' || claims.bsn || claims.v_number, 'an applicant without a number');

export type Claims = z.infer<typeof claimsSchema>;

/** The claims of a sign-in. Throws when they lack something, or say what the portal does not understand. */
export function claimsOf(claims: unknown): Claims {
  const read = claimsSchema.parse(claims);
  // Whom the person represents can't yet see who looked, so nobody opens a file in another's name.
  if (representationOf(read.represents)) throw new Error('represents: not accepted');
  return read;
}

/** Whether an ID token lacks a claim without which the person can't sign in or see anything. */
export function lacksSomething({ role, bsn, v_number, office }: Readonly<Record<string, unknown>>): boolean {
  if (role === 'advisor') return office === undefined;
  return role !== 'staff' && (role === undefined || (bsn ?? v_number) === undefined);
}
