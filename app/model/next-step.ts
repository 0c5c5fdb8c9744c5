import type { ProductCode } from './appointment';
import type { Case } from './case';
import { isOver } from './case-state';

/**
 * What the applicant must do now. `wait`: nothing. `was-invited`: the day of the invitation is over. `unknown`: the
 * portal has no texts for the stage and says so, with the day by which the agency asked something.
 */
export type NextStep =
  | { readonly do: 'pay' | 'send-papers' | 'respond' | 'unknown'; readonly until: string | null }
  | { readonly do: 'visit'; readonly product: ProductCode; readonly until: string | null }
  | { readonly do: 'attend' | 'was-invited'; readonly at: string; readonly place: string }
  | { readonly do: 'await-invitation' | 'read-decision' | 'wait' | 'nothing' };

type StepFacts = Pick<Case, 'current' | 'state' | 'request' | 'invitation'>;

/**
 * The next step in a case's present stage, with the agency's date if there is one.
 *
 * @param today ISO date in the agency's zone
 */
export function nextStepOf(theCase: StepFacts, today: string): NextStep {
  const { current, state, request } = theCase;
  const { until } = request;
  if (isOver(state)) return { do: 'nothing' };
  switch (current?.means) {
    case 'pay':
    case 'send-papers':
    case 'respond':
      return { do: current.means, until };
    case 'visit':
    case 'collect':
      return current.product ? { do: 'visit', product: current.product, until } : { do: 'unknown', until };
    case 'attend':
    case 'ceremony':
      return invitedTo(theCase, today) ?? { do: 'await-invitation' };
    case 'decided':
      return { do: 'read-decision' };
    case 'closed':
    case 'withdrawn':
      return { do: 'nothing' };
    case 'wait':
      return { do: 'wait' };
    default:
      return askedIn(theCase, today);
  }
}

/** On the day itself an invitation still stands. */
function invitedTo({ invitation }: StepFacts, today: string): NextStep | null {
  // Both are ISO, so that a moment of a day sorts after the day itself.
  return invitation && { do: invitation.at < today ? 'was-invited' : 'attend', ...invitation };
}

/** In a stage without texts the facts of the case still tell what is asked. */
function askedIn(theCase: StepFacts, today: string): NextStep {
  const { until, papers } = theCase.request;
  const invited = invitedTo(theCase, today);
  if (invited?.do === 'attend') return invited;
  return papers.length > 0 ? { do: 'send-papers', until } : { do: 'unknown', until };
}

/**
 * The day by which the person must do something, or is invited, when an estimate of the decision begins before it; else null.
 *
 * @param rangeFrom early end of the estimate, ISO date; null without one
 */
export function comesFirst(step: NextStep, rangeFrom: string | null): string | null {
  const [invited = null] = step.do === 'attend' ? step.at.split('T') : [];
  const day = 'until' in step ? step.until : invited;
  return day !== null && rangeFrom !== null && rangeFrom < day ? day : null;
}

/** What happens to the agency's decision period while the person has something to do; null when they have nothing. */
export type Clock = 'stands' | 'may' | 'runs';

/** By law a request for papers or a fee can suspend the period, also where the registry does not tell it. */
export function clockOf({ do: act }: NextStep, period: 'running' | 'paused' | 'other'): Clock | null {
  if (act !== 'pay' && act !== 'send-papers' && act !== 'respond') return null;
  if (period === 'paused') return 'stands';
  if (period === 'other') return null;
  return act === 'respond' ? 'runs' : 'may';
}

/** By when the person must come to a desk, ISO date; null when they need not, or the agency sets no day. */
export const visitUntil = (theCase: Pick<Case, 'current' | 'state' | 'request'>): string | null =>
  productOf(theCase) && !isOver(theCase.state) ? theCase.request.until : null;

/** What the visit is for that the case's present stage asks; null when it asks none. */
export const productOf = ({ current }: Pick<Case, 'current'>): ProductCode | null => current?.product ?? null;
