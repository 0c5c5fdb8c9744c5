import type { Case } from '~/model/case';

/** How many people of a case would come: all but the sponsor and the advisor. */
export function partySizeOf(theCase: Case): number {
  return Math.max(1, theCase.parties.filter(({ role }) => role === 'applicant' || role === 'family').length);
}

/** The names and V-numbers that a booking form starts with, from the case; empty fields for further people. */
export function peopleFor(theCase: Pick<Case, 'parties' | 'vNumber'>, count: number) {
  const comers = theCase.parties.filter(({ role }) => role === 'applicant' || role === 'family');
  return Array.from({ length: count }, (_, index) => {
    const person = comers[index];
    const ownNumber = person?.person?.kind === 'vnumber' ? person.person.value : null;
    const caseNumber = person?.role === 'applicant' ? theCase.vNumber : null;
    return {
      givenName: person?.givenName ?? '',
      familyName: person?.familyName ?? '',
      vNumber: (ownNumber ?? caseNumber ?? '').replace(/\D/g, ''),
    };
  });
}

export type PersonFields = ReturnType<typeof peopleFor>[number];
