import { config } from '~/config/config.server';
import type { Arrived } from '~/identity/openid.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { closeBy, noteEmployee } from '~/store/employee.server';

/** Keeps of a sign-in which file is the employee's own, and where he works: whom his team and his leads are close to. */
export async function noteWhoHeIs(
  actorId: string,
  { person, team, leads }: NonNullable<Arrived['employee']>,
): Promise<void> {
  const place = { id: actorPseudonym(actorId), team, leads: leads?.map(actorPseudonym) ?? null };
  await noteEmployee(place, person && ownerOfPerson(person));
}

/** Who merely has the same family name is no relation. */
const CLOSE: ReadonlySet<string> = new Set(['self', 'family', 'address', 'colleague']);

/**
 * Whether a person's file is not for this employee: his own, a colleague's, or that of somebody whom the agency wrote
 * down as his relation. By what the provider says of employees, and by EMPLOYEES_FILE.
 *
 * @param agent the employee's pseudonym
 * @param owner keyed hash of the person
 */
export async function isTooClose(agent: string, owner: string): Promise<boolean> {
  const written = (config().EMPLOYEES_FILE ?? []).some(
    ({ employee, person, as }) =>
      CLOSE.has(as) && actorPseudonym(employee) === agent && ownerOfPerson(person) === owner,
  );
  return written || closeBy(agent, owner);
}
