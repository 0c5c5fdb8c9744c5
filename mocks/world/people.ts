import { digestOf } from './seed';

export interface Person {
  /** Id for sign-in, also part of generated addresses. */
  readonly slug: string;
  readonly role: 'applicant' | 'advisor' | 'staff';
  /** Heading in the person picker. */
  readonly group:
    | 'Applicants'
    | 'In others’ cases'
    | 'One person for each stage'
    | 'Advisors'
    | 'Helpdesk'
    | 'Clients of the large office';
  readonly given: string;
  /** Dutch prefix of a family name ("van der"), or "". */
  readonly prefix: string;
  readonly family: string;
  /** The name in its original script when the register has the Latin one, or "". */
  readonly otherName: string;
  /** Nine digits that pass the check; null for a person without BSN. */
  readonly bsn: string | null;
  /** Ten digits; null for advisors and employees. */
  readonly vNumber: string | null;
  readonly sex: 'm' | 'v' | 'o';
  /** ISO date, or only the year when the date is unknown. */
  readonly born: string;
  /** Preferred language, sent as the claim `locale`. */
  readonly locale: string;
  /** One line for the person picker: what the person's pages show. */
  readonly about: string;
  /** The office of an advisor. */
  readonly office: Office | null;
  /** Identifies an advisor to their colleagues. */
  readonly advisorNumber: string | null;
  /** Where an employee works. */
  readonly work: Work | null;
}

export interface Work {
  readonly team: string;
  /** Slugs of the employee's leads, nearest first. Some are not in the picker. */
  readonly leads: readonly string[];
  /** As the provider names them in `staff_roles`. */
  readonly roles: readonly string[];
}

export interface Office {
  /** Number of the office in the cases' roles ("innNnpId"). */
  readonly number: string;
  readonly name: string;
}

const OFFICES: { readonly small: Office; readonly large: Office } = {
  small: { number: '002220647', name: 'Kantoor De Brug' },
  large: { number: '008110931', name: 'Advocaten aan de Singel' },
};

export const fullName = (person: Person): string =>
  [person.given, person.prefix, person.family].filter((part) => part !== '').join(' ');

/** The `sub` of a person: opaque, and the same in every run. */
export const subjectId = ({ slug }: Pick<Person, 'slug'>): string => digestOf('sub', slug);

let numbered = 0;

/** A hand-made person with the next BSN and V-number. The order of the calls determines the numbers. */
function person(
  slug: string,
  given: string,
  family: string,
  about: string,
  rest: Partial<Omit<Person, 'slug' | 'given' | 'family' | 'about'>> = {},
): Person {
  numbered += 1;
  return numberedPerson(numbered, { slug, given, family, about, ...rest });
}

/** A person with the n-th BSN and V-number of the world. */
export function numberedPerson(
  n: number,
  known: Pick<Person, 'slug' | 'given' | 'family' | 'about'> & Partial<Person>,
): Person {
  return {
    role: 'applicant',
    group: 'Applicants',
    prefix: '',
    otherName: '',
    bsn: bsnOf(n),
    vNumber: `28${String(11_000_000 + n * 137).padStart(8, '0')}`,
    sex: 'v',
    born: '1990-04-01',
    locale: 'en',
    office: null,
    advisorNumber: null,
    work: null,
    ...known,
  };
}

const found: string[] = [];
let nextBase = 99_990_000;

/** The n-th BSN (from 1) of the range 9999…, which is not in use; it passes the "eleven check". */
function bsnOf(n: number): string {
  while (found.length < n) {
    const digits = [...String(nextBase)].map(Number);
    const last = digits.reduce((sum, digit, index) => sum + digit * (9 - index), 0) % 11;
    if (last < 10) found.push(`${nextBase}${last}`);
    nextBase += 1;
  }
  return found[n - 1] ?? '';
}

