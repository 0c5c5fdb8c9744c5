import type { CaseSpec } from './case-file';
import { HAND_MADE, type Person, RELATIVES, WITH_ROLES } from './people';
import { FAMILY_TRIAL, INTERNAL, RENEWAL_OLD } from './procedures';

const byName = new Map([...HAND_MADE, ...RELATIVES, ...WITH_ROLES].map((person) => [person.slug, person]));

const who = (slug: string): Person => {
  const found = byName.get(slug);
  if (found === undefined) throw new RangeError(`no person has the slug ${slug}`);
  return found;
};

/** The hand-made cases: one for each situation that the portal must show. */
export const HAND_MADE_CASES: readonly CaseSpec[] = [
  {
    reference: 'Z1-2048-1001',
    procedure: 'family',
    applicant: who('amal'),
    sponsor: who('haddad-sponsor'),
    subject: 'Verblijf bij echtgenoot',
    path: { received: 24, fee: 22, biometrics: 6 },
    actWithin: 21,
  },
  {
    reference: 'Z1-2048-1002',
    procedure: 'asylum',
    applicant: who('yonas'),
    path: { received: 420, biometrics: 418, 'registration-interview': 402, interview: 395 },
    extended: 'Zeer veel aanvragen',
  },
  {
    reference: 'Z1-2048-1003',
    procedure: 'study',
    applicant: who('olena'),
    path: { received: 58, fee: 56, biometrics: 47, review: 35, decided: 12, collect: 3 },
    result: 'Ingewilligd',
  },
  {
    reference: 'Z1-2048-1004',
    procedure: 'family',
    applicant: who('garcia'),
    family: [who('garcia-2'), who('garcia-3'), who('garcia-4'), who('garcia-5')],
    subject: 'Verblijf als gezin',
    path: { received: 19, fee: 17, biometrics: 4 },
    actWithin: 24,
  },
  {
    reference: 'Z1-2048-1005',
    procedure: 'work',
    applicant: who('chen'),
    path: { received: 8, fee: 7, biometrics: 5, review: 1 },
  },
  {
    reference: 'Z1-2048-1006',
    procedure: 'family',
    applicant: who('farid'),
    advisor: who('adv-small'),
    subject: 'Verblijf bij partner',
    path: { received: 61, fee: 59, biometrics: 44, review: 30, documents: 9 },
    suspended: 'Wij wachten op stukken van u',
    actWithin: 19,
    papers: ['income', 'marriage-certificate'],
  },
  {
    reference: 'Z1-2048-1007',
    procedure: 'study',
    applicant: who('imani'),
    advisor: who('adv-small'),
    path: { received: 71, fee: 70, biometrics: 60, review: 48 },
    extended: 'Nader onderzoek nodig',
  },
  {
    reference: 'Z1-2048-1008',
    procedure: 'family',
    applicant: who('pedro'),
    advisor: who('adv-small'),
    subject: 'Verblijf bij partner',
    path: { received: 112, fee: 110, biometrics: 96, review: 80 },
  },
  {
    reference: 'Z1-2048-1009',
    procedure: 'work',
    applicant: who('sofia'),
    path: { received: 23, fee: 22, biometrics: 16, review: 12, decided: 2 },
    result: 'Ingewilligd',
  },
  {
    reference: 'Z1-2048-1010',
    procedure: 'permanent',
    applicant: who('tomasz'),
    path: { received: 90, fee: 88, review: 70, withdrawn: 15 },
    result: 'Ingetrokken',
  },
  {
    reference: 'Z1-2048-1011',
    procedure: 'renewal',
    applicant: who('mehmet'),
    path: { received: 400, fee: 398, biometrics: 380, review: 371, decided: 330, collect: 325, closed: 310 },
    result: 'Ingewilligd',
  },
  {
    reference: 'Z1-2048-1012',
    procedure: 'permanent',
    applicant: who('mehmet'),
    path: { received: 38, fee: 36, documents: 11 },
    suspended: 'Wij wachten op stukken van u',
    actWithin: 17,
    papers: ['income'],
  },
  {
    reference: 'Z1-2048-1013',
    procedure: 'family',
    applicant: who('bao'),
    version: FAMILY_TRIAL,
    path: { received: 66, fee: 64, biometrics: 50, review: 39, unknown: 7 },
  },
  {
    reference: 'Z1-2048-1014',
    procedure: 'renewal',
    applicant: who('longname'),
    path: { received: 33, fee: 31, biometrics: 20, review: 14 },
  },
  {
    reference: 'Z1-2048-1015',
    procedure: 'naturalisation',
    applicant: who('fatou'),
    path: { received: 372, fee: 370, advice: 350, review: 240, decided: 40, ceremony: 33 },
    result: 'Ingewilligd',
    invitation: { inDays: 26, time: '14:00', place: 'Stadhuis Utrecht, Stadsplateau 1' },
  },
  {
    reference: 'Z1-2048-1016',
    procedure: 'visa',
    applicant: who('ravi'),
    path: { received: 6, fee: 6, biometrics: 4, review: 2 },
  },
  {
    reference: 'T-7731-0004',
    procedure: 'visa',
    applicant: who('ravi'),
    version: INTERNAL,
    path: { received: 5, review: 3 },
    secret: true,
  },
  {
    reference: 'Z1-2048-1017',
    procedure: 'permanent',
    applicant: who('hana'),
    path: { received: 96, fee: 94, review: 81 },
  },
  {
    reference: 'Z1-2048-1018',
    procedure: 'work',
    applicant: who('grace'),
    path: { received: 5, fee: 4 },
    actWithin: 10,
  },
  {
    reference: 'Z1-2048-1019',
    procedure: 'asylum',
    applicant: who('selam'),
    path: { received: 29, biometrics: 28, 'registration-interview': 12 },
    invitation: { inDays: 9, time: '09:30', place: 'Aanmeldcentrum Ter Apel, gebouw 3' },
  },
  {
    reference: 'Z1-2048-1020',
    procedure: 'asylum',
    applicant: who('samir'),
    path: { received: 238, biometrics: 237, 'registration-interview': 220, interview: 141, review: 120, intention: 8 },
    extended: 'Zeer veel aanvragen',
    actWithin: 20,
  },
  {
    reference: 'Z1-2048-1021',
    procedure: 'naturalisation',
    applicant: who('dmytro'),
    path: { received: 88, fee: 85, advice: 62 },
  },
  {
    reference: 'Z1-2048-1022',
    procedure: 'visa',
    applicant: who('aisha'),
    path: { received: 210, fee: 210, biometrics: 208, review: 205, decided: 198, closed: 190 },
    result: 'Afgewezen',
  },
  {
    reference: 'Z1-2048-1023',
    procedure: 'visa',
    applicant: who('aisha'),
    path: { received: 0 },
  },
  {
    reference: '0014ESUITE66392022',
    procedure: 'renewal',
    applicant: who('jun'),
    version: RENEWAL_OLD,
    path: { received: 52, fee: 50, biometrics: 31, review: 18 },
    quirks: true,
  },
  {
    reference: 'Z1-2048-1024',
    procedure: 'study',
    applicant: who('leila'),
    path: { received: 1 },
  },
  {
    reference: 'Z1-2048-1025',
    procedure: 'work',
    applicant: who('viktor'),
    path: { received: 900, fee: 899, biometrics: 890, review: 886, decided: 875, collect: 870, closed: 860 },
    result: 'Ingewilligd',
  },
  {
    reference: 'Z1-2048-1026',
    procedure: 'permanent',
    applicant: who('viktor'),
    path: { received: 500, fee: 498, review: 480, decided: 330, closed: 325 },
    result: 'Afgewezen',
  },
  {
    reference: 'Z1-2048-1027',
    procedure: 'naturalisation',
    applicant: who('viktor'),
    path: { received: 300, fee: 298, advice: 281, review: 170, documents: 21 },
    extended: 'Nader onderzoek nodig',
    suspended: 'Wij wachten op stukken van u',
    actWithin: 7,
    papers: ['birth-certificate', 'passport'],
  },
  {
    reference: 'Z1-2048-1028',
    procedure: 'study',
    applicant: who('imani'),
    path: { received: 430, fee: 429, withdrawn: 420 },
    result: 'Ingetrokken',
  },
  ...(
    [
      ['salma', 'Z1-2048-1029'],
      ['yaruba', 'Z1-2048-1030'],
    ] as const
  ).map(
    ([slug, reference]): CaseSpec => ({
      reference,
      procedure: 'family',
      applicant: who(slug),
      family: [who(`${slug}-brother`)],
      subject: 'Verblijf bij voogd',
      path: { received: 21, fee: 19, biometrics: 5 },
      actWithin: 20,
      others: [
        [who(`${slug}-guardian`), 'representative'],
        [who(`${slug}-sponsor`), 'filing-sponsor'],
        [who(`${slug}-former`), 'former-representative'],
        [who(`${slug}-adviser`), 'adviser'],
        [who(`${slug}-handler`), 'handler'],
        [who(`${slug}-contact`), 'contact'],
      ],
    }),
  ),
  ...(
    [
      ['tarek', 'Z1-2048-1031'],
      ['irenka', 'Z1-2048-1032'],
    ] as const
  ).map(
    ([slug, reference]): CaseSpec => ({
      reference,
      procedure: 'work',
      applicant: who(slug),
      path: { received: 12, fee: 11, biometrics: 3 },
      others: [
        [who(`${slug}-proxy`), 'filing-proxy'],
        // The same person again: the registry answers the case twice.
        [who(slug), 'family'],
      ],
    }),
  ),
];
