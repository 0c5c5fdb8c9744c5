import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachedIn } from '../../tests/agency/agency';
import type { Case, Party } from './case';
import { CASE_ROLES, type CaseRole } from './case-role';
import {
  bookable,
  caseFor,
  DEFAULT_RIGHTS,
  GRANTABLE,
  GUARANTEED,
  mayBook,
  NEEDED,
  RIGHTS,
  type Right,
  rightsOf,
} from './rights';

const party = (name: string, ...roles: CaseRole[]): Party => ({
  roles,
  ids: [{ kind: 'bsn', value: `bsn of ${name}` }],
  givenName: name,
  familyName: `${name}son`,
  birthDate: '1990-01-01',
});
const APPLICANT = party('Amal', 'applicant');
const SPONSOR = party('Karim', 'sponsor');
const SPOUSE = party('Yusuf', 'family');
const GUARDIAN = party('Nadia', 'representative');
const CASE: Case = {
  id: 'case-1',
  address: '',
  reference: 'Z1',
  procedure: 'family',
  procedureVersion: '',
  procedureName: '',
  state: 'running',
  received: '2026-01-01',
  ended: null,
  decideBy: '2026-05-01',
  statutoryTerm: 'P90D',
  extension: { duration: 'P3M', reason: 'secret reason' },
  suspension: { reason: 'secret reason' },
  current: reachedIn('biometrics', '2026-01-02', { name: '' }),
  result: 'secret result',
  outcome: 'refused',
  decision: { made: '2026-03-01', notified: '2026-03-02', reactBy: '2026-03-30' },
  parties: [SPONSOR, APPLICANT, SPOUSE, GUARDIAN, party('Adv', 'advisor')],
  vNumber: 'secret number',
  request: { until: '2026-04-01', papers: ['secret paper'] },
  invitation: { at: '2026-04-02T09:00', place: 'secret place' },
};
const seenBy = (self: Party, table = DEFAULT_RIGHTS) => {
  const [id] = self.ids;
  return id ? caseFor(CASE, id, table) : null;
};

describe('by default', () => {
  test.each<[CaseRole, Right[]]>([
    ['applicant', ['wait', 'case', 'persons', 'book-all', 'mandate', 'helpdesk', 'statement']],
    ['representative', ['wait', 'case', 'persons', 'book-all', 'mandate', 'helpdesk', 'statement']],
    ['family', ['wait', 'case', 'persons', 'book-self']],
    ['sponsor', ['wait']],
    ['advisor', []],
  ])('a %s has exactly these rights', (role, rights) => {
    expect(rightsOf([role], DEFAULT_RIGHTS)).toEqual(rights);
  });

  test('each role has only grantable rights, and all that these need', () => {
    for (const role of CASE_ROLES) {
      const rights = DEFAULT_RIGHTS[role];
      expect(GRANTABLE[role]).toEqual(expect.arrayContaining([...rights]));
      expect(rights).toEqual(expect.arrayContaining([...GUARANTEED[role]]));
      for (const right of rights) expect(rights).toEqual(expect.arrayContaining([...NEEDED[right]]));
    }
  });
});

test('a person in several roles has the rights of each', () => {
  expect(rightsOf(['sponsor', 'family'], DEFAULT_RIGHTS)).toEqual(['wait', 'case', 'persons', 'book-self']);
  const roles = fc.subarray([...CASE_ROLES]);
  const table = fc.record({
    applicant: fc.subarray([...RIGHTS]),
    representative: fc.subarray([...RIGHTS]),
    family: fc.subarray([...RIGHTS]),
    sponsor: fc.subarray([...RIGHTS]),
    advisor: fc.subarray([...RIGHTS]),
    represents: fc.subarray([...RIGHTS]),
  });
  fc.assert(
    fc.property(roles, roles, table, (one, more, rights) => {
      const few = rightsOf(one, rights);
      expect(rightsOf([...one, ...more], rights)).toEqual(expect.arrayContaining(few));
      for (const right of few) expect(one.some((role) => rights[role].includes(right))).toBe(true);
    }),
  );
});