const NOBODY = { bsn: null, vNumber: null } as const;
const ADVISOR = { ...NOBODY, role: 'advisor', group: 'Advisors', locale: 'nl' } as const;
const STAFF = { ...NOBODY, role: 'staff', group: 'Helpdesk', locale: 'nl' } as const;
const EVERYTHING = ['helpdesk', 'desk-planner', 'wait-publisher'];
const NORTH: Work = { team: 'north', leads: ['desk-4', 'desk-head'], roles: EVERYTHING };

/** An employee outside the teams of the helpdesk. The BSNs of the people after them stay the same. */
const employee = (slug: string, given: string, family: string, about: string, ...roles: string[]): Person =>
  numberedPerson(1, { ...STAFF, slug, given, family, about, work: { team: 'office', leads: ['office-head'], roles } });

/** The hand-made people, in the order of the picker. */
export const HAND_MADE: readonly Person[] = [
  person('amal', 'Amal', 'Haddad', 'Family. Must come for fingerprints and a photo within three weeks.', {
    otherName: 'أمل حداد',
    locale: 'ar',
    born: '1991-03-14',
  }),
  person('yonas', 'ዮናስ', 'ተስፋይ', 'Asylum, no BSN. Has waited long for the second interview.', {
    bsn: null,
    sex: 'm',
    born: '1998',
    locale: 'ti',
  }),
  person('olena', 'Олена', 'Ковальчук', 'Study. The residence card is ready to be collected.', {
    locale: 'uk',
    born: '2003-09-02',
  }),
  person('garcia', 'Lucía', 'García', 'Family of five in one case. Fingerprints and photo for all.', {
    locale: 'es',
    born: '1984-12-05',
  }),
  person('chen', 'Wei', 'Chen', 'Highly skilled work. Review has just begun.', {
    otherName: '陈伟',
    sex: 'm',
    locale: 'zh',
    born: '1993-02-11',
  }),
  person('farid', 'Farid', 'Rahimi', 'Family. Two papers asked; the clock stands still.', {
    sex: 'm',
    locale: 'fa',
    born: '1979-07-23',
  }),
  person('imani', 'Imani', 'Mwangi', 'Study. The decision period was extended.', { locale: 'en', born: '2001-01-30' }),
  person('pedro', 'Pedro', 'Almeida Santos', 'Family. The agency is too late.', {
    sex: 'm',
    locale: 'pt',
    born: '1988-10-09',
  }),
  person('sofia', 'Sofía', 'Ramírez', 'Work. Decided two days ago.', { locale: 'es', born: '1995-05-17' }),
  person('tomasz', 'Tomasz', 'Wójcik', 'Permanent. Withdrew the application.', {
    sex: 'm',
    locale: 'pl',
    born: '1975-08-28',
  }),
  person('mehmet', 'Mehmet', 'Yıldız', 'A renewal that is closed, and a second case that runs.', {
    sex: 'm',
    locale: 'tr',
    born: '1982-06-06',
  }),
  person('bao', 'Bảo', 'Nguyễn', 'Family. In a step whose name no portal knows.', {
    sex: 'm',
    locale: 'vi',
    born: '1997-11-19',
  }),
  person(
    'longname',
    'Maria Anunciação Esperança',
    'Wickramasinghe-Papadopoulou Albuquerque',
    'Renewal. A name of more than sixty characters.',
    { prefix: 'van der', locale: 'nl', born: '1969-02-27' },
  ),
  person('nocases', 'Noor', 'Jansen', 'Signed in, and no case at all.', { locale: 'nl', born: '1999-09-09' }),
  person('fatou', 'Fatou', 'Diallo', 'Naturalisation. Invited to the ceremony.', { locale: 'fr', born: '1980-01-01' }),
  person('ravi', 'Ravi', 'Narayanan', 'Short-stay visa. Also in a case that no portal may show.', {
    sex: 'm',
    locale: 'en',
    born: '1986-04-21',
  }),
  person('hana', 'هناء', 'سالم', 'Permanent residence, in review.', { locale: 'ar', born: '1977-03-03' }),
  person('grace', 'Grace', 'Okafor', 'Highly skilled work. Has not paid the fee yet.', {
    locale: 'en',
    born: '1994-12-24',
  }),
  person('selam', 'ሰላም', 'ገብረ', 'Asylum, no BSN. Invited to the first interview.', {
    bsn: null,
    locale: 'ti',
    born: '2002-05-05',
  }),
  person('samir', 'سمير', 'خوري', 'Asylum. The agency has said what it intends; he may react.', {
    sex: 'm',
    locale: 'ar',
    born: '1990-08-15',
  }),
  person('dmytro', 'Дмитро', 'Шевченко', 'Naturalisation. The municipality gives its advice.', {
    sex: 'm',
    locale: 'uk',
    born: '1973-07-07',
  }),
  person('aisha', 'Aisha', 'Osman', 'Short-stay visa. Refused and closed; a new one received today.', {
    locale: 'so',
    born: '1992-06-12',
  }),
  person('jun', 'Jun', 'Park', 'Renewal in the older case system, which keeps its steps in its own way.', {
    sex: 'o',
    locale: 'ko',
    born: '1996-10-30',
  }),
  person('leila', 'Leila', 'Haddad', 'Study. Received yesterday.', { locale: 'fr', born: '2004-02-29' }),
  person('viktor', 'Виктор', 'Иванов', 'Three cases: closed, refused, and one that was both extended and suspended.', {
    sex: 'm',
    locale: 'ru',
    born: '1971-11-11',
  }),
  person('adv-small', 'Willem', 'Dekker', 'Advisor with three clients: Farid, Imani and Pedro.', {
    ...ADVISOR,
    sex: 'm',
    office: OFFICES.small,
    advisorNumber: '416021',
  }),
  // Numbered separately, so that the people after this one keep their numbers.
  numberedPerson(900, {
    ...ADVISOR,
    slug: 'adv-colleague',
    given: 'Noura',
    family: 'Peeters',
    about: 'Colleague of Willem Dekker, number 417703, without clients of her own.',
    office: OFFICES.small,
    advisorNumber: '417703',
  }),
  person('adv-large', 'Saskia', 'Vermeulen', 'Advisor with 240 clients.', {
    ...ADVISOR,
    office: OFFICES.large,
    advisorNumber: '508114',
  }),
  numberedPerson(901, {
    ...ADVISOR,
    slug: 'adv-secretary',
    given: 'Bouchra',
    family: 'Amrani',
    about: 'Secretary at the office of Saskia Vermeulen, without a number of her own.',
    office: OFFICES.large,
  }),
  person('desk-1', 'Anouk', 'Smit', 'Helpdesk employee, team North. Also plans desks and publishes waits.', {
    ...STAFF,
    work: NORTH,
  }),
  person('desk-2', 'Rachid', 'Bakker', 'Helpdesk employee, team South. Also plans desks and publishes waits.', {
    ...STAFF,
    work: { team: 'south', leads: ['desk-lead-south', 'desk-head'], roles: EVERYTHING },
  }),
  person('desk-3', 'Joris', 'Mulder', 'Helpdesk employee, team North, married to Leila Haddad.', {
    ...STAFF,
    work: NORTH,
  }),
  // No number of their own, so that the people after this one keep theirs.
  numberedPerson(1, {
    ...STAFF,
    slug: 'desk-4',
    given: 'Hennie',
    family: 'Visser',
    about: 'Helpdesk employee, lead of team North.',
    work: { team: 'leads', leads: ['desk-head'], roles: ['helpdesk', 'team-lead'] },
  }),
  employee('desk-5', 'Sanne', 'Kramer', 'Helpdesk employee with no other role.', 'helpdesk'),
  employee('planner', 'Gijs', 'Verhoeven', 'Planner of desks.', 'desk-planner'),
  employee('publisher', 'Marloes', 'de Graaf', 'Publisher of waits.', 'wait-publisher'),
  employee('privacy', 'Esther', 'Hoogland', 'Privacy officer.', 'privacy-officer'),
  employee('auditor', 'Bram', 'Kuiper', 'Auditor. Reads and changes nothing.', 'auditor'),
];

