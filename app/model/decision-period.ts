import { Temporal } from 'temporal-polyfill';
import type { Case } from './case';
import { isOpen, isOver } from './case-state';
import { endRuleOf, runsOnOver } from './end-rules';
import { NO_LAW } from './law';
import { daysBetween } from './time';
import { nextWorkingDay } from './working-days';

/**
 * The day by which the agency must decide. The agency's own last day wins: a paused clock cannot be recomputed (ZGW
 * gives suspensions no dates). Days are added only by the weekend and holiday rule.
 */
export type DecisionPeriod =
  /** No last day is known, or the law sets none. */
  | { readonly state: 'unknown' }
  | { readonly state: 'decided' }
  /** Closed or withdrawn, perhaps without a decision. */
  | { readonly state: 'over' }
  /** `by` is the last day as it would be without the pause; null when none is known. When it has passed, the pause may
   * have begun before it or after it. */
  | { readonly state: 'paused'; readonly by: string | null; readonly wasPast: boolean; readonly reason: string }
  | { readonly state: 'running'; readonly by: string; readonly daysLeft: number }
  | { readonly state: 'overdue'; readonly by: string; readonly daysLate: number };

export type PeriodFacts = Pick<
  Case,
  | 'procedure'
  | 'received'
  | 'law'
  | 'decideBy'
  | 'statutoryTerm'
  | 'extension'
  | 'suspension'
  | 'state'
  | 'noticeReceived'
>;

/** @param today ISO date in the agency's zone */
export function decisionPeriodOf(theCase: PeriodFacts, today: string): DecisionPeriod {
  if (isOver(theCase.state)) return { state: 'over' };
  if (!isOpen(theCase.state)) return { state: 'decided' };
  const lastDay = lastDayOf(theCase);
  const { law = NO_LAW } = theCase;
  const free = runsOnOver(theCase, law);
  const by = lastDay && free ? nextWorkingDay(lastDay, free) : lastDay;
  if (theCase.suspension && endRuleOf(theCase, law)?.whileSuspended !== 'runs')
    return { state: 'paused', by, wasPast: by !== null && by < today, reason: theCase.suspension.reason };
  if (!by) return { state: 'unknown' };
  const days = daysBetween(today, by);
  return days >= 0 ? { state: 'running', by, daysLeft: days } : { state: 'overdue', by, daysLate: -days };
}

/** A last day on or before the day of receipt is a mistake, and no law. */
function lastDayOf(theCase: PeriodFacts): string | null {
  const { decideBy, received } = theCase;
  if (decideBy === null) return termEnd(theCase);
  return decideBy > received ? decideBy : null;
}

/**
 * Only the agency knows from when an extension counts, and what a reopened case has left; without its last day these have
 * no known end.
 */
function termEnd({ received, statutoryTerm, extension, state }: PeriodFacts) {
  if (!statutoryTerm || extension || state === 'reopened') return null;
  return Temporal.PlainDate.from(received).add(Temporal.Duration.from(statutoryTerm)).toString();
}
