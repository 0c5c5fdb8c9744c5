import type { ReachedStep } from './case';
import { type CaseCourse, dayNumberOf } from './counting';
import { AFTER_DECISION } from './meaning';
import { daysBetween } from './time';

/** What the registry says of a case, as far as its course goes. Dates are ISO dates in the agency's zone. */
export interface CourseFacts {
  readonly received: string;
  readonly ended: string | null;
  /** In any order. */
  readonly steps: readonly ReachedStep[];
}

/** A decision that is undone this soon was a mistake in the registry. */
const CORRECTION_DAYS = 14;
const MS_A_DAY = 86_400_000;
const NOON = 0.5;

/**
 * The course of a case to its first decision, for the count tables; null when no open stage is known. What lies in the
 * future has not happened, no stage begins before the case, and what follows a reopening is not counted.
 *
 * @param today ISO date in the agency's zone
 */
export function courseOf({ received, ended, steps }: CourseFacts, today: string): CaseCourse | null {
  if (received > today) return null;
  const reached = steps.filter(({ since }) => since <= today).toSorted(inOrder);
  const at = deciding(reached);
  const open = (at < 0 ? reached : reached.slice(0, at)).filter((step) => !decides(step));
  const [first] = open;
  if (!first) return null;
  const begins = first.since === received ? momentOf(first) : dayNumberOf(received) + NOON;
  const stages: { code: string; entered: number }[] = [];
  for (const step of open) {
    const code = step.stage ?? step.name;
    if (stages.at(-1)?.code === code) continue;
    stages.push({ code, entered: stages.length === 0 ? begins : Math.max(begins, momentOf(step)) });
  }
  const last = stages.at(-1)?.entered ?? begins;
  const decision = reached[at];
  if (decision) return { received: begins, stages, decided: Math.max(last, momentOf(decision)) };
  const isEnd = ended !== null && received <= ended && ended <= today && !open.some(({ since }) => since > ended);
  return {
    received: begins,
    stages,
    decided: isEnd ? Math.max(last, dayNumberOf(ended) + NOON) : Number.POSITIVE_INFINITY,
  };
}

/** The index of the decision that holds; -1 without one. */
function deciding(reached: readonly ReachedStep[]): number {
  return reached.findIndex((step, index) => {
    if (!decides(step)) return false;
    const again = reached.slice(index + 1).find((later) => !decides(later));
    return again === undefined || daysBetween(step.since, again.since) > CORRECTION_DAYS;
  });
}

function decides({ means, final }: ReachedStep): boolean {
  if (means === null) return final;
  return means === 'closed' || means === 'withdrawn' || AFTER_DECISION.has(means);
}

/** By day, then by time where both have one, then by the order of the procedure. */
function inOrder(a: ReachedStep, b: ReachedStep): number {
  if (a.since !== b.since) return a.since < b.since ? -1 : 1;
  const [one, other] = [a.instant ?? null, b.instant ?? null];
  return (one !== null && other !== null && one - other) || a.order - b.order;
}

/** Without a time of day it is noon, which is right on average. */
const momentOf = ({ since, instant = null }: ReachedStep): number =>
  instant === null ? dayNumberOf(since) + NOON : instant / MS_A_DAY;