/** People in others' cases. Most of them do not sign in. */
export const RELATIVES: readonly Person[] = [
  person('garcia-2', 'Mateo', 'García', 'Family member in Lucía’s case.', {
    group: 'In others’ cases',
    sex: 'm',
    locale: 'es',
    born: '1982-02-18',
  }),
  person('garcia-3', 'Valentina', 'García', '', { locale: 'es', born: '2011-06-01' }),
  person('garcia-4', 'Diego', 'García', '', { sex: 'm', locale: 'es', born: '2014-10-22' }),
  person('garcia-5', 'Alma', 'García', '', { locale: 'es', born: '2021-04-13' }),
  person('haddad-sponsor', 'Karim', 'Haddad', 'Sponsor of Amal. Sees the stage and the wait of her case only.', {
    group: 'In others’ cases',
    sex: 'm',
    locale: 'nl',
    born: '1987-01-25',
  }),
];

/** The roles of a case, and the names of the person who has each in the first case and in the second. */
const ROLES_IN_A_CASE: readonly (readonly [role: string, about: string, first: string, second: string])[] = [
  ['', 'Child whose guardian acts for them.', 'Salma Benali', 'Yaruba Tesfaye'],
  ['guardian', 'Legal representative. Acts for the child.', 'Rachida Benali', 'Almaz Tesfaye'],
  ['brother', 'Family member. Books for himself.', 'Ilyas Benali', 'Dawit Tesfaye'],
  ['sponsor', 'Sponsor who filed the case. Sees its stage and wait.', 'Hendrik Postma', 'Margriet Zijlstra'],
  ['former', 'Once a guardian; the role has ended. Sees nothing.', 'Omario Ziani', 'Kidane Berhane'],
  ['adviser', 'Adviser of the agency. Sees nothing.', 'Petra Kuipers', 'Ruben Lammers'],
  ['handler', 'Handles the case. Sees nothing.', 'Gerrit Hofman', 'Ingrid Veenstra'],
  ['contact', 'Contact in the case. Sees nothing.', 'Wilma Brands', 'Sjoerd Hoekstra'],
];
const PROXIED: readonly (readonly [role: string, about: string, first: string, second: string])[] = [
  ['', 'Applicant, in two roles. A proxy filed the case.', 'Tarek Nassar', 'Irenka Kowal'],
  ['proxy', 'Proxy, recorded as initiator. Sees nothing.', 'Berend Coolen', 'Josine Mertens'],
];

