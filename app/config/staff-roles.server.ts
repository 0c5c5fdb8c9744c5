import { z } from 'zod';
import { STAFF_ROLES } from '~/model/staff-role';
import { fromJson } from './json-file.server';

/** STAFF_ROLES: JSON, the sign-in provider's names of roles → ours. */
export const staffRolesFromJson = fromJson.pipe(
  z.record(z.string().min(1), z.enum(STAFF_ROLES, { error: `is none of ${STAFF_ROLES.join(', ')}` })),
);
