import { describe, expect, test } from 'vitest';
import { meansTheSame, oddAnswersOf } from '../../tests/agency/odd-values';
import { type Claims, claimsOf } from './claims.server';
import { settingsOf } from './provider.server';

const SIGNED_IN = {
  applicant: {
    sub: 'u1',
    name: 'Amal',
    role: 'applicant',
    bsn: '999990019',
    v_number: '2811000137',
    acr: 'high',
    sid: 's1',
  },
  advisor: {
    sub: 'a1',
    name: 'Kim',
    role: 'advisor',
    office: '002220647',
    advisor_number: 'A12',
    acr: 'high',
    sid: 's1',
  },
  staff: {
    sub: 'e1',
    name: 'Jo',
    role: 'staff',
    team: 't1',
    team_leads: ['l1', 'l2'],
    staff_roles: ['helpdesk', 'audit'],
    sid: 's1',
  },
};

/** The claims, or null where they are refused. */
function read(claims: Readonly<Record<string, unknown>>): Claims | null {
  try {
    return claimsOf(claims, settingsOf(), 1_800_000_000);
  } catch {
    return null;
  }
}

describe.each(Object.entries(SIGNED_IN))('the claims of %s', (_role, good) => {
  /** Without these there is no knowing who it is. */
  const needed = ['sub', 'role'];

  test('lack only what is odd, and never say another person', () => {
    const usual = read(good);
    expect(usual).toMatchObject({ sub: good.sub, name: good.name });
    for (const { path, what, body, ...odd } of oddAnswersOf(good).filter(({ path: { length } }) => length > 0)) {
      const claims = read(Object.fromEntries(Object.entries(body ?? {})));
      const [name = ''] = path;
      if (claims === null) {
        expect(needed, what).toContain(name);
        continue;
      }
      // A list of powers in another form gives none.
      const isPower = name === 'team_leads' || name === 'staff_roles';
      if (!isPower && meansTheSame({ path, what, body, ...odd }, good)) expect(claims, what).toEqual(usual);
      for (const [key, value] of Object.entries(claims))
        if (key !== name) expect(value, what).toEqual(Object.entries(usual ?? {}).find(([each]) => each === key)?.[1]);
      const own = Object.entries(claims).find(([key]) => key === name)?.[1];
      if (typeof own === 'string')
        expect(['', Object.entries(good).find(([key]) => key === name)?.[1]], what).toContain(own);
    }
  });
});

test.each([
  [{ bsn: '12' }],
  [{ bsn: ['999990019', '999990020'] }],
  [{ bsn: { value: '999990019' } }],
  [{ represents: 'somebody' }],
  [{ represents: { sub: 'x' } }],
  [{ role: 'king' }],
])('claims with %j are refused', (odd) => {
  expect(read({ ...SIGNED_IN.applicant, ...odd })).toBeNull();
});

test.each(['٩٩٩٩٩٠٠١٩', '999990019\u200F', 'S00000000:999990019'])('the number %j is read as the person’s', (bsn) => {
  expect(read({ ...SIGNED_IN.applicant, bsn })?.bsn).toBe('999990019');
});

test.each(['v_number', 'office', 'advisor_number'])(
  'an unreadable %s stops nobody whom another number names',
  (name) => {
    for (const odd of [true, { a: 1 }, ['x', 'y']])
      expect(read({ ...SIGNED_IN.applicant, [name]: odd })?.bsn).toBe('999990019');
  },
);

test('a list of powers that is no list gives none', () => {
  expect(read({ ...SIGNED_IN.staff, staff_roles: 'audit', team_leads: 'l1' })).toMatchObject({ staff_roles: [] });
  expect(read({ ...SIGNED_IN.staff, staff_roles: 'audit', team_leads: 'l1' })?.team_leads).toBeUndefined();
});
