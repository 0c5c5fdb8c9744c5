import { Temporal } from 'temporal-polyfill';
import type { Case } from './case';
import { END_RULES, type EndRule, runsOnOver } from './end-rules';
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

/** How long an extension runs from is the agency's to say: with one, and without its last day, there is no last day to tell. */
function termEnd({ received, statutoryTerm, extension }: Pick<Case, 'received' | 'statutoryTerm' | 'extension'>) {
  if (!statutoryTerm || extension) return null;
  return Temporal.PlainDate.from(received).add(Temporal.Duration.from(statutoryTerm)).toString();
}
