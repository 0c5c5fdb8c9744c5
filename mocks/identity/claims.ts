import { fullName, type Person, subjectId } from '../world/people';

/** The names of all claims that a sign-in may carry. */
export const CLAIMS = [
  ...['sub', 'name', 'role', 'bsn', 'v_number', 'office', 'advisor_number', 'team', 'team_leads', 'locale', 'acr'],
] as const;

/** How sure the provider is of the person, as a Dutch means of sign-in says it. */
export const ASSURANCE = 'substantial';

/**
 * What a sign-in says of a person: by which one number the agency knows an applicant (`bsn`, else `v_number`), and for
 * an advisor the numbers of the office and of himself, for an employee his team and its leads. `withoutNumber` leaves the numbers out, as a broken provider might.
 */
export function claimsOf(person: Person, withoutNumber: boolean): Readonly<Record<string, string | string[]>> {
  return {
    sub: subjectId(person),
    name: fullName(person),
    role: person.role,
    locale: person.locale,
    acr: ASSURANCE,
    ...(person.work
      ? { team: person.work.team, team_leads: person.work.leads.map((slug) => subjectId({ slug })) }
      : {}),
    ...(withoutNumber ? {} : numberOf(person)),
  };
}

function numberOf(person: Person): Readonly<Record<string, string>> {
  if (person.office !== null) {
    const { advisorNumber } = person;
    return { office: person.office.number, ...(advisorNumber === null ? {} : { advisor_number: advisorNumber }) };
  }
  if (person.bsn !== null) return { bsn: person.bsn };
  return person.vNumber === null ? {} : { v_number: person.vNumber };
}
