import type { Outcome } from './meaning';
import type { FreeDays } from './working-days';

/** The rules of law by which an agency's days are computed: data of its folder. */
export interface Law {
  /** Days on which no term ends, for each rule that runs on. */
  readonly freeDays: FreeDays;
  readonly decision: readonly EndRule[];
  readonly late: readonly LateRule[];
  readonly remedies: readonly RemedyRule[];
}

/** Of no law anything is known, so no day is computed. */
export const NO_LAW: Law = {
  freeDays: { weekdays: [], holidays: [], listed: null },
  decision: [],
  late: [],
  remedies: [],
};

interface Rule {
  /** Keys of procedures. Empty: all that have no rule of their own. */
  readonly procedures: readonly string[];
  /** ISO date from which the rule holds. A case keeps the rule of its own day. */
  readonly from: string;
}

/** How a decision period ends. The day of receipt chooses the rule. */
export interface EndRule extends Rule {
  /** Whether it runs on over free days. */
  readonly runsOn: boolean;
  /** Longer periods, and those in years, do not run on. Null: no exceptions. */
  readonly unlessLongerThan: { readonly days: number; readonly weeks: number; readonly months: number } | null;
  /** Whether the period stands still while the registry says that it is suspended. */
  readonly whileSuspended: 'stops' | 'runs';
}

/** What a person can do when the agency is late. The day of receipt chooses the rule. */
export type LateRule = Rule & (NothingWhenLate | NoticeRule | CourtRule);

interface NothingWhenLate {
  readonly kind: 'none';
}

/** They warn the agency, which then has some days left. */
export interface NoticeRule {
  readonly kind: 'notice-of-default';
  /** Days after the last day of the decision period. */
  readonly afterDays: number;
  /** Days that the agency has left after the notice. */
  readonly graceDays: number;
  /** The most that the agency then owes, in the agency's currency. Null: nothing, or not told here. */
  readonly penalty: number | null;
}

/** They may ask a court to make the agency decide. */
export interface CourtRule {
  readonly kind: 'court';
  /** ISO duration that must be over. */
  readonly after: string;
  readonly counted: 'from-receipt' | 'from-last-day';
  readonly runsOn: boolean;
}

/** What a person can do against a decision: `objection` goes to the agency, `appeal` to a court. */
export type Remedy = 'objection' | 'appeal';

/** A rule on the time for objection or appeal. The day of the decision chooses the rule. */
export interface RemedyRule extends Rule {
  /** Empty: whatever was decided. */
  readonly outcomes: readonly Outcome[];
  readonly remedy: Remedy;
  /** ISO duration. */
  readonly term: string;
  /** A shorter term that the decision itself may set; the page then leaves the date to the letter. Null: there is none. */
  readonly orShorter: string | null;
  readonly runsOn: boolean;
  /** The article, in the law's own language. */
  readonly source: string;
}

/** The rule for a procedure on a day: its own before the common ones, and of those the newest. */
export function ruleFor<R extends Rule>(rules: readonly R[], procedure: string | null, day: string): R | null {
  const own = rules.filter(({ procedures }) => procedure !== null && procedures.includes(procedure));
  return (
    newest(own, day) ??
    newest(
      rules.filter(({ procedures }) => procedures.length === 0),
      day,
    )
  );
}

const newest = <R extends Rule>(rules: readonly R[], day: string): R | null =>
  rules
    .filter(({ from }) => from <= day)
    .reduce<R | null>((best, rule) => (best && best.from > rule.from ? best : rule), null);
