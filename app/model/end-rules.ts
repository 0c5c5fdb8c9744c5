import type { Case } from './case';
import { type EndRule, type Law, ruleFor } from './law';
import type { FreeDays } from './working-days';

type Facts = Pick<Case, 'procedure' | 'received' | 'statutoryTerm'>;

/** The rule on a case's decision period; null when the law has none. */
export const endRuleOf = ({ procedure, received }: Facts, { decision }: Law): EndRule | null =>
  ruleFor(decision, procedure, received);

/**
 * Days over which a case's decision period runs on; null when it does not. Without a term the exceptions cannot be
 * checked, so it does not run on.
 */
export function runsOnOver(facts: Facts, law: Law): FreeDays | null {
  const rule = endRuleOf(facts, law);
  if (!rule?.runsOn || !facts.statutoryTerm) return null;
  const [years, months, weeks, days] = unitsOf(facts.statutoryTerm);
  const limit = rule.unlessLongerThan;
  const isExcepted = limit && (years > 0 || months > limit.months || weeks > limit.weeks || days > limit.days);
  return isExcepted ? null : law.freeDays;
}

/** Years, months, weeks and days of an ISO duration. A regular expression, since lists need hundreds. */
function unitsOf(term: string): [number, number, number, number] {
  const [, ...units] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(term) ?? [];
  const [years = 0, months = 0, weeks = 0, days = 0] = units.map((unit) => Number(unit ?? 0));
  return [years, months, weeks, days];
}
