import { Temporal } from 'temporal-polyfill';
import type { Case } from './case';
import { END_RULES, type EndRule, runsOnOver } from './end-rules';
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
  /** `by` is the last day before the pause; it will shift. */
  | { readonly state: 'paused'; readonly by: string | null; readonly reason: string }
  | { readonly state: 'running'; readonly by: string; readonly daysLeft: number }
  | { readonly state: 'overdue'; readonly by: string; readonly daysLate: number };

export type PeriodFacts = Pick<
  Case,
  'procedure' | 'received' | 'decideBy' | 'statutoryTerm' | 'extension' | 'suspension' | 'ended' | 'current'
>;

/** @param today ISO date in the agency's zone */
export function decisionPeriodOf(
  theCase: PeriodFacts,
  today: string,
  rules: readonly EndRule[] = END_RULES,
): DecisionPeriod {
  if (theCase.ended || isDecided(theCase)) return { state: 'decided' };
  const lastDay = theCase.decideBy ?? termEnd(theCase);
  const free = runsOnOver(theCase, rules);
  const by = lastDay && free ? nextWorkingDay(lastDay, free) : lastDay;
  if (theCase.suspension) return { state: 'paused', by, reason: theCase.suspension.reason };
  if (!by) return { state: 'unknown' };
  const days = daysBetween(today, by);
  return days >= 0 ? { state: 'running', by, daysLeft: days } : { state: 'overdue', by, daysLate: -days };
}

const DECIDED = new Set(['decided', 'ceremony', 'collect', 'closed', 'withdrawn']);
const isDecided = ({ current }: Pick<Case, 'current'>) => current?.stage != null && DECIDED.has(current.stage);

/** Only the agency knows from when an extension counts; without its last day an extended period has no known end. */
function termEnd({ received, statutoryTerm, extension }: Pick<Case, 'received' | 'statutoryTerm' | 'extension'>) {
  if (!statutoryTerm || extension) return null;
  return Temporal.PlainDate.from(received).add(Temporal.Duration.from(statutoryTerm)).toString();
}
