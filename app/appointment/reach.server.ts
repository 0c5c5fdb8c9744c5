import { askCases } from '~/case/case-view.server';
import { data } from '~/framework/node.server';
import { mayBook, type OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';

/** A hold or a booking: whose it is, and in which case. */
interface OfCase {
  readonly owner: string;
  readonly caseId: string;
}

/** Whether the viewer may move and cancel this of a case that they see. */
export const mayArrange = (viewer: Viewer, theCase: OwnCase, { owner, caseId }: OfCase): boolean =>
  caseId === theCase.id && (theCase.rights.includes('book-all') || (owner === ownerOf(viewer) && mayBook(theCase)));

/**
 * The row, if it is the viewer's own, or of a case whose visits they arrange; else null. What is missing asks for the
 * cases too, so that it takes as long as what is somebody else's. Who represents a person, or arranges visits for a
 * client, reaches what is that person's only by the rights in the case.
 *
 * @param need `see` is enough for a page that changes nothing
 * @throws a 503 response when the viewer's cases can't be loaded
 */
export async function inReach<T extends OfCase>(
  viewer: Viewer,
  row: T | null,
  isOwn = (own: T) => own.owner === ownerOf(viewer),
  need: 'see' | 'change' = 'change',
): Promise<T | null> {
  const own = row !== null && isOwn(row);
  if (own && viewer.basis !== 'represents' && !viewer.cases) return row;
  const cases = await askCases(viewer);
  if (cases.state === 'unavailable') throw data(null, { status: 503 });
  const mayReach = (theCase: OwnCase, it: T) =>
    mayArrange(viewer, theCase, it) ||
    (need === 'see' && own && theCase.id === it.caseId && theCase.rights.includes('case'));
  return row && cases.value.some((theCase) => mayReach(theCase, row)) ? row : null;
}
