import { config } from '~/config/config.server';
import type { Arrived } from '~/identity/openid.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { isCloseTo, noteEmployee } from '~/store/employee.server';

/** Stores at sign-in which file is the employee's own, their team and their leads. */
export async function storeEmployee(
  actorId: string,
  { person, team, leads }: NonNullable<Arrived['employee']>,
): Promise<void> {
  const place = { id: actorPseudonym(actorId), team, leads: leads?.map(actorPseudonym) ?? null };
  await noteEmployee(place, person && ownerOfPerson(person));
}

/** The same family name alone makes no relation. */
const CLOSE: ReadonlySet<string> = new Set(['self', 'family', 'address', 'colleague']);

/**
 * Whether a person's file is closed to this employee: it is their own, a colleague's, or that of a relation the agency
 * listed. Uses what the sign-in provider says about employees, and EMPLOYEES_FILE.
 *
 * @param agent the employee's pseudonym
 * @param owner keyed hash of the person
 */
export async function isTooClose(agent: string, owner: string): Promise<boolean> {
  const written = (config().EMPLOYEES_FILE ?? []).some(
    ({ employee, person, as }) =>
      CLOSE.has(as) && actorPseudonym(employee) === agent && ownerOfPerson(person) === owner,
  );
  return written || isCloseTo(agent, owner);
}
