import type { Viewer } from '~/model/viewer';
import { ownerOf } from '~/platform/pseudonym.server';
import { mandatesOf } from '~/store/mandate.server';

/** The requests of advisors that wait for this person's answer. Nobody else answers them, so others see none. */
export async function requestsTo(viewer: Viewer) {
  if (viewer.basis !== 'self') return [];
  const mandates = await mandatesOf({ client: ownerOf(viewer) });
  return mandates
    .filter(({ state }) => state === 'pending-client')
    .map(({ id, names }) => ({ id, who: names.advisor || names.firm }));
}

export type RequestView = Awaited<ReturnType<typeof requestsTo>>[number];