/**
 * The people of a case with every kind of role, numbered apart from those above, who keep their numbers. The brothers
 * have no BSN, so that the agency knows their V-numbers.
 */
const peopleOf = (slug: string, from: number, which: 0 | 1, roles: typeof ROLES_IN_A_CASE): Person[] =>
  roles.map(([role, about, ...names], index) => {
    const [given = '', family = ''] = (names[which] ?? '').split(' ');
    return numberedPerson(from + index, {
      ...(role === 'brother' ? { bsn: null } : {}),
      slug: role ? `${slug}-${role}` : slug,
      group: 'In others’ cases',
      locale: 'nl',
      given,
      family,
      about,
    });
  });

export const WITH_ROLES: readonly Person[] = [
  ...peopleOf('salma', 901, 0, ROLES_IN_A_CASE),
  ...peopleOf('yaruba', 911, 1, ROLES_IN_A_CASE),
  ...peopleOf('tarek', 921, 0, PROXIED),
  ...peopleOf('irenka', 931, 1, PROXIED),
];

/** Everybody by name who can sign in, in the order of the picker. */
export const PICKED: readonly Person[] = [
  ...HAND_MADE,
  ...RELATIVES.filter(({ group }) => group === 'In others’ cases'),
  ...WITH_ROLES,
];
