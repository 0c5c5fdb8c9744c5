import type { Actor, Viewer } from '../../app/model/viewer';

/** The BSN of `viewer`, who is the applicant of tests/agency/zaak.ts. */
export const ME = '999990019';
export const viewer: Viewer = {
  actor: { id: 'me', role: 'applicant', name: 'Amal' },
  subject: { person: { kind: 'bsn', value: ME }, name: 'Amal' },
  basis: 'self',
  scope: 'write',
  language: 'en',
};
export const EMPLOYEE: Actor = { id: 'desk', role: 'staff', name: '' };
