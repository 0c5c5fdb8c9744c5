import { Temporal } from 'temporal-polyfill';
import { addDays } from './time';
import { type FreeDays, whyFree } from './working-days';

/** A term of the law: how long it is, and on which days it does not end. */
export interface LegalTerm {
  /** ISO duration in one unit: P4W, P6M, P90D. */
  readonly duration: string;
  /** Days on which the term does not end but runs on. Null: it ends on any day. */
  readonly runsOnOver: FreeDays | null;
}

/** How a last day was computed, so that a reader can check it. */
export interface ComputedDay {
  /** The last day, ISO date. */
  readonly lastDay: string;
  /** The day from which was counted; the term's first day is the day after it. */
  readonly from: string;
  readonly duration: string;
  /** The last day before the rule on free days. */
  readonly counted: string;
  /** The free days over which the term ran on, in order, and why each is free; empty when it did not. */
  readonly ranOnOver: readonly { readonly date: string; readonly why: string }[];
}

/**
 * The last day of a term that begins on the day after `from` (Algemene wet bestuursrecht, art. 6:8): a term of weeks
 * ends on the same weekday, and one of months on the same day of the month or the month's last day.
 *
 * @param from ISO date of the event, such as the notification of a decision
 */
export function lastDayOf(from: string, { duration, runsOnOver }: LegalTerm): ComputedDay {
  const counted = Temporal.PlainDate.from(from).add(Temporal.Duration.from(duration)).toString();
  const ranOnOver: { date: string; why: string }[] = [];
  let lastDay = counted;
  for (let why = runsOnOver && whyFree(lastDay, runsOnOver); why; why = runsOnOver && whyFree(lastDay, runsOnOver)) {
    ranOnOver.push({ date: lastDay, why });
    lastDay = addDays(lastDay, 1);
  }
  return { lastDay, from, duration, counted, ranOnOver };
}
