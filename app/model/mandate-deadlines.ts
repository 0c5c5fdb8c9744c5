import { Temporal } from 'temporal-polyfill';
import type { Case } from './case';
import { type DecisionPeriod, decisionPeriodOf, type PeriodFacts } from './decision-period';
import { nextStepOf } from './next-step';
import { addDays } from './time';

export type DeadlineKind = 'pay' | 'papers' | 'respond' | 'visit' | 'invitation' | 'decision' | 'notice';

/** A day by which a party to the case must act. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** ISO date in the agency's zone. */
  readonly date: string;
  /** The moment (HH:mm in the agency's zone) and place of an invitation. */
  readonly at?: { readonly time: string; readonly place: string };
}

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
}

/** Null when there is no last day to miss: decided, paused (the day will shift) or unknown. */
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
    isPossible: from <= today,
  };
}

/** All deadlines of a case for its advisor, earliest first. */
export function deadlinesOf(
  theCase: Case,
  today: string,
  period: DecisionPeriod = decisionPeriodOf(theCase, today),
): Deadline[] {
  const deadlines: Deadline[] = [];
  const step = nextStepOf(theCase);
  if ('until' in step && step.until) deadlines.push({ kind: KIND[step.do], date: step.until });
  if (step.do === 'attend') deadlines.push({ kind: 'invitation', ...momentOf(step) });
  if (period.state === 'running' || period.state === 'overdue') deadlines.push({ kind: 'decision', date: period.by });
  const notice = noticeOfDefaultOf(theCase, today, period);
  if (notice) deadlines.push({ kind: 'notice', date: notice.possibleFrom });
  return deadlines.sort((a, b) => a.date.localeCompare(b.date));
}

function momentOf({ at, place }: { readonly at: string; readonly place: string }): Pick<Deadline, 'date' | 'at'> {
  const local = Temporal.PlainDateTime.from(at);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return { date: local.toPlainDate().toString(), at: { time, place } };
}

const KIND = { pay: 'pay', 'send-papers': 'papers', respond: 'respond', visit: 'visit' } as const;
