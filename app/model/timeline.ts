import type { Case, ReachedStep, Stage, Step } from './case';

export interface TimelineEntry {
  readonly stage: Stage | null;
  readonly name: string;
  readonly state: 'done' | 'now' | 'to-come';
  /** ISO date; null for a step to come. */
  readonly since: string | null;
}

/** Optional steps: shown once reached, never announced as "to come". */
const ONLY_WHEN_REACHED: ReadonlySet<Stage> = new Set(['documents', 'withdrawn', 'intention', 'fee']);

/**
 * The steps of a case: done, now and to come, in order.
 * @param history the steps reached, in any order; the present one may be missing (some registries lag)
 * @param steps the steps of the case's procedure
 */
export function timelineOf(
  theCase: Pick<Case, 'current' | 'ended'>,
  history: readonly ReachedStep[],
  steps: readonly Step[],
): TimelineEntry[] {
  const current = theCase.current && { ...theCase.current, order: orderOf(theCase.current, steps) };
  const reached = [...history].sort((a, b) => a.since.localeCompare(b.since) || a.order - b.order);
  const done = reached.filter((step) => !current || !isSame(step, current));
  const entries: TimelineEntry[] = done.map((step) => entry(step, 'done', step.since));
  if (current) entries.push(entry(current, theCase.ended || current.final ? 'done' : 'now', current.since));
  if (theCase.ended || current?.final) return entries;
  const from = current?.order ?? Math.max(-1, ...reached.map((step) => step.order));
  const known = new Set(reached.map((step) => step.order));
  const toCome = steps
    .filter((step) => step.order > from && !known.has(step.order))
    .filter((step) => step.stage !== null && !ONLY_WHEN_REACHED.has(step.stage))
    .sort((a, b) => a.order - b.order);
  return [...entries, ...toCome.map((step) => entry(step, 'to-come', null))];
}

/** Some registries do not number the present step; it then takes the position of the step with its name. */
function orderOf(current: Step, steps: readonly Step[]): number {
  const namesakes = steps.filter((step) => step.name === current.name);
  return namesakes.find((step) => step.order === current.order)?.order ?? namesakes[0]?.order ?? current.order;
}

const isSame = (a: ReachedStep, b: ReachedStep) => a.order === b.order && a.name === b.name && a.since === b.since;

const entry = (step: Step, state: TimelineEntry['state'], since: string | null): TimelineEntry => ({
  stage: step.stage,
  name: step.name,
  state,
  since,
});
