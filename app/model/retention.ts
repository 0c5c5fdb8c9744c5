import type { AuditAction, AuditEvent } from './audit-event';

/** For how long each class of rows is kept: ISO 8601 periods of years, months, weeks and days. */
export interface Retention {
  /** Entries of the audit log about looks at other people's data, mandates and the work of employees. */
  readonly looks: string;
  /** Entries of the audit log about what applicants do with their own data, and refused sign-ins. */
  readonly ownActs: string;
  /** Spoken codes after their end, and addresses that were never confirmed. */
  readonly codes: string;
  /** View-as sessions and people's sessions after their end, and searches that ended because a right was lost. */
  readonly ended: string;
  /** That a person confirmed an address for mail, since they last left it. */
  readonly addresses: string;
  /** Requests to look without a code, with their sealed reports, after they were closed. */
  readonly reports: string;
  /** Visits after their day, whether they took place or not. */
  readonly bookings: string;
  /** Mandates after their end. */
  readonly mandates: string;
  /** An office's own file numbers and notes, and what an advisor saw, after the end of the last mandate for the case. */
  readonly ownFiles: string;
  /** What was sent to people about their cases, and when. */
  readonly messages: string;
}

export const DEFAULT_RETENTION: Retention = {
  looks: 'P5Y',
  ownActs: 'P18M',
  codes: 'P1D',
  ended: 'P30D',
  addresses: 'P1Y',
  reports: 'P1Y',
  bookings: 'P1Y',
  mandates: 'P5Y',
  ownFiles: 'P30D',
  messages: 'P90D',
};

/** Roles whose acts can be own acts. */
const OWN_ROLES: ReadonlySet<AuditEvent['actorRole']> = new Set(['applicant', 'anyone']);

/** Acts of those roles that concern nobody else. A mandate's acts are kept as long as the looks under it. */
export const OWN_ACTS: readonly AuditAction[] = [
  'make-code',
  'read-own-log',
  'refused-by-policy',
  'refused-request',
  'sign-in',
  'sign-out',
  'refuse-sign-in',
  'view-own',
  'book',
  'move-booking',
  'cancel-booking',
  'set-watch',
  'stop-watch',
  'confirm-address',
  'take-ticket',
  'return-ticket',
  'make-statement',
  'withdraw-statement',
  'choose-messages',
  'stop-messages',
];

/** The class of an audit entry. What is unknown is kept longest. */
export function retentionOf({ action, actorRole }: Pick<AuditEvent, 'action' | 'actorRole'>): 'looks' | 'ownActs' {
  return OWN_ROLES.has(actorRole) && OWN_ACTS.includes(action) ? 'ownActs' : 'looks';
}
