import { fullName, type Person, subjectId } from '../world/people';

/** The names of all claims. */
export const CLAIMS = [
  ...['sub', 'name', 'role', 'bsn', 'v_number', 'office', 'advisor_number', 'team', 'team_leads', 'staff_roles'],
  ...['locale', 'acr', 'represents'],
] as const;

/** Levels of assurance, as Dutch means of sign-in name them, the weakest first. */
export const LEVELS = ['low', 'substantial', 'high'] as const;

/** The means with which a person signs in: the weakest that was asked for, as many people would. */
export const levelFor = (asked: unknown): string =>
  LEVELS.find((level) => `${asked}`.split(' ').includes(level)) ?? 'substantial';

/**
 * Returns a person's claims. An applicant has `bsn`, or else `v_number`. An advisor has the office's number and their
 * own, and an employee their team, its leads and their roles. `withoutNumber` leaves the numbers out, to simulate a broken provider.
 */
export function claimsOf(person: Person, withoutNumber: boolean): Readonly<Record<string, string | string[]>> {
  return {
    sub: subjectId(person),
    name: fullName(person),
    role: person.role,
    locale: person.locale,
    ...(person.work
      ? {
          team: person.work.team,
          team_leads: person.work.leads.map((slug) => subjectId({ slug })),
          staff_roles: [...person.work.roles],
        }
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
