import type { ProductCode } from './appointment';
import { isOver } from './case-state';
import { productOf } from './next-step';
import { bookable, mayBook, type OwnCase } from './rights';
import type { PersonId } from './viewer';

/** Why the portal stopped doing something for a person. `restored`: an older database was restored. */
export const ENDED_WHY = ['no-right', 'case-closed', 'not-needed', 'restored'] as const;
export type EndedWhy = (typeof ENDED_WHY)[number];

/**
 * Why a person may no longer get a visit for somebody in a case; null when they still may.
 *
 * @param theCase as the person may see it now; null when they have no right in it
 * @param isFor whether the visit is for the owner of these numbers
 */
export function rightEnded(
  theCase: OwnCase | null,
  product: ProductCode,
  isFor: (ids: readonly PersonId[]) => boolean,
): EndedWhy | null {
  if (!theCase || !mayBook(theCase) || !bookable(theCase).some(({ ids }) => isFor(ids))) return 'no-right';
  if (isOver(theCase.state)) return 'case-closed';
  return productOf(theCase) === product ? null : 'not-needed';
}
