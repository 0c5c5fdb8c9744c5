import { Temporal } from 'temporal-polyfill';

/** What an advisor may do with a case under a mandate. Seeing is always part of it. */
export const MANDATE_ACTIONS = ['see', 'deadlines'] as const;
export type MandateAction = (typeof MANDATE_ACTIONS)[number];

export type MandateState =
  /** Offered by the advisor; the client has not said yes. */
  | 'pending-client'
  /** Offered by the client to a firm; no advisor of it has said yes. */
  | 'pending-advisor'
  | 'active'
  /** Stopped for a time (bar register, compromise, dispute): nothing is shown meanwhile. */
  | 'suspended'
  | 'declined'
  | 'lapsed'
  | 'revoked-client'
  | 'withdrawn-advisor'
  | 'expired'
  | 'superseded'
  | 'ended-law';

/** For what a mandate can stand still. It goes on when none of them is left. */
export const SUSPEND_REASONS = ['bar-register', 'compromise', 'dispute'] as const;
export type SuspendReason = (typeof SUSPEND_REASONS)[number];

/**
 * What may happen to a mandate, and who has a door for it. Client: say yes or no, end. Advisor: say yes or no, give back,
 * let a colleague stand in. The agency, whose registers say so, by `npm run mandate:state`: suspend, resume, end by law, and
 * end what a client revoked by phone or at a counter. A newer mandate of the same two supersedes what it covers.
 */
export type MandateEvent =
  | { readonly do: 'accept'; readonly by: 'client' | 'advisor' }
  | { readonly do: 'decline'; readonly by: 'client' | 'advisor' }
  /** The client ends it: always possible while it could still show something, and effective at once. */
  | { readonly do: 'revoke' }
  | { readonly do: 'withdraw' }
  | { readonly do: 'suspend'; readonly reason: SuspendReason }
  | { readonly do: 'resume'; readonly reason: SuspendReason }
  | { readonly do: 'supersede' }
  | { readonly do: 'end-by-law' };

/** What the two sides do themselves. */
export type OwnEvent = Extract<MandateEvent, { do: 'accept' | 'decline' | 'revoke' | 'withdraw' }>;

export interface MandateTimes {
  readonly answerBefore: Temporal.Instant;
  /** Null until somebody accepted. */
  readonly validUntil: Temporal.Instant | null;
}

/** An offer waits so long for its answer. */
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

/** What a stored state amounts to at an instant: time alone ends offers and mandates, whether somebody wrote it down or not. */
export function stateAt(state: MandateState, times: MandateTimes, now: Temporal.Instant): MandateState {
  if (state === 'pending-client' || state === 'pending-advisor')
    return Temporal.Instant.compare(now, times.answerBefore) >= 0 ? 'lapsed' : state;
  if (state === 'active' || state === 'suspended')
    return times.validUntil === null || Temporal.Instant.compare(now, times.validUntil) >= 0 ? 'expired' : state;
  return state;
}

/**
 * The state that an event leads to, or null where it has no business: nothing comes back from an end.
 *
 * @param suspendedFor for what it stands still at this moment
 */
export function nextState(
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

/** For what it stands still after an event. */
export function reasonsAfter(reasons: readonly SuspendReason[], event: MandateEvent): SuspendReason[] {
  const others = reasons.filter((reason) => !('reason' in event) || reason !== event.reason);
  return event.do === 'suspend' ? [...others, event.reason] : others;
}

/** Whether data may be shown under it: only while it is active, and its time has not run out. */
export const opens = (state: MandateState, times: MandateTimes, now: Temporal.Instant): boolean =>
  stateAt(state, times, now) === 'active';

/** For how long an advisor may let a colleague stand in, ISO durations: never beyond his own last day. */
export const SUB_LASTS = ['P1W', 'P2W', 'P1M', 'P3M', 'P12M'] as const;
export type SubLasts = (typeof SUB_LASTS)[number];

/** Until when a colleague's mandate is good that begins now. */
export function subUntil(lasts: SubLasts, parentUntil: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const wished = now.toZonedDateTimeISO('UTC').add(lasts).toInstant();
  return Temporal.Instant.compare(wished, parentUntil) < 0 ? wished : parentUntil;
}

/** What a colleague's mandate amounts to under the one that it came from: it opens nothing while that one does not. */
export function stateUnder(state: MandateState, parent: MandateState | null): MandateState {
  if (parent === null || parent === 'active' || isEnded(state)) return state;
  return isEnded(parent) ? parent : 'suspended';
}

/**
 * What a colleague may get under somebody's mandate: never more, never longer, only where the client allowed it, and
 * nothing to hand on.
 */
export function fitsInside(
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
    /** Whether that one is a colleague's itself. */
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
