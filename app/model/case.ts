import type { ProductCode } from './appointment';
import type { CaseRole } from './case-role';
import type { Law } from './law';
import type { Meaning, Outcome } from './meaning';
import type { PersonId } from './viewer';

/** The key of a procedure in the agency's folder, such as `family`. A case of any other type has none. */
export type Procedure = string;

/** The key of a stage in the agency's folder, such as `review`. */
export type Stage = string;

/**
 * What a case is. `reopened`: it runs again after an end. `decided`: the decision is made, and what follows from it may
 * still be under way. `closed` and `withdrawn`: nothing more happens.
 */
export const CASE_STATES = ['running', 'reopened', 'decided', 'closed', 'withdrawn'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** A step of the case's procedure. `stage` and `means` are null for a step that the agency's folder does not name. */
export interface Step {
  readonly stage: Stage | null;
  readonly means: Meaning | null;
  /** What the visit is for that the step asks; null when it asks none. */
  readonly product: ProductCode | null;
  /** Shown once it is reached, never announced as to come. */
  readonly optional: boolean;
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
  /** The law by which its days are computed; left out: none is known. */
  readonly law?: Law;
  /** Statutory term of the procedure, ISO duration (P90D, P6M), or null. */
  readonly statutoryTerm: string | null;
  /** ISO duration; null when the agency does not say for how long. */
  readonly extension: { readonly duration: string | null; readonly reason: string } | null;
  readonly suspension: { readonly reason: string } | null;
  /** ISO date on which the agency got a notice of default; left out or null: none is known. */
  readonly noticeReceived?: string | null;
  readonly current: ReachedStep | null;
  /** The agency's own words for its result; null without one. */
  readonly result: string | null;
  /** What the result means; null when there is none, or the agency's folder does not name it. */
  readonly outcome: Outcome | null;
  /** ISO dates of the decision, each null when the registry does not tell it: made, sent, last day to object or appeal. */
  readonly decision: {
    readonly made: string | null;
    readonly notified: string | null;
    readonly reactBy: string | null;
  };
  readonly parties: readonly Party[];
  /** The applicant's V-number, if the agency gives it. */
  readonly vNumber: string | null;
  /** What the agency asks of the applicant: deadline (ISO date) and papers (keys, or the registry's own words). */
  readonly request: {
    readonly until: string | null;
    readonly papers: readonly string[];
    /** The case's own page for it (https), where the agency gives one. */
    readonly link?: string;
    /** The fee in the agency's currency, where the agency tells it. */
    readonly amount?: number;
  };
  /** The agency's own invitation (interview, ceremony): ISO local date-time and place. */
  readonly invitation: { readonly at: string; readonly place: string } | null;
}
