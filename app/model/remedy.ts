import type { Procedure } from './case';
import { type Law, type Remedy, type RemedyRule, ruleFor } from './law';
import { type ComputedDay, lastDayOf } from './legal-term';
import type { Outcome } from './meaning';

export interface DecisionFacts {
  readonly procedure: Procedure | null;
  readonly outcome: Outcome | null;
  /** ISO dates. `notified`: sent or handed over; null when the agency does not tell. */
  readonly decided: string;
  readonly notified: string | null;
  /** The last day as the agency wrote it; it wins over any computed one. */
  readonly reactBy: string | null;
}

export interface RemedyTime {
  readonly remedy: Remedy;
  /** ISO date. */
  readonly lastDay: string;
  /** What the date rests on: the agency's own day, the day of notification, or the decision's date for want of it. */
  readonly basis: 'agency' | 'notified' | 'decided';
  /** A shorter term that the letter may set instead, with its last day; null when there is none or the agency's day is known. */
  readonly shorter: { readonly duration: string; readonly lastDay: string } | null;
  readonly source: string;
  /** Null for the agency's own day. */
  readonly computed: ComputedDay | null;
}

/**
 * Until when a person can object or appeal. Null after a withdrawal, and without a rule. A grant has the term too: a
 * condition or a start date may be wrong.
 */
export function remedyOf(facts: DecisionFacts, { remedies, freeDays }: Law): RemedyTime | null {
  const { outcome, decided, notified, reactBy } = facts;
  const rule = remedyRuleOf(facts, remedies);
  if (outcome === 'withdrawn' || !rule) return null;
  const { remedy, source } = rule;
  // A last day before the decision is a slip of the pen, never a reason to tell somebody that it is too late.
  if (reactBy && reactBy > decided)
    return { remedy, source, lastDay: reactBy, basis: 'agency', shorter: null, computed: null };
  const from = notified && notified >= decided ? notified : decided;
  const runsOnOver = rule.runsOn ? freeDays : null;
  const computed = lastDayOf(from, { duration: rule.term, runsOnOver });
  const basis = from === notified ? 'notified' : 'decided';
  const { orShorter: duration } = rule;
  const shorter = duration === null ? null : { duration, lastDay: lastDayOf(from, { duration, runsOnOver }).lastDay };
  return { remedy, source, lastDay: computed.lastDay, basis, shorter, computed };
}

/** A rule for what was decided wins over one for the procedure, and that over a common one. */
function remedyRuleOf({ procedure, outcome, decided }: DecisionFacts, rules: readonly RemedyRule[]): RemedyRule | null {
  const own = rules.filter(({ outcomes }) => outcome !== null && outcomes.includes(outcome));
  const common = rules.filter(({ outcomes }) => outcomes.length === 0);
  return ruleFor(own, procedure, decided) ?? ruleFor(common, procedure, decided);
}
