import type { CaseRole } from './case-role';
import type { PersonId } from './viewer';

/** Procedures with texts in the portal. Any other is null and shown by the agency's own name. */
export const PROCEDURES = [
  'family',
  'study',
  'work',
  'permanent',
  'renewal',
  'naturalisation',
  'asylum',
  'visa',
] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** Stages with texts in the portal, unordered: the order is the procedure's own. */
export const STAGES = [
  'received',
  'fee',
  'biometrics',
  'documents',
  'review',
  'registration-interview',
  'interview',
  'intention',
  'advice',
  'decided',
  'ceremony',
  'collect',
  'closed',
  'withdrawn',
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What a case is. `reopened`: it runs again after an end. `decided`: the decision is made, and what follows from it may
 * still be under way. `closed` and `withdrawn`: nothing more happens.
 */
export const CASE_STATES = ['running', 'reopened', 'decided', 'closed', 'withdrawn'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** A step of the case's procedure. `stage` is null for a step without texts in the portal. */
export interface Step {
  readonly stage: Stage | null;
  /** The agency's own name. */
  readonly name: string;
  /** The agency's own text about the step, "" without one. */
  readonly text?: string;
  /** Position in the procedure, ascending. */
  readonly order: number;
  readonly final: boolean;
}

export interface ReachedStep extends Step {
  /** ISO date in the agency's zone. */
  readonly since: string;
  /** When exactly, in epoch milliseconds; null when the registry says the day only. */
  readonly instant?: number | null;
}

export interface Party {
  /** All that the person is in the case, the most significant first; never empty. */
  readonly roles: readonly CaseRole[];
  /** The numbers by which the agency knows the person, the BSN first; empty when it knows none. */
  readonly ids: readonly PersonId[];
  readonly givenName: string;
  readonly familyName: string;
  /** ISO date; null when the agency does not know it. */
  readonly birthDate: string | null;
}

export interface Case {
  /** The backend's id. Never leaves the server; page addresses carry an opaque reference. */
  readonly id: string;
  /** The backend's own address of the case; "" when it gives none. */
  readonly address: string;
  /** The number that people quote ("identificatie"). */
  readonly reference: string;
  readonly procedure: Procedure | null;
  /** The backend's address of the case's procedure version; rules and steps depend on it. */
  readonly procedureVersion: string;
  /** The agency's own name for the procedure. */
  readonly procedureName: string;
  /** What the case is. `ended`, `current` and `result` never contradict it. */
  readonly state: CaseState;
  /** ISO dates in the agency's zone. */
  readonly received: string;
  readonly ended: string | null;
  /** Last day to decide, as the agency keeps it; null when there is none. */
  readonly decideBy: string | null;
  /** Statutory term of the procedure, ISO duration (P90D, P6M), or null. */
  readonly statutoryTerm: string | null;
  /** ISO duration; null when the agency does not say for how long. */
  readonly extension: { readonly duration: string | null; readonly reason: string } | null;
  readonly suspension: { readonly reason: string } | null;
  readonly current: ReachedStep | null;
  readonly result: string | null;
  readonly parties: readonly Party[];
  /** The applicant's V-number, if the agency gives it. */
  readonly vNumber: string | null;
  /** What the agency asks of the applicant: deadline (ISO date) and papers (the agency's codes). */
  readonly request: { readonly until: string | null; readonly papers: readonly string[] };
  /** The agency's own invitation (interview, ceremony): ISO local date-time and place. */
  readonly invitation: { readonly at: string; readonly place: string } | null;
}
