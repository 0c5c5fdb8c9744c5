import type { AuditEvent } from '~/model/audit-event';
import type { OfficeColleague } from '~/model/office';

/** The required parts of an act; the rest defaults to null. */
export type Act = Pick<AuditEvent, 'action' | 'objectType'> &
  Partial<Omit<AuditEvent, 'operationId' | 'time' | 'actor' | 'actorRole' | 'policyVersion'>> & {
    /** Keyed hashes of the people whose data was processed: each gets a processing line. */
    readonly subjects?: readonly string[];
    /** What is shown; only its hash is stored. */
    readonly shown?: unknown;
  };

export interface ActingPerson {
  readonly id: string;
  readonly role: AuditEvent['actorRole'];
  /** The level of assurance of the sign-in. */
  readonly assurance?: string | null;
  /** Keyed hash of whom they represent or act for under a mandate; left out when they act for themselves. */
  readonly actsFor?: string | undefined;
  /** The mandate under which an advisor acts. */
  readonly grant?: string | undefined;
  /** What they are at the advisor's office when the mandate is another's, and its number. */
  readonly colleague?: OfficeColleague | undefined;
}

/** What may be done for another, who sees it on the page of who looked. It is no look. */
export const DONE_FOR: ReadonlySet<string> = new Set<Act['action']>([
  ...(['book', 'move-booking', 'cancel-booking', 'set-watch', 'stop-watch'] as const),
  ...(['take-ticket', 'return-ticket'] as const),
]);
