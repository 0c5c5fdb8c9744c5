import { data } from '~/framework/node.server';
import type { Case } from '~/model/case';
import type { Trouble } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { askCases, findCase } from './case-view.server';

/** The case of the viewer's own that an address names, or why it can't be had now. One that is not his does not exist. */
export async function openCase(
  viewer: Viewer,
  ref: string | undefined,
  asked = askCases(viewer),
): Promise<{ theCase: Case } | { why: Trouble }> {
  const found = await findCase(viewer, ref ?? '', asked);
  if (found.state === 'unavailable') return { why: found.why };
  if (found.value) return { theCase: found.value };
  // It may be among those that could not be read: nobody may say that it does not exist.
  if (found.state === 'partial') return { why: 'malformed' };
  throw data(null, { status: 404 });
}
