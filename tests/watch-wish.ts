import { randomUUID } from 'node:crypto';
import type { NewWatch } from '../app/store/watch.server';

/** A watch of any case, with other values where given. */
export const wish = (given: Partial<NewWatch> = {}): NewWatch => ({
  owner: 'owner-1',
  setBy: 'owner-1',
  caseId: randomUUID(),
  product: 'BIO',
  desks: ['AM'],
  before: '2026-04-01',
  weekdays: [],
  part: 'any',
  partySize: 1,
  moves: null,
  quietFrom: '22:00',
  quietUntil: '07:00',
  language: 'nl',
  addressId: null,
  ...given,
});
