import { type CaseFile, openCase } from './case-file';
import { type Clock, createClock } from './clock';
import { clientsFor, stageTour } from './generated';
import { HAND_MADE_CASES } from './hand-made';
import { HAND_MADE, type Person, PICKED, RELATIVES } from './people';

/** All people and cases of the simulated agency. The same start date gives the same world. */
export interface World {
  readonly clock: Clock;
  /** Everybody who can sign in, in the order of the picker. */
  readonly people: readonly Person[];
  readonly cases: readonly CaseFile[];
  readonly personCalled: (slug: string) => Person | undefined;
  readonly caseWith: (uuid: string) => CaseFile | undefined;
  /** Slugs of an advisor's clients. */
  readonly clientsOf: (advisor: Person) => readonly string[];
}

/** What differs in another agency: its people by slug. */
export type OtherPeople = Readonly<Record<string, Partial<Person>>>;

/** Creates the world. `start` is an ISO instant and defaults to the real time. */
export function createWorld(start?: string, others: OtherPeople = {}): World {
  const clock = createClock(start);
  const largeOffice = HAND_MADE.find(({ slug }) => slug === 'adv-large');
  const generated = [...stageTour(), ...(largeOffice === undefined ? [] : clientsFor(largeOffice, 240))];
  const renamed = (person: Person): Person => ({ ...person, ...others[person.slug] });
  const people = [...PICKED, ...generated.map(({ person }) => person)].map(renamed);
  const specs = [...HAND_MADE_CASES, ...generated.map(({ spec }) => spec)];
  const cases = specs.map((spec) => {
    const file = openCase(spec, clock.startDate);
    return { ...file, parties: file.parties.map((party) => ({ ...party, person: renamed(party.person) })) };
  });
  const bySlug = new Map([...people, ...RELATIVES.map(renamed)].map((person) => [person.slug, person]));
  const byUuid = new Map(cases.map((file) => [file.uuid, file]));
  return {
    clock,
    people,
    cases,
    personCalled: (slug) => bySlug.get(slug),
    caseWith: (uuid) => byUuid.get(uuid),
    clientsOf: (advisor) =>
      cases
        .filter((file) => file.parties.some(({ role, person }) => role === 'advisor' && person.slug === advisor.slug))
        .flatMap((file) => file.parties.filter(({ role }) => role === 'applicant').map(({ person }) => person.slug)),
  };
}
