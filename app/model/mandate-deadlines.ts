import { Temporal } from 'temporal-polyfill';
import { type Answer, answerOf } from './answer';
import type { Case } from './case';

export type DeadlineKind =
  | ('pay' | 'papers' | 'respond' | 'reply' | 'visit' | 'invitation')
  | ('decision' | 'notice' | 'court' | 'objection' | 'appeal');

/** A day by which a party to the case must act. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** ISO date in the agency's zone. */
  readonly date: string;
  /** The moment (HH:mm in the agency's zone) and place of an invitation. */
  readonly at?: { readonly time: string; readonly place: string };
}

/** All deadlines of a case for its advisor, earliest first. */
export function deadlinesOf(
  theCase: Case,
  today: string,
  { step, period, notice, court, decision }: Answer = answerOf(theCase, { today }),
): Deadline[] {
  const deadlines: Deadline[] = [];
  if ('until' in step && step.until) deadlines.push({ kind: KIND[step.do], date: step.until });
  if (step.do === 'attend') deadlines.push({ kind: 'invitation', ...momentOf(step) });
  if (period.state === 'running' || period.state === 'overdue') deadlines.push({ kind: 'decision', date: period.by });
  if (notice) deadlines.push({ kind: 'notice', date: notice.possibleFrom });
  if (court) deadlines.push({ kind: 'court', date: court.possibleFrom });
  // A grant has the term too, but nothing that an advisor must watch.
  const remedy = decision?.outcome === 'granted' ? null : decision?.remedy;
  if (remedy) deadlines.push({ kind: remedy.remedy, date: remedy.lastDay });
  return deadlines.sort((a, b) => a.date.localeCompare(b.date));
}

function momentOf({ at, place }: { readonly at: string; readonly place: string }): Pick<Deadline, 'date' | 'at'> {
  const local = Temporal.PlainDateTime.from(at);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return { date: local.toPlainDate().toString(), at: { time, place } };
}

const KIND = {
  pay: 'pay',
  'send-papers': 'papers',
  respond: 'respond',
  visit: 'visit',
  unknown: 'reply',
} as const;
