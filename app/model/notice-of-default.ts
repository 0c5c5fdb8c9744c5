import { type DecisionPeriod, decisionPeriodOf, type PeriodFacts } from './decision-period';
import { addDays } from './time';

/**
 * When an applicant may give notice of default (General Administrative Law Act, 4:17). A case keeps the rule of the day
 * of its application.
 */
interface NoticeRule {
  readonly appliedFrom: string;
  /** Days after the last day of the decision period. */
  readonly afterDays: number;
  /** Days that the agency has left after the notice. */
  readonly graceDays: number;
}

const NOTICE_RULES: readonly NoticeRule[] = [{ appliedFrom: '2009-10-01', afterDays: 1, graceDays: 14 }];

export interface NoticeOfDefault {
  /** ISO dates: the first day for a notice, and the day by which the agency must decide after a notice on that day. */
  readonly possibleFrom: string;
  readonly decideBy: string;
  readonly isPossible: boolean;
  /** The same for the soonest day from today on. */
  readonly soonest: { readonly day: string; readonly decideBy: string };
}

/** Null when the agency's law is not known here, or there is no last day to miss: decided, paused (the day will shift) or unknown. */
export function noticeOfDefaultOf(
  theCase: PeriodFacts,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): NoticeOfDefault | null {
  const rule = NOTICE_RULES.filter(({ appliedFrom }) => appliedFrom <= theCase.received).at(-1);
  if (!rule || theCase.law === 'unknown' || (period.state !== 'running' && period.state !== 'overdue')) return null;
  const from = addDays(period.by, rule.afterDays);
  const day = from > today ? from : today;
  return {
    soonest: { day, decideBy: addDays(day, rule.graceDays) },
    possibleFrom: from,
    decideBy: addDays(from, rule.graceDays),
    isPossible: from <= today,
  };
}
