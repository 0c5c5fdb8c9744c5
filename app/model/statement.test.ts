import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseIn } from '../../tests/agency/case';
import type { Case, Party } from './case';
import { CASE_ROLES } from './case-role';
import { DEFAULT_RIGHTS, rightsOf } from './rights';
import { groupedCode, statementCode, statementFacts, typedCode } from './statement';

const party = (role: Party['roles'][number], givenName: string): Party => ({
  roles: [role],
  ids: [],
  givenName,
  familyName: 'Al-Sayed',
  birthDate: null,
});
const applicant = party('applicant', 'Amal');
const theCase = caseIn('review', { parties: [applicant] });
const seenBy = (self: Party, given: Partial<Case> = {}) => {
  const whole = { ...theCase, parties: [applicant], ...given };
  return { ...whole, self, rights: rightsOf(self.roles, DEFAULT_RIGHTS) };
};

test('only applicants and legal representatives can make a statement', () => {
  const able = CASE_ROLES.filter((role) => statementFacts(seenBy(party(role, 'Amal')), '2026-11-30') !== null);
  expect(able.sort()).toEqual(['applicant', 'representative']);
});

test('a representative states the name of the applicant', () => {
  expect(statementFacts(seenBy(party('representative', 'Omar')), '2026-11-30')?.name).toBe('Amal Al-Sayed');
});

test('a decided, closed or withdrawn case has no statement', () => {
  for (const state of ['decided', 'closed', 'withdrawn'] as const)
    expect(statementFacts(seenBy(applicant, { state }), '2026-11-30')).toBeNull();
});

test('a code is found however people type it', () => {
  fc.assert(
    fc.property(fc.constantFrom('-', ' ', '–', '\u200e', ''), fc.boolean(), (between, isLower) => {
      const code = statementCode(randomBytes(16));
      const typed = groupedCode(code).replaceAll('-', between).replaceAll('0', 'o').replaceAll('1', 'l');
      expect(typedCode(isLower ? typed.toLowerCase() : typed)).toBe(code);
    }),
  );
});

test('what is no code is none', () => {
  for (const typed of ['', 'ABC', 'U'.repeat(16), '0'.repeat(17), '٠'.repeat(16), 'x'.repeat(5_000)])
    expect(typedCode(typed)).toBeNull();
});