describe('a case as somebody sees it', () => {
  test('is whole for the applicant and the representative', () => {
    expect(seenBy(APPLICANT)).toMatchObject(CASE);
    expect(seenBy(GUARDIAN)).toMatchObject(CASE);
  });

  test('names nobody else to a sponsor and hides its content', () => {
    const seen = seenBy(SPONSOR);
    expect(seen?.parties).toEqual([SPONSOR]);
    expect(JSON.stringify(seen)).not.toMatch(/secret|Amal|Yusuf|Nadia|Adv/);
    expect(seen).toMatchObject({ reference: 'Z1', decideBy: '2026-05-01', current: CASE.current });
  });

  test('has for family everybody, but not the applicant’s number', () => {
    expect(seenBy(SPOUSE)).toMatchObject({ parties: CASE.parties, result: 'secret result', vNumber: null });
  });

  test('is nothing for a proxy, a stranger, or without any right', () => {
    expect(seenBy(party('Adv', 'advisor'))).toBeNull();
    expect(seenBy(party('Stranger', 'applicant'))).toBeNull();
    expect(seenBy(SPOUSE, { ...DEFAULT_RIGHTS, family: [] })).toBeNull();
  });

  test('holds nothing for which the table grants no right', () => {
    const grants = fc.subarray(RIGHTS.filter((right) => right !== 'wait'));
    fc.assert(
      fc.property(grants, (rights) => {
        const text = JSON.stringify(seenBy(SPOUSE, { ...DEFAULT_RIGHTS, family: ['wait', ...rights] }));
        expect(text.includes('Amal')).toBe(rights.includes('persons'));
        expect(text.includes('secret result')).toBe(rights.includes('case'));
        expect(text.includes('secret number')).toBe(rights.includes('book-all'));
      }),
    );
  });
});

describe('who can be booked for', () => {
  const names = (self: Party) => {
    const seen = seenBy(self);
    return seen ? bookable(seen).map(({ givenName }) => givenName) : null;
  };

  test('is everybody for applicant and representative, the applicant first', () => {
    expect(names(APPLICANT)).toEqual(['Amal', 'Yusuf']);
    expect(names(GUARDIAN)).toEqual(['Amal', 'Yusuf']);
  });

  test('is a family member themselves, and nobody for a sponsor', () => {
    expect(names(SPOUSE)).toEqual(['Yusuf']);
    expect(names(SPONSOR)).toEqual([]);
    expect(mayBook({ rights: ['wait', 'case'] })).toBe(false);
  });
});

describe('who represents a person', () => {
  const rightsBy = (whom: Party, by: Party | null, represents: readonly Right[] = DEFAULT_RIGHTS.represents) => {
    const [id] = whom.ids;
    const table = { ...DEFAULT_RIGHTS, represents };
    return id ? (caseFor(CASE, id, table, { person: by?.ids[0] ?? null })?.rights ?? null) : null;
  };

  test('sees the case and changes nothing, unless the agency says more', () => {
    expect(rightsBy(APPLICANT, null)).toEqual(['wait', 'case']);
    expect(rightsBy(APPLICANT, SPONSOR)).toEqual(['wait', 'case']);
    expect(rightsBy(APPLICANT, null, ['wait', 'case', 'book-self'])).toEqual(['wait', 'case', 'book-self']);
    expect(rightsBy(APPLICANT, null, [])).toBeNull();
  });

  test('acts as their legal representative, and gives nobody else access', () => {
    expect(rightsBy(APPLICANT, GUARDIAN)).toEqual(['wait', 'case', 'persons', 'book-self', 'book-all']);
  });

  test('never has more than the person', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(APPLICANT, SPONSOR, SPOUSE, GUARDIAN),
        fc.constantFrom(null, APPLICANT, SPONSOR, SPOUSE, GUARDIAN),
        fc.subarray([...GRANTABLE.represents]),
        (whom, by, represents) => {
          const own = seenBy(whom)?.rights ?? [];
          const most = own.includes('book-all') ? [...own, 'book-self'] : own;
          expect(most).toEqual(expect.arrayContaining([...(rightsBy(whom, by, represents) ?? [])]));
        },
      ),
    );
  });
});
