import { isOpen } from './case-state';
import { type DecisionPeriod, decisionPeriodOf, type PeriodFacts } from './decision-period';
import { NO_LAW, ruleFor } from './law';
import { lastDayOf } from './legal-term';
import { addDays } from './time';
import { nextWorkingDay } from './working-days';

export interface NoticeOfDefault {
  /** ISO dates: the first day for a notice, and the day by which the agency must decide after a notice on that day. */
  readonly possibleFrom: string;
  readonly decideBy: string;
  readonly isPossible: boolean;
  /** The same for the soonest day from today on. */
  readonly soonest: { readonly day: string; readonly decideBy: string };
  /** The most that the agency owes when it lets that day pass, in its currency; null where that is not told. */
  readonly penalty: number | null;
}

/** A notice of default that the agency got. */
export interface ReceivedNotice {
  /** ISO dates: when it came, and the day by which the agency must decide after it. */
  readonly received: string;
  readonly decideBy: string;
  /** The next working day when that day is a free one: whether the law then runs on is disputed. Null otherwise. */
  readonly perhapsBy: string | null;
  /** ISO date of the first day for a notice, when this one came before it and does not count. */
  readonly tooEarlyFor: string | null;
  /** The most that the agency owes when it lets that day pass, in its currency; null where that is not told. */
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
  const hasOne = receivedNoticeOf(theCase, today, period)?.tooEarlyFor === null;
  if (hasOne || rule?.kind !== 'notice-of-default' || (period.state !== 'running' && period.state !== 'overdue'))
    return null;
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
 * Null when none came, the case is decided, or its last day is not known. A pause makes no notice undone that came after
 * that day.
 */
export function receivedNoticeOf(
  theCase: PeriodFacts,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): ReceivedNotice | null {
  const { noticeReceived: received = null, law = NO_LAW } = theCase;
  if (received === null || received > today || !('by' in period) || period.by === null) return null;
  const rule = lateRuleOf(theCase);
  if (rule?.kind !== 'notice-of-default') return null;
  const possibleFrom = addDays(period.by, rule.afterDays);
  const isEarly = received < possibleFrom;
  // An extension moved the last day: perhaps after the notice, which then counts.
  if (isEarly && theCase.extension) return null;
  const decideBy = addDays(received, rule.graceDays);
  const working = nextWorkingDay(decideBy, law.freeDays);
  return {
    received,
    decideBy,
    perhapsBy: working === decideBy ? null : working,
    tooEarlyFor: isEarly ? possibleFrom : null,
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
  const notice = receivedNoticeOf(theCase, today, period);
  if (notice?.tooEarlyFor === null) {
    // The later day: an action before its time is refused.
    const possibleFrom = addDays(notice.perhapsBy ?? notice.decideBy, 1);
    return { possibleFrom, isPossible: possibleFrom <= today };
  }
  if (rule?.kind !== 'court' || !isOpen(theCase.state) || theCase.state === 'reopened') return null;
  const lastDay = period.state === 'running' || period.state === 'overdue' ? period.by : null;
  const counted = rule.counted === 'from-receipt' ? theCase.received : lastDay;
  if (counted === null) return null;
  const runsOnOver = rule.runsOn ? (theCase.law ?? NO_LAW).freeDays : null;
  const from = addDays(lastDayOf(counted, { duration: rule.after, runsOnOver }).lastDay, 1);
  return { possibleFrom: from, isPossible: from <= today };
}

const lateRuleOf = ({ procedure, received, law = NO_LAW }: PeriodFacts) => ruleFor(law.late, procedure, received);
