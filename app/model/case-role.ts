/** What a person is in a case, from the most to the least. Other ZGW roles make nobody a party. */
export const CASE_ROLES = ['applicant', 'representative', 'family', 'sponsor', 'advisor'] as const;
export type CaseRole = (typeof CASE_ROLES)[number];

/** A ZGW role (`rol`) of a natural person, reduced to what decides what they are. Dates are ISO dates or null. */
export interface RoleFacts {
  /** `omschrijvingGeneriek`. */
  readonly generic: string;
  /** `indicatieMachtiging`: '', 'gemachtigde' or 'machtiginggever'. */
  readonly authority: string;
  /** `roltoelichting`, and `omschrijving` of the role type. */
  readonly texts: readonly string[];
  /** `beginGeldigheid`: the first day. */
  readonly from: string | null;
  /** `eindeGeldigheid`: the day from which it no longer holds. */
  readonly until: string | null;
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
 * What each of a case's natural persons is in it, in the order given; null: no party. A proxy ("gemachtigde") acts for
 * somebody else in the case and is never its applicant, even when recorded as initiator: the client is the one who gave
 * the authority ("machtiginggever").
 *
 * @param today ISO date in the agency's zone
 */
export function caseRolesOf(
  roles: readonly RoleFacts[],
  today: string,
  texts: RoleTexts = DEFAULT_TEXTS,
): (CaseRole | null)[] {
  const claims = roles.map((role) => claimOf(role, today, texts));
  const isNamed = claims.includes('named-applicant');
  const isFiled = claims.some((claim) => claim === 'named-applicant' || claim === 'initiator');
  return claims.map((claim) => {
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
}

/** A role by itself. Who of an initiator and a principal is the applicant depends on the others. */
type Claim = Exclude<CaseRole, 'applicant'> | 'named-applicant' | 'initiator' | 'principal' | null;

function claimOf({ generic, authority, texts, from, until }: RoleFacts, today: string, words: RoleTexts): Claim {
  const isInitiator = generic === 'initiator' || generic === 'mede_initiator';
  if (!isInitiator && generic !== 'belanghebbende') return null;
  if ((from !== null && from > today) || (until !== null && until <= today)) return null;
  const meaning = meaningOf(texts, words);
  if (meaning === 'former' || meaning === 'outside') return null;
  if (meaning === 'advisor' || meaning === 'sponsor' || meaning === 'representative') return meaning;
  if (authority === 'gemachtigde') return 'advisor';
  if (meaning === 'applicant') return 'named-applicant';
  if (isInitiator) return 'initiator';
  if (meaning === 'family') return 'family';
  return authority === 'machtiginggever' ? 'principal' : null;
}

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
