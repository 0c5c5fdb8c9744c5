import type { Case, ReachedStep, Stage, Step } from './case';
import { isOpen, isOver } from './case-state';

export interface TimelineEntry {
  readonly stage: Stage | null;
  readonly name: string;
  /** `again`: it was left, and is now or will be reached once more. */
  readonly state: 'done' | 'again' | 'now' | 'to-come';
  /** ISO date; null for a step to come. */
  readonly since: string | null;
  /** ISO date on which the next step was reached; null for the last one, and for a step to come. */
  readonly until: string | null;
  /** Whether the case ends with this step. */
  readonly final: boolean;
}

/**
 * The steps of a case: done, now and to come, in order. Steps of one day are ordered by instant, or else by number; a
 * step that goes back stays a step.
 * @param history the steps reached, in any order; the present one may be missing (some registries lag)
 * @param steps the steps of the case's procedure
 */
export function timelineOf(
  theCase: Pick<Case, 'current' | 'state' | 'outcome'>,
  history: readonly ReachedStep[],
  steps: readonly Step[],
): TimelineEntry[] {
  const over = isOver(theCase.state);
  const current = theCase.current && { ...theCase.current, order: orderOf(theCase.current, steps) };
  const done = inOrder(history.filter((step) => !current || !isSame(step, current)));
  const reached = current ? [...done, current] : done;
  const past = (ahead: readonly Step[]) =>
    reached.map((step, index): TimelineEntry => {
      if (step === current && !over) return entry(step, 'now', step.since);
      const open = over || !current ? ahead : [...ahead, current];
      const next = reached[index + 1]?.since ?? null;
      return {
        ...entry(step, open.some(({ name }) => name === step.name) ? 'again' : 'done', step.since),
        until: next !== null && next >= step.since ? next : null,
      };
    });
  if (over || current?.final || !leadsOn(theCase)) return past([]);
  const from = current?.order ?? Math.max(-1, ...history.map((step) => step.order));
  const later = new Set(current ? done.filter((step) => step.since > current.since).map(({ order }) => order) : []);
  const toCome = steps
    .filter((step) => step.order > from && !later.has(step.order))
    .filter((step) => step.stage !== null && !step.optional)
    .sort((a, b) => a.order - b.order);
  return [...past(toCome), ...toCome.map((step) => entry(step, 'to-come', null))];
}

/** What usually follows a decision, such as a document, follows no refusal. */
const leadsOn = ({ state, outcome }: Pick<Case, 'state' | 'outcome'>): boolean =>
  isOpen(state) || outcome === 'granted' || outcome === 'partly-granted';

/** By day, and within a day by instant when the registry says one for each step, otherwise by number. */
function inOrder(history: readonly ReachedStep[]): ReachedStep[] {
  const days = new Map<string, ReachedStep[]>();
  for (const step of history) days.set(step.since, [...(days.get(step.since) ?? []), step]);
  return [...days]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([, steps]) => {
      const exact = steps.every(({ instant }) => typeof instant === 'number');
      return steps.sort((a, b) => (exact ? (a.instant ?? 0) - (b.instant ?? 0) : 0) || a.order - b.order);
    });
}

/** Some registries do not number the present step; it then takes the position of the step with its name. */
function orderOf(current: Step, steps: readonly Step[]): number {
  const namesakes = steps.filter((step) => step.name === current.name);
  return namesakes.find((step) => step.order === current.order)?.order ?? namesakes[0]?.order ?? current.order;
}

const isSame = (a: ReachedStep, b: ReachedStep) =>
  a.order === b.order &&
  a.name === b.name &&
  a.since === b.since &&
  (typeof a.instant !== 'number' || typeof b.instant !== 'number' || a.instant === b.instant);

const entry = (step: Step, state: TimelineEntry['state'], since: string | null): TimelineEntry => ({
  stage: step.stage,
  name: step.name,
  state,
  since,
  until: null,
  final: step.final,
});
