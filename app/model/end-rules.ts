import type { Case, Procedure } from './case';
import { DUTCH_FREE_DAYS, type FreeDays } from './working-days';

/** What happens when a decision period would end on a free day, by procedure and by day of application. */
export interface EndRule {
  /** Null: every procedure without a rule of its own. */
  readonly procedure: Procedure | null;
  /** ISO date. A case keeps the rule of the day on which it was received. */
  readonly appliedFrom: string;
  /** Days on which the period does not end but runs on. Null: it ends on any day. */
  readonly runsOnOver: FreeDays | null;
  /** Longer periods, and those in years, do not run on. Null: no exceptions. */
  readonly unlessLongerThan: { readonly days: number; readonly weeks: number; readonly months: number } | null;
}

/** Algemene termijnenwet, art. 1 and 3, with the exceptions of art. 4. */
export const END_RULES: readonly EndRule[] = [
  {
    procedure: null,
    appliedFrom: '1965-04-01',
    runsOnOver: DUTCH_FREE_DAYS,
    unlessLongerThan: { days: 90, weeks: 12, months: 3 },
  },
];

/**
 * Days over which a case's decision period runs on; null when it does not. Without a term the exceptions cannot be
 * checked, so it does not run on.
 */
export function runsOnOver(
  { procedure, received, statutoryTerm }: Pick<Case, 'procedure' | 'received' | 'statutoryTerm'>,
  rules: readonly EndRule[] = END_RULES,
): FreeDays | null {
  const rule = newestRule(rules, procedure, received) ?? newestRule(rules, null, received);
  if (!rule || !statutoryTerm) return null;
  const [years, months, weeks, days] = unitsOf(statutoryTerm);
  const limit = rule.unlessLongerThan;
  const isExcepted = limit && (years > 0 || months > limit.months || weeks > limit.weeks || days > limit.days);
  return isExcepted ? null : rule.runsOnOver;
}

/** Years, months, weeks and days of an ISO duration. A regular expression, since lists need hundreds. */
function unitsOf(term: string): [number, number, number, number] {
  const [, ...units] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(term) ?? [];
  const [years = 0, months = 0, weeks = 0, days = 0] = units.map((unit) => Number(unit ?? 0));
  return [years, months, weeks, days];
}

function newestRule(rules: readonly EndRule[], procedure: Procedure | null, received: string): EndRule | undefined {
  return rules
    .filter((rule) => rule.procedure === procedure && rule.appliedFrom <= received)
    .reduce<EndRule | undefined>(
      (best, rule) => (best && best.appliedFrom > rule.appliedFrom ? best : rule),
      undefined,
    );
}
