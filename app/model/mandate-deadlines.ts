import type { Case } from './case';
import { type DecisionPeriod, decisionPeriodOf, type PeriodFacts } from './decision-period';
import { nextStepOf } from './next-step';
import { addDays } from './time';

export type DeadlineKind = 'pay' | 'papers' | 'respond' | 'visit' | 'invitation' | 'decision' | 'notice';

/** A day in a case by which somebody must have done something. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** ISO date in the agency's zone. */
  readonly date: string;
}

/**
 * When an applicant may give the agency notice of default, by the day on which he applied: rules are data, and a case
 * keeps the rule of its own day (General Administrative Law Act, 4:17).
 */
interface NoticeRule {
  readonly appliedFrom: string;
  /** Days after the last day of the decision period. */
  readonly afterDays: number;
  /** What the agency still has after the notice. */
  readonly graceDays: number;
}

const NOTICE_RULES: readonly NoticeRule[] = [{ appliedFrom: '2009-10-01', afterDays: 1, graceDays: 14 }];

export interface NoticeOfDefault {
  /** ISO dates: from when a notice is possible, and by when the agency must then have decided if it came on that day. */
  readonly possibleFrom: string;
  readonly decideBy: string;
  readonly already: boolean;
}

/** Null where there is nothing to be late with: decided, paused (the day will move) or without a known last day. */
export function noticeOfDefaultOf(
  theCase: PeriodFacts,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): NoticeOfDefault | null {
  const rule = NOTICE_RULES.filter(({ appliedFrom }) => appliedFrom <= theCase.received).at(-1);
  if (!rule || (period.state !== 'running' && period.state !== 'overdue')) return null;
  const from = addDays(period.by, rule.afterDays);
  return {
    possibleFrom: from,
    decideBy: addDays(from, rule.graceDays),
    already: from <= today,
  };
}

/** All days that an advisor must keep in a case, the earliest first. */
export function deadlinesOf(
  theCase: Case,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): Deadline[] {
  const found: Deadline[] = [];
  const step = nextStepOf(theCase);
  if ('until' in step && step.until) found.push({ kind: KIND[step.do], date: step.until });
  if (step.do === 'attend') found.push({ kind: 'invitation', date: step.at.slice(0, 10) });
  if (period.state === 'running' || period.state === 'overdue') found.push({ kind: 'decision', date: period.by });
  const notice = noticeOfDefaultOf(theCase, today, period);
  if (notice) found.push({ kind: 'notice', date: notice.possibleFrom });
  return found.sort((a, b) => a.date.localeCompare(b.date));
}

const KIND = { pay: 'pay', 'send-papers': 'papers', respond: 'respond', visit: 'visit' } as const;
