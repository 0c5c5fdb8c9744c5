import { accessTo } from '~/appointment/booking/access.server';
import { partySizeOf } from '~/appointment/party.server';
import { parseSlotQuery } from '~/appointment/slot-query.server';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { searchView } from './search.server';

/** What the page of free times shows of a case, by the wishes in its address. Asks the planner, changes nothing. */
export async function searchPage(viewer: Viewer, theCase: OwnCase, wishes: URLSearchParams) {
  const search = await searchView(viewer, theCase, parseSlotQuery(wishes, partySizeOf(theCase)));
  const shown = search?.desks.filter(({ chosen }) => chosen).map(({ key }) => key) ?? [];
  const access = search && !search.openBooking ? await accessTo(viewer.language, search.product, shown) : [];
  return { search, access };
}
