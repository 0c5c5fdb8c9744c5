import type { AuditEvent } from '~/model/audit-event';

/** What a caller must say of an act; everything else is null until he knows it. */
export type Act = Pick<AuditEvent, 'action' | 'objectType'> &
  Partial<Omit<AuditEvent, 'operationId' | 'time' | 'actor' | 'actorRole' | 'policyVersion'>> & {
    /** Keyed hashes of the people whose data the act processed: each gets a line of his own. */
    readonly subjects?: readonly string[];
    /** What was or is to be shown; only its hash is kept. */
    readonly shown?: unknown;
  };

export interface ActingPerson {
  readonly id: string;
  readonly role: AuditEvent['actorRole'];
  /** How surely he was known at sign-in. */
  readonly assurance?: string | null;
}
