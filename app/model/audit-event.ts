import type { OfficeRole } from './office';
import type { Role } from './viewer';

/** What was done. Add a new kind of act here first. */
export type AuditAction =
  | 'list-clients'
  | 'view-case'
  | 'view-cases'
  | 'view-visit'
  | 'view-log'
  | 'resume-view'
  | 'open-letter'
  | 'export-deadlines'
  | 'view-aborted'
  | 'locate'
  | 'verify-code'
  | 'unlock-codes'
  | 'make-code'
  | 'ask-approval'
  | 'approve-view'
  | 'withdraw-request'
  | 'use-approval'
  | 'refuse-view'
  | 'find-caller'
  | 'read-requests'
  | 'break-glass'
  | 'confirm-emergency'
  | 'refuse-emergency'
  | 'report-emergency'
  | 'safety-hold'
  | 'end-view'
  | 'stop-view'
  | 'offer-mandate'
  | 'accept-mandate'
  | 'change-mandate'
  | 'keep-own-file'
  | 'export-own-files'
  | 'decline-mandate'
  | 'revoke-mandate'
  | 'withdraw-mandate'
  | 'take-up-mandate'
  | 'give-sub-mandate'
  | 'supersede-mandate'
  | 'suspend-mandate'
  | 'resume-mandate'
  | 'end-mandate-by-law'
  | 'stop-advisor'
  | 'readmit-advisor'
  | 'pause-advisor'
  | 'fence-mandate'
  | 'restore-database'
  | 'read-own-log'
  | 'make-feed'
  | 'revoke-feed'
  | 'plan-draw'
  | 'confirm-draw'
  | 'undo-draw'
  | 'end-session'
  | 'prepare-switch'
  | 'confirm-switch'
  | 'undo-switch'
  | 'refused-by-policy'
  | 'verify-audit'
  | 'read-audit'
  | 'identify-person'
  | 'purge-audit'
  | 'purge-request'
  | 'sign-in'
  | 'sign-out'
  | 'refuse-sign-in'
  | 'refused-request'
  | 'view-own'
  | 'view-represented'
  | 'book'
  | 'move-booking'
  | 'cancel-booking'
  | 'set-watch'
  | 'stop-watch'
  | 'confirm-address'
  | 'end-watch'
  | 'take-ticket'
  | 'return-ticket'
  | 'end-ticket'
  | 'export-reasons'
  | 'make-statement'
  | 'check-statement'
  | 'withdraw-statement'
  | 'choose-messages'
  | 'stop-messages';

/**
 * One audit event (BIO2 8.15.01 and NEN 7513: act, object, result, origin, actor, on whose behalf, ground, consent).
 * People are pseudonyms; unknown values are null, never left out.
 */
export interface AuditEvent {
  /** Joins the event with its data-processing log lines. */
  readonly operationId: string;
  /** ISO instant, UTC. */
  readonly time: string;
  readonly action: AuditAction;
  readonly objectType:
    | 'case'
    | 'cases'
    | 'letter'
    | 'mandate'
    | 'advisor'
    | 'grant'
    | 'code'
    | 'log'
    | 'route'
    | 'feed'
    | 'request'
    | 'release'
    | 'look'
    | 'session'
    | 'booking'
    | 'watch'
    | 'address'
    | 'ticket'
    | 'reasons'
    | 'switch'
    | 'statement'
    | 'messages';
  readonly objectRef: string | null;
  /** Classes of fields that were seen. */
  readonly fields: readonly string[];
  /** How often it was done, where equal acts within a minute are one entry. */
  readonly times: number;
  readonly result: 'done' | 'denied' | 'failed';
  readonly reason: string | null;
  readonly actor: string;
  /** `anyone`: not signed in. */
  readonly actorRole: Role | 'system' | 'anyone';
  readonly actorUnit: string | null;
  /** Under another advisor's mandate: what the actor is at that office. */
  readonly colleague: OfficeRole | null;
  /** The actor's level of assurance at sign-in. */
  readonly actorAssurance: string | null;
  readonly onBehalfOf: string | null;
  readonly ground:
    | 'own-data'
    | 'representation'
    | 'mandate'
    | 'consent-by-code'
    | 'second-approval'
    | 'emergency'
    | 'duty'
    | 'statement';
  readonly purpose: string | null;
  readonly grantId: string | null;
  readonly grantVersion: number | null;
  readonly consent: 'code' | 'alt' | 'glass' | null;
  readonly secondApprover: string | null;
  readonly callId: string | null;
  /** Kind of device and network, never an address. Null for the portal itself or a command. */
  readonly origin: string | null;
  readonly language: string | null;
  /** Hash of what was shown, to compare it with what is shown later. */
  readonly viewHash: string | null;
  /** The same for each part of the page and for whose page it was. Keyed, since some parts have few possible values. */
  readonly shownParts: Readonly<Record<string, string>> | null;
  readonly policyVersion: number;
  /** The portal's build that wrote it. */
  readonly build: string | null;
}

/** Values of the fields that an act does not set. */
export const AUDIT_DEFAULTS = {
  objectRef: null,
  fields: [],
  times: 1,
  result: 'done',
  reason: null,
  actorUnit: null,
  colleague: null,
  actorAssurance: null,
  onBehalfOf: null,
  purpose: null,
  grantId: null,
  grantVersion: null,
  consent: null,
  secondApprover: null,
  callId: null,
  origin: null,
  build: null,
  language: null,
  viewHash: null,
  shownParts: null,
} as const satisfies Partial<AuditEvent>;
