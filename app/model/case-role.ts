/** What a person is in a case, from the most to the least. Other ZGW roles make nobody a party. */
export const CASE_ROLES = ['applicant', 'representative', 'family', 'sponsor', 'advisor'] as const;
export type CaseRole = (typeof CASE_ROLES)[number];

/** A ZGW role (`rol`) of a natural person, reduced to what decides what they are. Dates are ISO dates or null. */
export interface RoleFacts {
  /** `omschrijvingGeneriek`. */
  readonly generic: string;
  /** `indicatieMachtiging`: '', 'gemachtigde' or 'machtiginggever'. */
  readonly authority: string;
  /** Keys of the person's numbers. */
  readonly persons: readonly string[];
  /** From `authenticatieContext`; null when the person acts for themselves. */
  readonly actsFor: ActsFor | null;
  /** `roltoelichting`, and `omschrijving` of the role type. */
  readonly texts: readonly string[];
  /** `beginGeldigheid`: the first day. */
  readonly from: string | null;
  /** `eindeGeldigheid`: the day from which it no longer holds. */
  readonly until: string | null;
}

/** For whom a role's person acted when they signed in at the agency. */
export interface ActsFor {
  /** The key of the represented person; null when we can't name them. */
  readonly person: string | null;
  /** Whether a court appointed them, and they signed in with two factors. */
  readonly legal: boolean;
}

/** What the text of a role can mean. The first that a role's texts mean counts, so a doubtful role gets less. */
export const MEANINGS = ['former', 'outside', 'advisor', 'sponsor', 'family', 'representative', 'applicant'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** The words in which the agency writes each meaning. */
export type RoleTexts = Readonly<Record<Meaning, readonly string[]>>;

export const DEFAULT_TEXTS: RoleTexts = {
  former: ['ex', 'voormalig', 'voormalige', 'gewezen', 'vorige', 'gescheiden', 'former', 'divorced'],
  outside: ['adviseur', 'behandelaar', 'beslisser', 'contactpersoon', 'klantcontacter', 'tolk', 'zaakcoordinator'],
  advisor: ['gemachtigde', 'advocaat', 'rechtshulpverlener', 'juridisch adviseur', 'proxy'],
  sponsor: ['referent', 'erkend referent', 'sponsor', 'garantsteller', 'werkgever'],
  family: [
    ...['gezinslid', 'familielid', 'partner', 'echtgenoot', 'echtgenote', 'kind', 'dochter', 'zoon', 'ouder'],
    ...['vader', 'moeder', 'broer', 'zus', 'mede-aanvrager', 'medeaanvrager', 'family', 'family member', 'spouse'],
  ],
  representative: [
    'wettelijk vertegenwoordiger',
    'legal representative',
    'voogd',
    'curator',
    'bewindvoerder',
    'mentor',
  ],
  applicant: ['aanvrager', 'hoofdaanvrager', 'verzoeker', 'vreemdeling', 'applicant'],
};

/**
 * What each of a case's natural persons is in it, in the order given; null: no party. A proxy ("gemachtigde", or signed in
 * for another) acts for somebody else in the case and is never its applicant, even when recorded as initiator: the client
 * is the one who gave the authority ("machtiginggever"), or for whom the initiator signed in. A representative who signed
 * in for somebody represents nobody else.
 *
 * @param today ISO date in the agency's zone
 */
export function caseRolesOf(
  roles: readonly RoleFacts[],
  today: string,
  texts: RoleTexts = DEFAULT_TEXTS,
): (CaseRole | null)[] {
  const filedFor = roles.flatMap((role) => (isInitiator(role) && isInForce(role, today) && role.actsFor?.person) || []);
  const claims = roles.map((role) => claimOf(role, today, texts, filedFor));
  const isNamed = claims.includes('named-applicant');
  const isFiled = claims.some((claim) => claim === 'named-applicant' || claim === 'initiator');
  const found = claims.map((claim): CaseRole | null => {
    switch (claim) {
      case 'named-applicant':
        return 'applicant';
      case 'initiator':
        return isNamed ? null : 'applicant';
      case 'principal':
        return isFiled ? null : 'applicant';
      default:
        return claim;
    }
  });
  const applicants = roles.filter((_, index) => found[index] === 'applicant').flatMap(({ persons }) => persons);
  return found.map((role, index) => {
    const actsFor = roles[index]?.actsFor;
    const isOthers = actsFor && !(actsFor.person !== null && applicants.includes(actsFor.person));
    return role === 'representative' && isOthers ? 'advisor' : role;
  });
}

/** A role by itself. Who of an initiator and a principal is the applicant depends on the others. */
type Claim = Exclude<CaseRole, 'applicant'> | 'named-applicant' | 'initiator' | 'principal' | null;

function claimOf(role: RoleFacts, today: string, words: RoleTexts, filedFor: readonly string[]): Claim {
  const { generic, authority, texts, persons, actsFor } = role;
  if (!isInitiator(role) && generic !== 'belanghebbende') return null;
  if (!isInForce(role, today)) return null;
  const meaning = meaningOf(texts, words);
  if (meaning === 'former' || meaning === 'outside') return null;
  if (meaning === 'advisor' || meaning === 'sponsor' || meaning === 'representative') return meaning;
  if (actsFor) return actsFor.legal ? 'representative' : 'advisor';
  if (authority === 'gemachtigde') return 'advisor';
  if (meaning === 'applicant') return 'named-applicant';
  if (isInitiator(role)) return 'initiator';
  if (meaning === 'family') return 'family';
  return authority === 'machtiginggever' || persons.some((person) => filedFor.includes(person)) ? 'principal' : null;
}

const isInitiator = ({ generic }: RoleFacts): boolean => generic === 'initiator' || generic === 'mede_initiator';

const isInForce = ({ from, until }: RoleFacts, today: string): boolean =>
  !((from !== null && from > today) || (until !== null && until <= today));

/** The meaning of a role's texts; null when the agency's words name none. */
export function meaningOf(texts: readonly string[], words: RoleTexts): Meaning | null {
  const said = texts.map(plain);
  return MEANINGS.find((meaning) => words[meaning].some((word) => said.some(FITS[meaning](plain(word))))) ?? null;
}

const isExactly = (word: string) => (text: string) => text === word;
const startsWith = (word: string) => (text: string) => `${text} `.startsWith(`${word} `);
const contains = (word: string) => (text: string) => ` ${text} `.includes(` ${word} `);

/** Words that take rights away count in longer texts too; words that give some only as the whole text. */
const FITS: Readonly<Record<Meaning, (word: string) => (text: string) => boolean>> = {
  former: contains,
  outside: startsWith,
  advisor: startsWith,
  sponsor: startsWith,
  family: isExactly,
  representative: isExactly,
  applicant: isExactly,
};

/** Lower case without accents, one space between words. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
