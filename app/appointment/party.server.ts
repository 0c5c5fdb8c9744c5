import type { Case } from '~/model/case';

/** How many people of a case would come: all but the sponsor and the advisor. */
export function partySizeOf(theCase: Case): number {
  return Math.max(1, theCase.parties.filter(({ role }) => role === 'applicant' || role === 'family').length);
}
