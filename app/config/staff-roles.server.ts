import { z } from 'zod';
import { STAFF_ROLES } from '~/model/staff-role';
import { fromJson } from './json-file.server';

/** The sign-in provider's names of roles → ours. */
export const staffRoles = z.record(
  z.string().min(1),
  z.enum(STAFF_ROLES, { error: `is none of ${STAFF_ROLES.join(', ')}` }),
);

/** STAFF_ROLES: the same as JSON. */
export const staffRolesFromJson = fromJson.pipe(staffRoles);
