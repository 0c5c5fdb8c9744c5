import { z } from 'zod';
import { claims } from './claims-map.server';
import { providersOfAgency } from './providers.server';
import { representation } from './representation.server';
import { assurance } from './sign-in.server';
import { staffRoles } from './staff-roles.server';

/** `sign-in.json` of the agency's folder: how its sign-in providers name and grade people. */
export const signInFile = z
  .strictObject({
    /** Where the provider's answer holds each claim. */
    claims: claims.optional(),
    /** The levels of assurance (`acr`) that roles and acts need. */
    assurance: assurance.optional(),
    /** Which words of acting for another (`represents`) count. */
    representation: representation.optional(),
    /** The providers' names in the claim `staff_roles` → our roles of employees. */
    staffRoles: staffRoles.optional(),
    /** Several providers, each with claims and levels of its own. */
    providers: providersOfAgency.optional(),
  })
  .refine(({ providers, claims, assurance, representation: own }) => !providers || !(claims || assurance || own), {
    path: ['providers'],
    error: 'have claims, assurance and representation of their own: write them there',
  });
