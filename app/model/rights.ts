import type { Case, Party } from './case';
import { CASE_ROLES, type CaseRole } from './case-role';
import { type PersonId, personKey } from './viewer';

/**
 * What a person may do in a case:
 *
 * - `wait`: see its procedure, reference, stages and expected wait
 * - `case`: see what is asked, the decision period, the result and the visits
 * - `persons`: see who else is in it, and who may look at it
 * - `book-self`: book, move and cancel a visit for themselves
 * - `book-all`: book, move and cancel the visits of everybody in it
 * - `mandate`: let an advisor look, and end that
 * - `helpdesk`: show it to the helpdesk
 * - `statement`: make a statement that it is being handled
 */
export const RIGHTS = ['wait', 'case', 'persons', 'book-self', 'book-all', 'mandate', 'helpdesk', 'statement'] as const;
export type Right = (typeof RIGHTS)[number];

/**
 * The rights of each role, and of who signs in for another (`represents`): the most that they have in the cases of the
 * person whom they represent, who may have fewer.
 */
export type RightsTable = Readonly<Record<CaseRole | 'represents', readonly Right[]>>;

/** The rights of each role unless the agency configures others. */
export const DEFAULT_RIGHTS: RightsTable = {
  applicant: ['wait', 'case', 'persons', 'book-all', 'mandate', 'helpdesk', 'statement'],
  representative: ['wait', 'case', 'persons', 'book-all', 'mandate', 'helpdesk', 'statement'],
  family: ['wait', 'case', 'persons', 'book-self'],
  sponsor: ['wait'],
  advisor: [],
  represents: ['wait', 'case'],
};

/**
 * The most that an agency can grant a role. A proxy never acts by their own sign-in, only under a mandate. A mandate and
 * a code for the helpdesk would let others see more than who represents the person.
 */
export const GRANTABLE: RightsTable = {
  applicant: RIGHTS,
  representative: RIGHTS,
  family: ['wait', 'case', 'persons', 'book-self', 'helpdesk'],
  sponsor: ['wait', 'case', 'persons'],
  advisor: [],
  represents: ['wait', 'case', 'persons', 'book-self', 'book-all'],
};

/** What an agency can't take away: the applicant always sees the case, and moves and cancels its visits. */
export const GUARANTEED: RightsTable = {
  applicant: ['wait', 'case', 'book-all'],
  representative: [],
  family: [],
  sponsor: [],
  advisor: [],
  represents: [],
};

/** A right is of no use, or shows too much, without these. */
export const NEEDED: Readonly<Record<Right, readonly Right[]>> = {
  wait: [],
  case: ['wait'],
  persons: ['wait', 'case'],
  'book-self': ['wait', 'case'],
  'book-all': ['wait', 'case'],
  mandate: ['wait', 'case'],
  helpdesk: ['wait', 'case'],
  statement: ['wait', 'case'],
};

/** The rights of a person with these roles: what any of them gives. */
export const rightsOf = (roles: readonly CaseRole[], table: RightsTable): Right[] =>
  RIGHTS.filter((right) => roles.some((role) => table[role].includes(right)));

/** A case as one of its people may see it: what they have no right to is not in it. */
export interface OwnCase extends Case {
  readonly rights: readonly Right[];
  /** The person whose view it is. */
  readonly self: Party;
}

/**
 * The case as a person may see it; null without any right in it.
 *
 * @param by who acts for the person, with their own number where it is known; null when the person acts themselves
 */
export function caseFor(
  theCase: Case,
  person: PersonId,
  table: RightsTable,
  by: { readonly person: PersonId | null } | null = null,
): OwnCase | null {
  const self = theCase.parties.find((party) => isPerson(party, person));
  const own = self ? rightsOf(self.roles, table) : [];
  const rights = by === null ? own : inBoth(own, rightsBy(theCase, by.person, table));
  return self && rights.includes('wait') ? withoutRest({ ...theCase, rights, self }) : null;
}

/** What the agency gives who represents others, and more where the case names them as the legal representative. */
function rightsBy(theCase: Case, actor: PersonId | null, table: RightsTable): readonly Right[] {
  const party = actor && theCase.parties.find((one) => isPerson(one, actor));
  const isLegal = party?.roles.includes('representative') === true;
  const legal = isLegal ? table.representative.filter((right) => GRANTABLE.represents.includes(right)) : [];
  return [...table.represents, ...legal];
}

/** Who may book for all may book for one. */
const withLess = (rights: readonly Right[]): readonly Right[] =>
  rights.includes('book-all') ? [...rights, 'book-self'] : rights;

const inBoth = (some: readonly Right[], others: readonly Right[]): Right[] =>
  RIGHTS.filter((right) => withLess(some).includes(right) && withLess(others).includes(right));

function withoutRest(theCase: OwnCase): OwnCase {
  const { rights, self, extension, suspension } = theCase;
  const sees = (right: Right) => rights.includes(right);
  return {
    ...theCase,
    ...(sees('persons') ? {} : { parties: [self] }),
    ...(sees('book-all') ? {} : { vNumber: null }),
    ...(sees('case')
      ? {}
      : {
          result: null,
          outcome: null,
          decision: { made: null, notified: null, reactBy: null },
          invitation: null,
          request: { until: null, papers: [] },
          // The wait depends on both; the agency's reasons are the applicant's business.
          extension: extension && { ...extension, reason: '' },
          suspension: suspension && { reason: '' },
        }),
  };
}

const isPerson = ({ ids }: Pick<Party, 'ids'>, person: PersonId): boolean =>
  ids.some((id) => personKey(id) === personKey(person));

/** Whether a viewer may book, move and cancel at all. */
export const mayBook = ({ rights }: Pick<OwnCase, 'rights'>): boolean =>
  rights.includes('book-all') || rights.includes('book-self');

/** Whom the viewer can book for: those of the case who come to a desk, or themselves only. The applicant is the first. */
export function bookable({ rights, parties, self }: Pick<OwnCase, 'rights' | 'parties' | 'self'>): readonly Party[] {
  if (!rights.includes('book-all')) return rights.includes('book-self') ? [self] : [];
  const comers = parties.filter(({ roles }) => roles.some((role) => role === 'applicant' || role === 'family'));
  return [...comers].sort((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = ({ roles }: Party): number => Math.min(...roles.map((role) => CASE_ROLES.indexOf(role)));
