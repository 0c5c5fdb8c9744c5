import { data } from '~/framework/node.server';
import type { Case } from '~/model/case';
import type { Trouble } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { askCases, findCase } from './case-view.server';

/** The viewer's own case that an address names, or why it can't be loaded. Any other case counts as missing (404). */
export async function openCase(
  viewer: Viewer,
  ref: string | undefined,
  asked = askCases(viewer),
): Promise<{ theCase: Case } | { why: Trouble }> {
  const found = await findCase(viewer, ref ?? '', asked);
  if (found.state === 'unavailable') return { why: found.why };
  if (found.value) return { theCase: found.value };
  // It may be among the unreadable ones, so "does not exist" would be a guess.
  if (found.state === 'partial') return { why: 'malformed' };
  throw data(null, { status: 404 });
}
