import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CASE_ROLES, caseRolesOf, DEFAULT_TEXTS, MEANINGS, meaningOf, type RoleFacts } from './case-role';

const TODAY = '2026-03-02';
const rol = (generic: string, text = '', given: Partial<RoleFacts> = {}): RoleFacts => ({
  generic,
  authority: '',
  persons: [],
  actsFor: null,
  texts: [text],
  from: null,
  until: null,
  ...given,
});
const rolesOf = (...roles: RoleFacts[]) => caseRolesOf(roles, TODAY);

describe('one role', () => {
  test.each([
    ['initiator', '', 'applicant'],
    ['initiator', 'Aanvrager', 'applicant'],
    ['initiator', 'inzender formulier', 'applicant'],
    ['mede_initiator', '', 'applicant'],
    ['initiator', 'Referent', 'sponsor'],
    ['initiator', 'Erkend referent (bedrijf)', 'sponsor'],
    ['initiator', 'Gemachtigde', 'advisor'],
    ['initiator', 'Contactpersoon', null],
    ['belanghebbende', 'Aanvrager', 'applicant'],
    ['belanghebbende', 'Referent', 'sponsor'],
    ['belanghebbende', 'Sponsor', 'sponsor'],
    ['belanghebbende', 'Gezinslid', 'family'],
    ['belanghebbende', ' PARTNER. ', 'family'],
    ['belanghebbende', 'Wettelijk vertegenwoordiger', 'representative'],
    ['belanghebbende', 'Wettelijk vertegenwoordiger van de referent', null],
    ['belanghebbende', 'Advocaat van de aanvrager', 'advisor'],
    ['belanghebbende', 'Ex-partner', null],
    ['belanghebbende', 'Voormalig echtgenoot', null],
    ['belanghebbende', 'Partner (gescheiden)', null],
    ['belanghebbende', 'Omwonende', null],
    ['belanghebbende', '', null],
    ['adviseur', 'Aanvrager', null],
    ['behandelaar', 'Gezinslid', null],
    ['beslisser', '', null],
    ['klantcontacter', 'Aanvrager', null],
    ['zaakcoordinator', '', null],
    ['', 'Aanvrager', null],
    ['something new', 'Aanvrager', null],
  ])('%s “%s” makes %s', (generic, text, expected) => {
    expect(rolesOf(rol(generic, text))).toEqual([expected]);
  });

  test('takes the lesser meaning of its two texts', () => {
    expect(rolesOf(rol('initiator', '', { texts: ['wil graag Engels', 'Referent'] }))).toEqual(['sponsor']);
    expect(rolesOf(rol('belanghebbende', '', { texts: ['Aanvrager', 'Gezinslid'] }))).toEqual(['family']);
  });

  test('holds from its first day until the day before its end', () => {
    const between = (from: string | null, until: string | null) => rolesOf(rol('initiator', '', { from, until }))[0];
    expect(between('2026-03-02', '2026-03-03')).toBe('applicant');
    expect(between('2026-03-03', null)).toBeNull();
    expect(between(null, '2026-03-02')).toBeNull();
  });
});

describe('a proxy', () => {
  const proxy = rol('initiator', 'Gemachtigde', { authority: 'gemachtigde' });
  const silentProxy = rol('initiator', '', { authority: 'gemachtigde' });

  test('recorded as initiator is no applicant; the client is', () => {
    const client = rol('belanghebbende', 'Aanvrager', { authority: 'machtiginggever' });
    expect(rolesOf(proxy, client)).toEqual(['advisor', 'applicant']);
    expect(rolesOf(silentProxy, { ...client, texts: [''] })).toEqual(['advisor', 'applicant']);
  });

  test('of somebody else in the case makes nobody the applicant', () => {
    const spouse = rol('belanghebbende', 'Partner', { authority: 'machtiginggever' });
    expect(rolesOf(rol('initiator'), proxy, spouse)).toEqual(['applicant', 'advisor', 'family']);
    expect(rolesOf(rol('initiator'), rol('belanghebbende', '', { authority: 'machtiginggever' }))).toEqual([
      'applicant',
      null,
    ]);
  });

  test('who is the legal representative acts, and a sponsor stays one', () => {
    const authority = 'gemachtigde';
    expect(rolesOf(rol('belanghebbende', 'Wettelijk vertegenwoordiger', { authority }))).toEqual(['representative']);
    expect(rolesOf(rol('initiator', 'Referent', { authority }))).toEqual(['sponsor']);
  });
});

