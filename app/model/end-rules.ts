import type { Case, Procedure } from './case';
import { DUTCH_FREE_DAYS, type FreeDays } from './working-days';

/** What happens to a decision period that would end on a free day, by procedure and by the day of the application. */
export interface EndRule {
  /** Null: every procedure that has no rule of its own on that day. */
  readonly procedure: Procedure | null;
  /** ISO date: a case keeps the rule of the day on which it was received. */
  readonly appliedFrom: string;
  /** Days on which the period does not end but runs on to the next other day. Null: it ends on the day it ends. */
  readonly runsOnOver: FreeDays | null;
  /** The exceptions: a period longer than this in any of its units, or counted in years, does not run on. Null: none. */
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
 * The days over which the decision period of a case runs on, or null where it does not.
 * Without a term nobody can tell whether an exception holds, and nothing runs on
 */
export function runsOnOver(
  { procedure, received, statutoryTerm }: Pick<Case, 'procedure' | 'received' | 'statutoryTerm'>,
  rules: readonly EndRule[] = END_RULES,
): FreeDays | null {
  const rule = newest(rules, procedure, received) ?? newest(rules, null, received);
  if (!rule || !statutoryTerm) return null;
  const [years, months, weeks, days] = unitsOf(statutoryTerm);
  const limit = rule.unlessLongerThan;
  const isExcepted = limit && (years > 0 || months > limit.months || weeks > limit.weeks || days > limit.days);
  return isExcepted ? null : rule.runsOnOver;
}

/** Years, months, weeks and days of an ISO duration; a list asks it for hundreds of cases. */
function unitsOf(term: string): [number, number, number, number] {
  const [, ...units] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(term) ?? [];
  const [years = 0, months = 0, weeks = 0, days = 0] = units.map((unit) => Number(unit ?? 0));
  return [years, months, weeks, days];
}

function newest(rules: readonly EndRule[], procedure: Procedure | null, received: string): EndRule | undefined {
  return rules
    .filter((rule) => rule.procedure === procedure && rule.appliedFrom <= received)
    .reduce<EndRule | undefined>(
      (found, rule) => (found && found.appliedFrom > rule.appliedFrom ? found : rule),
      undefined,
    );
}
