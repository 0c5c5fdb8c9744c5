import type { Procedure } from './case';
import { type ComputedDay, lastDayOf } from './legal-term';
import type { Outcome } from './meaning';
import { DUTCH_FREE_DAYS, type FreeDays } from './working-days';

/** What a person can do against a decision: `objection` goes to the agency, `appeal` to a court. */
export type Remedy = 'objection' | 'appeal';

/** A rule on the time for objection or appeal. The most special rule that fits applies; of those, the newest. */
export interface RemedyRule {
  /** Null: every procedure without a rule of its own. */
  readonly procedure: Procedure | null;
  /** ISO date; the rule of the day of the decision applies. */
  readonly decidedFrom: string;
  readonly remedy: Remedy;
  /** ISO duration. */
  readonly duration: string;
  /** A shorter term that the decision itself may set; the page then leaves the date to the letter. Null: there is none. */
  readonly orShorter: string | null;
  readonly runsOnOver: FreeDays | null;
  /** The article, in the law's own language. */
  readonly source: string;
}

/** Vreemdelingenwet 2000, art. 69, and for the nationality law the general term of the Algemene wet bestuursrecht. */
const REMEDY_RULES: readonly RemedyRule[] = [
  {
    procedure: null,
    decidedFrom: '2001-04-01',
    remedy: 'objection',
    duration: 'P4W',
    orShorter: null,
    runsOnOver: DUTCH_FREE_DAYS,
    source: 'Vw 2000, art. 69 lid 1',
  },
  {
    procedure: 'asylum',
    decidedFrom: '2001-04-01',
    remedy: 'appeal',
    duration: 'P4W',
    orShorter: 'P1W',
    runsOnOver: DUTCH_FREE_DAYS,
    source: 'Vw 2000, art. 69 lid 1 en 2',
  },
  {
    procedure: 'naturalisation',
    decidedFrom: '1994-01-01',
    remedy: 'objection',
    duration: 'P6W',
    orShorter: null,
    runsOnOver: DUTCH_FREE_DAYS,
    source: 'Awb, art. 6:7',
  },
];

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
export function remedyOf(facts: DecisionFacts, rules: readonly RemedyRule[] = REMEDY_RULES): RemedyTime | null {
  const { procedure, outcome, decided, notified, reactBy } = facts;
  const rule = newest(rules, procedure, decided) ?? newest(rules, null, decided);
  if (outcome === 'withdrawn' || !rule) return null;
  const { remedy, source } = rule;
  // A last day before the decision is a slip of the pen, never a reason to tell somebody that it is too late.
  if (reactBy && reactBy > decided)
    return { remedy, source, lastDay: reactBy, basis: 'agency', shorter: null, computed: null };
  const from = notified && notified >= decided ? notified : decided;
  const computed = lastDayOf(from, rule);
  const basis = from === notified ? 'notified' : 'decided';
  const { orShorter: duration, runsOnOver } = rule;
  const shorter = duration === null ? null : { duration, lastDay: lastDayOf(from, { duration, runsOnOver }).lastDay };
  return { remedy, source, lastDay: computed.lastDay, basis, shorter, computed };
}

function newest(rules: readonly RemedyRule[], procedure: Procedure | null, decided: string): RemedyRule | undefined {
  return rules
    .filter((rule) => rule.procedure === procedure && rule.decidedFrom <= decided)
    .sort((a, b) => b.decidedFrom.localeCompare(a.decidedFrom))[0];
}
