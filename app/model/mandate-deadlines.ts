import { Temporal } from 'temporal-polyfill';
import { type Answer, answerOf } from './answer';
import type { Case } from './case';

export type DeadlineKind =
  | ('pay' | 'papers' | 'respond' | 'reply' | 'visit' | 'invitation')
  | ('decision' | 'notice' | 'notice-answer' | 'court' | 'objection' | 'appeal');

/** A day by which a party to the case must act. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** ISO date in the agency's zone. */
  readonly date: string;
  /** The moment (HH:mm) and place of an invitation or a booked visit. `zone`: a desk's own; left out: the agency's. */
  readonly at?: { readonly time: string; readonly place: string; readonly zone?: string };
}

/** A booked visit by its desk's wall time. */
export interface BookedVisit {
  readonly localDate: string;
  readonly localTime: string;
  readonly zone: string;
  readonly deskName: string;
}

/** All deadlines of a case for its advisor, earliest first, with the visit that is booked. */
export function deadlinesOf(
  theCase: Case,
  today: string,
  {
    visit = null,
    answer = answerOf(theCase, { today }),
  }: { readonly visit?: BookedVisit | null; readonly answer?: Answer } = {},
): Deadline[] {
  const { step, period, notice, receivedNotice, court, decision } = answer;
  const deadlines: Deadline[] = [];
  if (visit) deadlines.push(visitOf(visit));
  // A visit in time is the duty; one that is too late leaves the duty's own last day to be seen.
  const isCovered = step.do === 'visit' && visit && (step.until === null || visit.localDate <= step.until);
  if ('until' in step && step.until && !isCovered) deadlines.push({ kind: KIND[step.do], date: step.until });
  if (step.do === 'attend') deadlines.push({ kind: 'invitation', ...momentOf(step) });
  if (period.state === 'running' || period.state === 'overdue') deadlines.push({ kind: 'decision', date: period.by });
  if (notice) deadlines.push({ kind: 'notice', date: notice.possibleFrom });
  if (receivedNotice?.tooEarlyFor === null) deadlines.push({ kind: 'notice-answer', date: receivedNotice.decideBy });
  if (court) deadlines.push({ kind: 'court', date: court.possibleFrom });
  // A grant has the term too, but nothing that an advisor must watch.
  const remedy = decision?.outcome === 'granted' ? null : decision?.remedy;
  if (remedy) deadlines.push({ kind: remedy.remedy, date: remedy.lastDay });
  return deadlines.sort((a, b) => a.date.localeCompare(b.date));
}

const visitOf = ({ localDate, localTime, zone, deskName }: BookedVisit): Deadline => ({
  kind: 'visit',
  date: localDate,
  at: { time: localTime.slice(0, 5), place: deskName, zone },
});

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
