import { Temporal } from 'temporal-polyfill';
import { type Answer, answerOf } from './answer';
import type { Case } from './case';
import { NO_LAW, ruleFor } from './law';

/** How one of a case's dates was counted. */
export interface CountedDay {
  readonly of: 'decision' | 'notice' | 'notice-answer' | 'court' | 'objection' | 'appeal';
  /** ISO date from which was counted: the day itself is not part of the term. */
  readonly from: string;
  /** ISO duration. */
  readonly duration: string;
  /** Whether the term ran on over weekends and holidays. */
  readonly ranOn: boolean;
  /** The article, in the law's own language; "" where the rule names none. */
  readonly source: string;
}

/** How the dates of a case were counted. A date that the agency gave itself was not counted, and is left out. */
export function countedDaysOf(
  theCase: Case,
  today: string,
  { period, notice, receivedNotice, court, decision }: Answer = answerOf(theCase, { today }),
): CountedDay[] {
  const { received, statutoryTerm, decideBy, procedure, law = NO_LAW } = theCase;
  const by = period.state === 'running' || period.state === 'overdue' ? period.by : null;
  const counted: CountedDay[] = [];
  const add = (of: CountedDay['of'], from: string, duration: string, ranOn = false, source = '') =>
    counted.push({ of, from, duration, ranOn, source });
  if (by && decideBy === null && statutoryTerm)
    add('decision', received, statutoryTerm, by !== after(received, statutoryTerm));
  const late = ruleFor(law.late, procedure, received);
  if (notice && by && late?.kind === 'notice-of-default') {
    add('notice', by, `P${late.afterDays}D`);
    add('notice-answer', notice.possibleFrom, `P${late.graceDays}D`);
  }
  if (receivedNotice?.tooEarlyFor === null && late?.kind === 'notice-of-default')
    add('notice-answer', receivedNotice.received, `P${late.graceDays}D`);
  const courtFrom = late?.kind === 'court' && late.counted === 'from-last-day' ? by : received;
  if (court && courtFrom && late?.kind === 'court')
    add('court', courtFrom, late.after, court.possibleFrom !== after(after(courtFrom, late.after), 'P1D'));
  const remedy = decision?.remedy;
  if (remedy?.computed) {
    const { from, duration, ranOnOver } = remedy.computed;
    add(remedy.remedy, from, duration, ranOnOver.length > 0, remedy.source);
  }
  return counted;
}

const after = (from: string, duration: string): string =>
  Temporal.PlainDate.from(from).add(Temporal.Duration.from(duration)).toString();
