import { Temporal } from 'temporal-polyfill';
import { type Design, drawRollout } from './design';

/** What an experiment can switch by procedure. Without a plan all of it is on. */
export const FEATURES = ['own-answers'] as const;
export type Feature = (typeof FEATURES)[number];

/** An experiment as it was registered before it began. Nothing of it may depend on what was counted since. */
export interface EffectPlan extends Design {
  readonly feature: Feature;
  /** ISO Monday of the first week in which a procedure may get the feature. */
  readonly firstWeek: string;
  readonly seed: string;
  /** Part of contacts that may be noted under another procedure. */
  readonly misplaced: number;
  /** SHA-256 of the file, in hexadecimal: shows that it was not changed afterwards. */
  readonly hash: string;
}

/** ISO Mondays of all weeks of a plan, those before the experiment first. */
export function weeksOf({ firstWeek, weeksBefore, weeks }: EffectPlan): string[] {
  const first = Temporal.PlainDate.from(firstWeek).subtract({ weeks: weeksBefore });
  return Array.from({ length: weeksBefore + weeks }, (_, at) => first.add({ weeks: at }).toString());
}

/**
 * Whether readers of a case of this procedure get a feature on a day (ISO). Outside the plan's weeks, for procedures that it does
 * not name, and without a plan they do.
 */
export function featureOn(plan: EffectPlan | null, feature: Feature, procedure: string | null, day: string): boolean {
  if (!plan || plan.feature !== feature || procedure === null) return true;
  const row = plan.procedures.indexOf(procedure);
  const week = weeksOf(plan).findLastIndex((monday) => monday <= day);
  const isOver = day >= Temporal.PlainDate.from(plan.firstWeek).add({ weeks: plan.weeks }).toString();
  if (row < 0 || week < 0 || isOver) return true;
  return drawRollout(plan, plan.seed)[row]?.[week] ?? true;
}
