import { hasPlanner } from '~/agency/planner.server';
import { data } from '~/framework/node.server';
import { addLookAtOthers } from '~/identity/asker.server';
import type { Trouble } from '~/model/loaded';
import { mayBook, type Right } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { askCases, findCase, type ShownCase } from './case-view.server';

/** What a page needs a right for. `book`: whether for themselves or for all. */
export type PageRight = Right | 'book';

/**
 * The viewer's own case that an address names, as the agency has it now, or why it can't be loaded. With `knownCases` for
 * `asked` also as it was kept: only for showing it. Any other case, and one in which they lack
 * the page's right, counts as missing (404).
 */
export async function openCase(
  viewer: Viewer,
  ref: string | undefined,
  right: PageRight,
  asked = askCases(viewer),
): Promise<ShownCase | { why: Trouble }> {
  const found = await findCase(viewer, ref ?? '', asked);
  if (found.state === 'unavailable') return { why: found.why };
  if (found.value) {
    const kept = found.state === 'kept' ? { asOf: found.asOf, why: found.why } : null;
    if (right === 'book' ? hasPlanner() && mayBook(found.value) : found.value.rights.includes(right)) {
      await addLookAtOthers(viewer, [found.value]);
      return { theCase: found.value, kept };
    }
    throw data(null, { status: 404 });
  }
  // It may have come since.
  if (found.state === 'kept') return { why: found.why };
  // It may be among the unreadable ones, so "does not exist" would be a guess.
  if (found.state === 'partial') return { why: 'malformed' };
  throw data(null, { status: 404 });
}
