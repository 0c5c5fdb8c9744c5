import type { PersonId } from './viewer';

/** The procedures that the portal has words for. Any other is `other`, shown by the agency's own name for it. */
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

/** The stages that the portal has words for, in no order: the order is the procedure's own. */
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

/** A step as the case's own procedure has it. `stage` is null where the portal does not know the agency's name for it. */
export interface Step {
  readonly stage: Stage | null;
  /** The agency's own name, for a step that the portal has no words for. */
  readonly name: string;
  /** Order in the procedure, ascending. */
  readonly order: number;
  readonly final: boolean;
}

export interface ReachedStep extends Step {
  /** ISO date on which the case entered the step, in the agency's zone. */
  readonly since: string;
}

export interface Party {
  readonly role: 'applicant' | 'family' | 'sponsor' | 'advisor';
  readonly person: PersonId | null;
  readonly givenName: string;
  readonly familyName: string;
  /** ISO date, or null where the agency does not know it. */
  readonly birthDate: string | null;
}

export interface Case {
  /** The backend's own id. Never leaves the server: a page's address carries an opaque reference instead. */
  readonly id: string;
  /** What people quote ("identificatie"). */
  readonly reference: string;
  readonly procedure: Procedure | null;
  /** The version of the procedure that the case has: the backend's address of its type. Rules and steps hang on it. */
  readonly procedureVersion: string;
  /** The agency's own name for the procedure. */
  readonly procedureName: string;
  /** ISO dates in the agency's zone. */
  readonly received: string;
  readonly ended: string | null;
  /** Last day on which the agency must decide, as the agency itself keeps it; null where there is none. */
  readonly decideBy: string | null;
  /** The procedure's statutory term, ISO duration (P90D, P6M), or null. */
  readonly statutoryTerm: string | null;
  readonly extension: { readonly duration: string; readonly reason: string } | null;
  readonly suspension: { readonly reason: string } | null;
  readonly current: ReachedStep | null;
  readonly result: string | null;
  readonly parties: readonly Party[];
  /** The V-number under which the agency knows this case's applicant, where it says so. */
  readonly vNumber: string | null;
  /** What the agency asks of the applicant: until when (ISO date), and which papers (the agency's own codes). */
  readonly asked: { readonly until: string | null; readonly papers: readonly string[] };
  /** Place and moment of an invitation that the agency itself made (interview, ceremony): ISO local date-time and place. */
  readonly invitation: { readonly at: string; readonly place: string } | null;
}
