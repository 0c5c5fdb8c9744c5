import { Temporal } from 'temporal-polyfill';

/** What an advisor may do with a case. `see` is always included; `arrange`: book, move and cancel visits, and watch. */
export type MandateAction = 'see' | 'deadlines' | 'arrange';

/** What a client chooses from, in plain words; the first is the least. */
export const MANDATE_SCOPES = ['look', 'arrange'] as const;
export type MandateScope = (typeof MANDATE_SCOPES)[number];

export const actionsOf = (scope: MandateScope): MandateAction[] => [
  ...(['see', 'deadlines'] as const),
  ...(scope === 'arrange' ? (['arrange'] as const) : []),
];

/** A mandate from before there was a choice lets the advisor look. */
export const scopeOf = (actions: readonly MandateAction[]): MandateScope =>
  actions.includes('arrange') ? 'arrange' : 'look';

export type MandateState =
  /** Offered by the advisor; the client has not accepted yet. */
  | 'pending-client'
  /** Offered by the client to a firm; no advisor has accepted yet. */
  | 'pending-advisor'
  | 'active'
  /** Paused (bar register, compromise, dispute): shows nothing meanwhile. */
  | 'suspended'
  | 'declined'
  | 'lapsed'
  | 'revoked-client'
  | 'withdrawn-advisor'
  | 'expired'
  | 'superseded'
  | 'ended-law';

/** Why a mandate is suspended. It resumes when no reason is left. */
export const SUSPEND_REASONS = ['bar-register', 'compromise', 'dispute'] as const;
export type SuspendReason = (typeof SUSPEND_REASONS)[number];

/**
 * Events of a mandate. Client: accept, decline, revoke. Advisor: accept, decline, withdraw, and let a colleague stand
 * in. Agency, by `npm run mandate:state`: suspend, resume, end by law, and revoke for a client who phoned or came to a
 * counter. A newer mandate between the same two supersedes the older one.
 */
export type MandateEvent =
  | { readonly do: 'accept'; readonly by: 'client' | 'advisor' }
  | { readonly do: 'decline'; readonly by: 'client' | 'advisor' }
  /** By the client: possible in every state that has not ended, and effective at once. */
  | { readonly do: 'revoke' }
  | { readonly do: 'withdraw' }
  | { readonly do: 'suspend'; readonly reason: SuspendReason }
  | { readonly do: 'resume'; readonly reason: SuspendReason }
  | { readonly do: 'supersede' }
  | { readonly do: 'end-by-law' };

/** Events that client and advisor cause themselves. */
export type OwnEvent = Extract<MandateEvent, { do: 'accept' | 'decline' | 'revoke' | 'withdraw' }>;

export interface MandateTimes {
  readonly answerBefore: Temporal.Instant;
  /** Null until the mandate is accepted. */
  readonly validUntil: Temporal.Instant | null;
}

/** Hours in which an advisor can undo that they gave a mandate back. */
export const UNDO_HOURS = 24;
/** Days before an offer lapses. */
export const ANSWER_DAYS = 21;
export const DEFAULT_MONTHS = 12;
export const LONGEST_MONTHS = 60;

const ENDED: ReadonlySet<MandateState> = new Set<MandateState>([
  'declined',
  'lapsed',
  'revoked-client',
  'withdrawn-advisor',
  'expired',
  'superseded',
  'ended-law',
]);

export const isEnded = (state: MandateState): boolean => ENDED.has(state);

/** The effective state at an instant: offers lapse and mandates expire by time alone, stored or not. */
export function mandateStateAt(state: MandateState, times: MandateTimes, now: Temporal.Instant): MandateState {
  if (state === 'pending-client' || state === 'pending-advisor')
    return Temporal.Instant.compare(now, times.answerBefore) >= 0 ? 'lapsed' : state;
  if (state === 'active' || state === 'suspended')
    return times.validUntil === null || Temporal.Instant.compare(now, times.validUntil) >= 0 ? 'expired' : state;
  return state;
}

/**
 * The state after an event, or null when the event is not allowed. An ended mandate never changes.
 *
 * @param suspendedFor the reasons that hold now
 */
export function nextMandateState(
  state: MandateState,
  event: MandateEvent,
  suspendedFor: readonly SuspendReason[] = [],
): MandateState | null {
  if (isEnded(state)) return null;
  const pending = state === 'pending-client' || state === 'pending-advisor';
  switch (event.do) {
    case 'accept':
      return state === `pending-${event.by}` ? 'active' : null;
    case 'decline':
      return state === `pending-${event.by}` ? 'declined' : null;
    case 'revoke':
      return 'revoked-client';
    case 'withdraw':
      return 'withdrawn-advisor';
    case 'suspend':
      return pending || suspendedFor.includes(event.reason) ? null : 'suspended';
    case 'resume':
      if (state !== 'suspended' || !suspendedFor.includes(event.reason)) return null;
      return suspendedFor.length === 1 ? 'active' : 'suspended';
    case 'supersede':
      return pending ? null : 'superseded';
    case 'end-by-law':
      return 'ended-law';
  }
}

/** The suspend reasons that hold after an event. */
export function suspendReasonsAfter(reasons: readonly SuspendReason[], event: MandateEvent): SuspendReason[] {
  const others = reasons.filter((reason) => !('reason' in event) || reason !== event.reason);
  return event.do === 'suspend' ? [...others, event.reason] : others;
}

/** Whether data may be shown: only while the mandate is active. */
export const mayShowData = (state: MandateState, times: MandateTimes, now: Temporal.Instant): boolean =>
  mandateStateAt(state, times, now) === 'active';

/** How long a colleague may stand in, ISO durations; never beyond the advisor's own last day. */
export const SUB_MANDATE_DURATIONS = ['P1W', 'P2W', 'P1M', 'P3M', 'P12M'] as const;
export type SubMandateDuration = (typeof SUB_MANDATE_DURATIONS)[number];

/** The end of a colleague's mandate that begins now. */
export function subMandateUntil(
  lasts: SubMandateDuration,
  parentUntil: Temporal.Instant,
  now: Temporal.Instant,
  zone: string,
): Temporal.Instant {
  const wished = now.toZonedDateTimeISO(zone).add(lasts).toInstant();
  return Temporal.Instant.compare(wished, parentUntil) < 0 ? wished : parentUntil;
}

/**
 * The effective state of a colleague's mandate, given the state of its parent. It shows nothing unless the parent does.
 */
export function subMandateState(state: MandateState, parent: MandateState | null): MandateState {
  if (parent === null || parent === 'active' || isEnded(state)) return state;
  return isEnded(parent) ? parent : 'suspended';
}

/**
 * Whether a colleague's mandate stays within its parent: not more, not longer, only if the client allowed it, and not
 * passed on.
 */
export function isWithinParent(
  sub: {
    readonly caseIds: readonly string[];
    readonly actions: readonly MandateAction[];
    readonly validUntil: Temporal.Instant;
  },
  parent: {
    readonly caseIds: readonly string[];
    readonly actions: readonly MandateAction[];
    readonly validUntil: Temporal.Instant;
    readonly maySub: boolean;
    /** Whether the parent is a colleague's mandate itself. */
    readonly isSub: boolean;
  },
): boolean {
  return (
    parent.maySub &&
    !parent.isSub &&
    sub.caseIds.length > 0 &&
    sub.caseIds.every((id) => parent.caseIds.includes(id)) &&
    sub.actions.every((action) => parent.actions.includes(action)) &&
    Temporal.Instant.compare(sub.validUntil, parent.validUntil) <= 0
  );
}
