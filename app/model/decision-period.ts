import { Temporal } from 'temporal-polyfill';
import type { Case } from './case';
import { daysBetween } from './time';
import { nextWorkingDay } from './working-days';

/**
 * By when the agency must decide. The agency's own last day is leading: a paused clock can't be recomputed from outside
 * (ZGW gives a suspension no dates), so no days are ever added here but for the weekend and holiday rule.
 */
export type DecisionPeriod =
  /** No last day known, or none in law. */
  | { readonly state: 'unknown' }
  | { readonly state: 'decided' }
  /** The clock stands still: `by` is the last day as it stood, and will move. */
  | { readonly state: 'paused'; readonly by: string | null; readonly reason: string }
  | { readonly state: 'running'; readonly by: string; readonly daysLeft: number }
  | { readonly state: 'overdue'; readonly by: string; readonly daysLate: number };

/** @param today ISO date in the agency's zone */
export function decisionPeriodOf(
  theCase: Pick<Case, 'received' | 'decideBy' | 'statutoryTerm' | 'suspension' | 'ended' | 'current'>,
  today: string,
): DecisionPeriod {
  if (theCase.ended || isDecided(theCase)) return { state: 'decided' };
  const lastDay = theCase.decideBy ?? termEnd(theCase);
  const by = lastDay && nextWorkingDay(lastDay);
  if (theCase.suspension) return { state: 'paused', by, reason: theCase.suspension.reason };
  if (!by) return { state: 'unknown' };
  const days = daysBetween(today, by);
  return days >= 0 ? { state: 'running', by, daysLeft: days } : { state: 'overdue', by, daysLate: -days };
}

const DECIDED = new Set(['decided', 'ceremony', 'collect', 'closed', 'withdrawn']);
const isDecided = ({ current }: Pick<Case, 'current'>) => current?.stage != null && DECIDED.has(current.stage);

function termEnd({ received, statutoryTerm }: Pick<Case, 'received' | 'statutoryTerm'>): string | null {
  if (!statutoryTerm) return null;
  return Temporal.PlainDate.from(received).add(Temporal.Duration.from(statutoryTerm)).toString();
}