describe('a person who signed in at the agency for another', () => {
  const forClient = { actsFor: { person: 'bsn:1', legal: false } };
  const asCurator = { actsFor: { person: 'bsn:1', legal: true } };
  const client = rol('belanghebbende', '', { persons: ['bsn:1'] });

  test.each(['', 'Aanvrager', 'Partner'])('is a proxy as initiator “%s”, and the other is the applicant', (text) => {
    expect(rolesOf(rol('initiator', text, forClient), client)).toEqual(['advisor', 'applicant']);
  });

  test('represents an applicant by a court’s decision', () => {
    expect(rolesOf(rol('initiator', '', asCurator), client)).toEqual(['representative', 'applicant']);
  });

  test('represents nobody in a case of others, whatever the text says', () => {
    const other = rol('initiator', 'Aanvrager', { persons: ['bsn:2'] });
    expect(rolesOf(rol('belanghebbende', '', asCurator), other)).toEqual(['advisor', 'applicant']);
    expect(rolesOf(rol('belanghebbende', 'Voogd', forClient), other)).toEqual(['advisor', 'applicant']);
    expect(rolesOf(rol('belanghebbende', 'Voogd', { actsFor: { person: null, legal: false } }), other)).toEqual([
      'advisor',
      'applicant',
    ]);
  });

  test('makes nobody the applicant once their role has ended', () => {
    expect(rolesOf(rol('initiator', '', { ...forClient, until: TODAY }), client)).toEqual([null, null]);
  });
});

test('who filed without being named is not the applicant when another is', () => {
  expect(rolesOf(rol('initiator', ''), rol('belanghebbende', 'Aanvrager'))).toEqual([null, 'applicant']);
  expect(rolesOf(rol('initiator', 'Aanvrager'), rol('belanghebbende', 'Aanvrager'))).toEqual([
    'applicant',
    'applicant',
  ]);
});

const anyRole = fc.record<RoleFacts>({
  generic: fc.constantFrom('initiator', 'mede_initiator', 'belanghebbende', 'adviseur', 'behandelaar', 'x', ''),
  authority: fc.constantFrom('', 'gemachtigde', 'machtiginggever', 'x'),
  persons: fc.constantFrom([], ['bsn:1'], ['bsn:2']),
  actsFor: fc.constantFrom(
    null,
    ...['bsn:1', 'bsn:2', null].flatMap((person) => [true, false].map((legal) => ({ person, legal }))),
  ),
  texts: fc.array(fc.oneof(fc.constantFrom(...Object.values(DEFAULT_TEXTS).flat()), fc.string()), { maxLength: 2 }),
  from: fc.constantFrom(null, '2026-01-01', '2026-03-02', '2026-12-31'),
  until: fc.constantFrom(null, '2026-01-01', '2026-03-02', '2026-12-31'),
});

test('any roles: only an initiator or belanghebbende in force is a party', () => {
  fc.assert(
    fc.property(fc.array(anyRole, { maxLength: 6 }), (roles) => {
      for (const [index, role] of caseRolesOf(roles, TODAY).entries()) {
        if (role === null) continue;
        expect(CASE_ROLES).toContain(role);
        const facts = roles[index];
        expect(['initiator', 'mede_initiator', 'belanghebbende']).toContain(facts?.generic);
        expect(facts?.from === null || (facts?.from ?? '') <= TODAY).toBe(true);
        expect(facts?.until === null || (facts?.until ?? '') > TODAY).toBe(true);
        // Nobody acts for themselves who acts for another, unless the law makes them.
        if (role === 'applicant' || role === 'family') {
          expect(facts?.authority).not.toBe('gemachtigde');
          expect(facts?.actsFor).toBeNull();
        }
      }
    }),
  );
});

test('a longer text never gives more than its words alone', () => {
  const given = fc.constantFrom(...MEANINGS.flatMap((meaning) => DEFAULT_TEXTS[meaning]));
  fc.assert(
    fc.property(given, fc.string({ minLength: 1 }), (word, rest) => {
      const longer = meaningOf([`${word} ${rest}`], DEFAULT_TEXTS);
      const alone = meaningOf([word], DEFAULT_TEXTS);
      if (longer !== null && alone !== null && longer !== alone)
        expect(MEANINGS.indexOf(longer)).toBeLessThan(MEANINGS.indexOf('family'));
    }),
  );
});
