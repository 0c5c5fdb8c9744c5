import { describe, expect, test } from 'vitest';
import { reachedIn } from '../../tests/agency/agency';
import type { Case, CaseState, Party, Stage } from './case';
import type { CaseRole } from './case-role';
import { rightEnded } from './right-ended';
import { caseFor, DEFAULT_RIGHTS } from './rights';
import type { PersonId } from './viewer';

const ME: PersonId = { kind: 'bsn', value: '1' };
const OTHER: PersonId = { kind: 'bsn', value: '2' };
const party = (person: PersonId, roles: readonly CaseRole[]): Party => ({
  roles,
  ids: [person],
  givenName: '',
  familyName: '',
  birthDate: null,
});
const CASE: Case = {
  id: 'case-1',
  reference: 'Z1',
  procedure: 'family',
  procedureVersion: '',
  procedureName: '',
  received: '2026-01-01',
  address: '',
  state: 'running',
  ended: null,
  decideBy: null,
  statutoryTerm: null,
  extension: null,
  suspension: null,
  current: null,
  result: null,
  outcome: null,
  decision: { made: null, notified: null, reactBy: null },
  parties: [],
  vNumber: null,
  request: { until: null, papers: [] },
  invitation: null,
};

/** Why I may no longer get a visit for this person, in a case where I have these roles and another is the applicant. */
function endedFor(roles: readonly CaseRole[], whom = ME, stage: Stage = 'biometrics', state: CaseState = 'running') {
  const current = reachedIn(stage, '2026-01-02');
  const theCase = { ...CASE, current, state, parties: [party(ME, roles), party(OTHER, ['applicant'])] };
  return rightEnded(caseFor(theCase, ME, DEFAULT_RIGHTS), 'BIO', (ids) => ids.includes(whom));
}

describe('a person’s own visit', () => {
  test.each(['applicant', 'family'] as const)('stays a right of %s', (role) => {
    expect(endedFor([role])).toBeNull();
  });
  test.each(['sponsor', 'advisor'] as const)('is no right of %s', (role) => {
    expect(endedFor([role])).toBe('no-right');
  });
  test('ends with the case, and with the stage that needs it', () => {
    expect(endedFor(['applicant'], ME, 'closed', 'closed')).toBe('case-closed');
    expect(endedFor(['applicant'], ME, 'review')).toBe('not-needed');
    expect(endedFor(['applicant'], ME, 'collect')).toBe('not-needed');
  });
});

test('a visit for the applicant is a representative’s right and no relative’s', () => {
  expect(endedFor(['representative'], OTHER)).toBeNull();
  expect(endedFor(['family'], OTHER)).toBe('no-right');
});

test('a case that a person no longer sees gives no right', () => {
  expect(rightEnded(null, 'BIO', () => true)).toBe('no-right');
});
