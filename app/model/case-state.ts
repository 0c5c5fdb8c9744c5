import type { CaseState, ReachedStep } from './case';
import { AFTER_DECISION, type Meaning, type Outcome } from './meaning';

/** What the agency's registry says of a case. Dates are ISO dates in the agency's zone. */
export interface StateFacts {
  readonly received: string;
  readonly ended: string | null;
  readonly current: ReachedStep | null;
  readonly result: string | null;
  readonly outcome: Outcome | null;
}

/** The same facts without what contradicts the state, so that no two of them can be shown against each other. */
export interface Standing extends Omit<StateFacts, 'received'> {
  readonly state: CaseState;
}

/**
 * The one rule of what a case is. The registry's latest step decides; an end counts only from the day of receipt to
 * today, and only when no later step undid it. What lies in the future has not happened.
 *
 * @param today ISO date in the agency's zone
 */
export function standingOf({ received, ended, current, result, outcome }: StateFacts, today: string): Standing {
  const reached = current && current.since <= today ? current : null;
  const end = ended !== null && received <= ended && ended <= today ? ended : null;
  const state = stateOf(reached, end);
  if (isOpen(state)) return { state, current: reached, ended: null, result: null, outcome: null };
  const day = end ?? reached?.since ?? received;
  // What the person took back was not decided, whatever the last step is called.
  if (state === 'withdrawn' || outcome === 'withdrawn') {
    const last = reached?.means === 'withdrawn' ? reached : lastAt('withdrawn', day, reached);
    return { state: 'withdrawn', current: last, ended: end, result, outcome: 'withdrawn' };
  }
  if (state === 'closed' && end !== null && reached?.means !== 'closed' && !isFinalUnknown(reached))
    return { state, current: lastAt('closed', end, reached), ended: end, result, outcome };
  return { state, current: reached, ended: end, result, outcome };
}

function stateOf(current: ReachedStep | null, ended: string | null): CaseState {
  const means = current?.means ?? null;
  if (means === 'withdrawn' || means === 'closed') return means;
  if (means !== null && AFTER_DECISION.has(means)) return 'decided';
  if (isFinalUnknown(current)) return 'closed';
  if (ended === null) return 'running';
  return current && current.since > ended ? 'reopened' : 'closed';
}

/** A last step without texts in the portal, which keeps the agency's own words. */
const isFinalUnknown = (current: ReachedStep | null): boolean => current?.stage === null && current.final;

/** Some registries end a case without setting its last step. */
const lastAt = (means: Meaning & CaseState, since: string, current: ReachedStep | null): ReachedStep => ({
  stage: means,
  means,
  product: null,
  optional: false,
  name: '',
  order: current?.order ?? 0,
  final: true,
  since,
});

/** Whether a decision is still to come. */
export const isOpen = (state: CaseState): boolean => state === 'running' || state === 'reopened';

/** Whether nothing more happens in it. */
export const isOver = (state: CaseState): boolean => state === 'closed' || state === 'withdrawn';
