import { fullNameOf } from '~/model/person-name';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import {
  isMadeByAdvisor,
  makerOf as keyOfMaker,
  ownerOfPerson,
  representativeOfPerson,
} from '~/platform/pseudonym.server';

/**
 * Who made a booking: the person whose page it is, or somebody in the case. Name and role are null when the case does not
 * name them to this viewer.
 *
 * @param madeBy keyed hash of the person
 */
export function makerOf(viewer: Viewer, madeBy: string, theCase: Pick<OwnCase, 'parties' | 'self'> | null) {
  // The same words for both of them, so that an advisor sees what the client sees.
  if (isMadeByAdvisor(madeBy)) return { name: null, role: 'advisor' as const };
  if (madeBy === keyOfMaker(viewer)) return 'you' as const;
  const maker = theCase?.parties.find(({ ids }) =>
    ids.some((id) => ownerOfPerson(id) === madeBy || representativeOfPerson(id) === madeBy),
  );
  // One who has two numbers may have booked under the other one.
  if (maker && maker === theCase?.self && viewer.basis !== 'represents') return 'you' as const;
  return { name: (maker && fullNameOf(maker)) || null, role: maker?.roles[0] ?? null };
}

export type Maker = ReturnType<typeof makerOf>;
