/** What an employee does. One employee may have several. */
export const STAFF_ROLES = [
  'helpdesk',
  'team-lead',
  'desk-planner',
  'wait-publisher',
  'privacy-officer',
  'auditor',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/**
 * The roles behind the names that a sign-in provider sends. Unknown names are ignored; without any known one the employee
 * is of the helpdesk.
 *
 * @param names the agency's own names for roles; a name that it does not list is a role's own
 */
export function staffRolesOf(
  sent: readonly string[],
  names: Readonly<Record<string, StaffRole>> = {},
): readonly StaffRole[] {
  const own = new Map(Object.entries(names));
  const known = sent.flatMap((name) => own.get(name) ?? STAFF_ROLES.find((role) => role === name) ?? []);
  return known.length > 0 ? [...new Set(known)] : ['helpdesk'];
}
