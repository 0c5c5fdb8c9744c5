import type { ProductCode } from './appointment';
import type { Case, Stage } from './case';
import { isOver } from './case-state';

/** What the applicant must do now. `wait`: nothing. `unknown`: the portal has no texts for the stage and says so. */
export type NextStep =
  | { readonly do: 'pay' | 'send-papers' | 'respond'; readonly until: string | null }
  | { readonly do: 'visit'; readonly product: ProductCode; readonly until: string | null }
  | { readonly do: 'attend'; readonly at: string; readonly place: string }
  | { readonly do: 'await-invitation' | 'read-decision' | 'wait' | 'nothing' | 'unknown' };

/** The next step in a case's present stage, with the agency's date if there is one. */
export function nextStepOf(theCase: Pick<Case, 'current' | 'state' | 'request' | 'invitation'>): NextStep {
  const { until } = theCase.request;
  const stage = theCase.current?.stage ?? null;
  if (isOver(theCase.state)) return { do: 'nothing' };
  switch (stage) {
    case null:
      return { do: 'unknown' };
    case 'fee':
      return { do: 'pay', until };
    case 'documents':
      return { do: 'send-papers', until };
    case 'intention':
      return { do: 'respond', until };
    case 'biometrics':
      return { do: 'visit', product: 'BIO', until };
    case 'collect':
      return { do: 'visit', product: 'DOC', until };
    case 'registration-interview':
    case 'interview':
    case 'ceremony':
      return theCase.invitation ? { do: 'attend', ...theCase.invitation } : { do: 'await-invitation' };
    case 'decided':
      return { do: 'read-decision' };
    case 'closed':
    case 'withdrawn':
      return { do: 'nothing' };
    case 'received':
    case 'review':
    case 'advice':
      return { do: 'wait' };
  }
}

/** The product of the counter visit that a stage needs; null when it needs none. */
export function productOf(stage: Stage | null): ProductCode | null {
  if (stage === 'biometrics') return 'BIO';
  if (stage === 'collect') return 'DOC';
  return null;
}
