import { Temporal } from 'temporal-polyfill';
import { areIndependent, type StaffPosition } from './four-eyes';
import { typedText, ungrouped } from './typed-text';

/** Why an employee looks along. A closed list, stored in the audit log. */
export const VIEW_AS_PURPOSES = [
  'question-page',
  'question-wait',
  'question-appointment',
  'question-documents',
] as const;
export type ViewAsPurpose = (typeof VIEW_AS_PURPOSES)[number];

/** Why somebody looks at another's data, as its backends are told. */
export const LOOK_PURPOSES = [...VIEW_AS_PURPOSES, 'danger-to-life', 'legal-aid', 'follow-up'] as const;
export type LookPurpose = (typeof LOOK_PURPOSES)[number];

/** Why an employee looks, by what their view-as session says. */
export const lookPurposeOf = ({
  method,
  purpose,
}: {
  readonly method: string;
  readonly purpose: string;
}): LookPurpose =>
  method === 'glass' ? 'danger-to-life' : (VIEW_AS_PURPOSES.find((known) => known === purpose) ?? 'question-page');

export type ViewAsState =
  /** The employee named a reference whose owner is ready for a call. Nothing is shown yet. */
  | 'located'
  /** The caller can't sign in: the employee calls back, and a second employee must approve. */
  | 'alt-pending'
  | 'active'
  | 'ended-agent'
  | 'ended-subject'
  | 'expired'
  | 'revoked-supervisor'
  | 'killed-policy'
  | 'reviewed';

export type ViewAsEvent =
  | { readonly do: 'code-verified' }
  | { readonly do: 'ask-approval'; readonly by: string }
  | { readonly do: 'approve'; readonly by: StaffPosition }
  /** Danger to life: opens at once and is reported. */
  | { readonly do: 'break-glass'; readonly report: string }
  | { readonly do: 'end-agent' | 'end-subject' | 'revoke-supervisor' | 'kill' | 'review' };

export interface ViewAsSession {
  readonly state: ViewAsState;
  readonly agent: StaffPosition;
  readonly requestedBy: string | null;
  readonly opened: 'code' | 'alt' | 'glass' | null;
}

export interface ViewAsTimes {
  readonly lastSeenAt: Temporal.Instant;
  /** Located: until when a code may be tried. Active: the absolute end. */
  readonly expiresAt: Temporal.Instant;
}

export const LOCATED_MINUTES = 10;
export const VIEW_AS_MINUTES = 15;
export const VIEW_AS_IDLE_MINUTES = 5;
export const EMERGENCY_MINUTES = 10;
/** Minutes to approve a call-back, or to confirm an emergency before it is reported. */
export const ANSWER_MINUTES = 15;
/** Days by which a disclosure delay may keep a look off the person's own page. */
export const DISCLOSURE_DELAY_DAYS = 30;
/** The only reasons to open a file without the person's consent. */
export const EMERGENCY_CATEGORIES = ['danger-person', 'danger-other', 'missing-child'] as const;
export const EMERGENCY_REPORT_CHARACTERS = 30;
export type EmergencyCategory = (typeof EMERGENCY_CATEGORIES)[number];
/** Questions to a caller who can't sign in. The answers are in the agency's own system, never here. */
export const CASE_FACTS = ['born', 'applied', 'procedure', 'address', 'family', 'last-letter'] as const;
export const FACTS_NEEDED = 3;
/** A call's number in the telephone system. It stays in the audit log for good, so it must not contain a name. */
export const CALL_NUMBER = '(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._\\/\\-]{0,39}';
export const isCallNumber = (text: string): boolean => new RegExp(`^${CALL_NUMBER}$`).test(text);
export const CODE_MINUTES = 10;
export const CODE_TRIES = 3;
export const AGENT_TRIES_AN_HOUR = 5;

const OVER: ReadonlySet<ViewAsState> = new Set<ViewAsState>([
  'ended-agent',
  'ended-subject',
  'expired',
  'revoked-supervisor',
  'killed-policy',
  'reviewed',
]);

export const isViewAsOver = (state: ViewAsState): boolean => OVER.has(state);

/** The session after an event, or null when the event is not allowed. */
export function nextViewAs(session: ViewAsSession, event: ViewAsEvent): ViewAsSession | null {
  const { state } = session;
  const to = (next: ViewAsState, rest: Partial<ViewAsSession> = {}): ViewAsSession => ({
    ...session,
    ...rest,
    state: next,
  });
  switch (event.do) {
    case 'code-verified':
      return state === 'located' ? to('active', { opened: 'code' }) : null;
    case 'ask-approval':
      return state === 'located' && event.by === session.agent.id ? to('alt-pending', { requestedBy: event.by }) : null;
    case 'approve':
      // Four eyes: the approver is neither the requester, nor of the same team, nor one of the requester's leads.
      return state === 'alt-pending' && areIndependent(session.agent, event.by)
        ? to('active', { opened: 'alt' })
        : null;
    case 'break-glass':
      return state === 'located' && event.report.trim() !== '' ? to('active', { opened: 'glass' }) : null;
    case 'end-agent':
      return isViewAsOver(state) ? null : to('ended-agent');
    case 'end-subject':
      return isViewAsOver(state) ? null : to('ended-subject');
    case 'revoke-supervisor':
      return isViewAsOver(state) ? null : to('revoked-supervisor');
    case 'kill':
      return isViewAsOver(state) ? null : to('killed-policy');
    case 'review':
      return isViewAsOver(state) && state !== 'reviewed' ? to('reviewed') : null;
  }
}

/** The effective state at an instant. */
export function viewAsStateAt(state: ViewAsState, times: ViewAsTimes, now: Temporal.Instant): ViewAsState {
  if (isViewAsOver(state)) return state;
  const idle = times.lastSeenAt.add({ minutes: VIEW_AS_IDLE_MINUTES });
  const over =
    Temporal.Instant.compare(now, times.expiresAt) >= 0 ||
    (state === 'active' && Temporal.Instant.compare(now, idle) >= 0);
  return over ? 'expired' : state;
}

/** What ended a session: the employee, the caller, its time, no use, a colleague, or something else. */
export type ViewAsEnding = 'agent' | 'subject' | 'time' | 'idle' | 'lead' | 'other';

/** @param endedAt null where only the time ended it */
export function viewAsEnding(
  { state, lastSeenAt, expiresAt }: ViewAsTimes & { readonly state: ViewAsState },
  endedAt: Temporal.Instant | null,
): ViewAsEnding {
  if (state === 'ended-agent') return 'agent';
  if (state === 'ended-subject') return 'subject';
  if (state === 'revoked-supervisor') return 'lead';
  if (state !== 'expired' || endedAt !== null) return 'other';
  const idle = lastSeenAt.add({ minutes: VIEW_AS_IDLE_MINUTES });
  return Temporal.Instant.compare(idle, expiresAt) < 0 ? 'idle' : 'time';
}

/** An 8-digit code as people say and type it, with any separators; null when it is not one. */
export function spokenDigits(text: string): string | null {
  const digits = ungrouped(typedText(text) ?? '').replace(/[^\p{L}\p{N}]/gu, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}
