import type { ProductCode } from './appointment';
import type { Case } from './case';
import { isOver } from './case-state';

/** What the applicant must do now. `wait`: nothing. `unknown`: the portal has no texts for the stage and says so. */
export type NextStep =
  | { readonly do: 'pay' | 'send-papers' | 'respond'; readonly until: string | null }
  | { readonly do: 'visit'; readonly product: ProductCode; readonly until: string | null }
  | { readonly do: 'attend'; readonly at: string; readonly place: string }
  | { readonly do: 'await-invitation' | 'read-decision' | 'wait' | 'nothing' | 'unknown' };

/** The next step in a case's present stage, with the agency's date if there is one. */
export function nextStepOf(theCase: Pick<Case, 'current' | 'state' | 'request' | 'invitation'>): NextStep {
  const { current, state, request, invitation } = theCase;
  const { until } = request;
  if (isOver(state)) return { do: 'nothing' };
  switch (current?.means) {
    case 'pay':
    case 'send-papers':
    case 'respond':
      return { do: current.means, until };
    case 'visit':
    case 'collect':
      return current.product ? { do: 'visit', product: current.product, until } : { do: 'unknown' };
    case 'attend':
    case 'ceremony':
      return invitation ? { do: 'attend', ...invitation } : { do: 'await-invitation' };
    case 'decided':
      return { do: 'read-decision' };
    case 'closed':
    case 'withdrawn':
      return { do: 'nothing' };
    case 'wait':
      return { do: 'wait' };
    default:
      return { do: 'unknown' };
  }
}

/** What the visit is for that the case's present stage asks; null when it asks none. */
export const productOf = ({ current }: Pick<Case, 'current'>): ProductCode | null => current?.product ?? null;
