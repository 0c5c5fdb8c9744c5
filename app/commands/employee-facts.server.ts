import { config } from '~/config/config.server';
import { employeeFacts } from '~/config/employees.server';
import type { Facts, Hours } from '~/model/insider/stream';
import { jsonIn } from '~/model/json-text';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';

const HOUSE: Hours = { from: 8 * 60, to: 18 * 60, days: [1, 2, 3, 4, 5] };

/**
 * What an agency knows of its employees, under the pseudonyms of the audit log. Returns one line for each fault when the
 * text is wrong; no line repeats a value.
 *
 * @param text JSON; null when the agency gives no file
 * @param asOf ISO instant up to which the audit log is read
 */
export function factsFrom(text: string | null, asOf: string): Facts | { readonly faults: readonly string[] } {
  const parsed = employeeFacts.safeParse(text === null ? {} : jsonIn(text));
  if (!parsed.success)
    return { faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`) };
  const { data } = parsed;
  return {
    zone: config().AGENCY_ZONE,
    asOf,
    hours: data.hours ?? HOUSE,
    ownHours: new Map(data.ownHours.map(({ employee: id, ...own }) => [actorPseudonym(id), own])),
    calls: data.calls?.map(({ employee: id, ...call }) => ({ actor: actorPseudonym(id), ...call })) ?? null,
    relations: data.relations.map(({ employee: id, person, as }) => ({
      actor: actorPseudonym(id),
      subject: ownerOfPerson(person),
      as,
    })),
  };
}
