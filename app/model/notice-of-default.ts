import { isOpen } from './case-state';
import { type DecisionPeriod, decisionPeriodOf, type PeriodFacts } from './decision-period';
import { NO_LAW, ruleFor } from './law';
import { lastDayOf } from './legal-term';
import { addDays } from './time';

export interface NoticeOfDefault {
  /** ISO dates: the first day for a notice, and the day by which the agency must decide after a notice on that day. */
  readonly possibleFrom: string;
  readonly decideBy: string;
  readonly isPossible: boolean;
  /** The same for the soonest day from today on. */
  readonly soonest: { readonly day: string; readonly decideBy: string };
  /** The most that the agency owes when it lets that day pass, in euros; null where that is not told. */
  readonly penalty: number | null;
}

/** When a person may ask a court to make the agency decide. */
export interface CourtAction {
  /** ISO date. */
  readonly possibleFrom: string;
  readonly isPossible: boolean;
}

/** Null when the law has no such notice, or there is no last day to miss: decided, paused (the day will shift) or unknown. */
export function noticeOfDefaultOf(
  theCase: PeriodFacts,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): NoticeOfDefault | null {
  const rule = lateRuleOf(theCase);
  if (rule?.kind !== 'notice-of-default' || (period.state !== 'running' && period.state !== 'overdue')) return null;
  const from = addDays(period.by, rule.afterDays);
  const day = from > today ? from : today;
  return {
    soonest: { day, decideBy: addDays(day, rule.graceDays) },
    possibleFrom: from,
    decideBy: addDays(from, rule.graceDays),
    isPossible: from <= today,
    penalty: rule.penalty,
  };
}

/**
 * Null when the law has no such way, and when its first day is not known. Nobody but the agency knows from when a
 * reopened case counts.
 */
export function courtActionOf(
  theCase: PeriodFacts,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): CourtAction | null {
  const rule = lateRuleOf(theCase);
  if (rule?.kind !== 'court' || !isOpen(theCase.state) || theCase.state === 'reopened') return null;
  const lastDay = period.state === 'running' || period.state === 'overdue' ? period.by : null;
  const counted = rule.counted === 'from-receipt' ? theCase.received : lastDay;
  if (counted === null) return null;
  const runsOnOver = rule.runsOn ? (theCase.law ?? NO_LAW).freeDays : null;
  const from = addDays(lastDayOf(counted, { duration: rule.after, runsOnOver }).lastDay, 1);
  return { possibleFrom: from, isPossible: from <= today };
}

const lateRuleOf = ({ procedure, received, law = NO_LAW }: PeriodFacts) => ruleFor(law.late, procedure, received);
