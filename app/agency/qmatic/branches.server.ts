import { isZone, type QmaticSettings } from '~/config/planners.server';
import type { Desk, Place } from '~/model/appointment';
import { notesFrom } from '~/model/desk-access';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import type { Gate } from '../gate.server';
import { asOfNow, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { type Branch, branchesSchema, type Service, servicesSchema } from './schema.server';

const MINUTE_MS = 60_000;
const RULES = { freshMs: 10 * MINUTE_MS, keptMs: 24 * 60 * MINUTE_MS, failedMs: PLANNER_FAILED_MS };

/** The branches of a service and its duration there: requested rarely, and kept for when the backend is down. */
export function qmaticBranches({ headers, zone }: Pick<QmaticSettings, 'headers' | 'zone'>, gate: Gate) {
  const branches = shareAnswers<Branch[]>(RULES);
  const services = shareAnswers<Service[]>(RULES);
  return {
    ofService: (serviceId: string): Promise<Loaded<Branch[]>> =>
      branches.ask(serviceId, async () => {
        const path = `/v1/services/${encodeURIComponent(serviceId)}/branches`;
        const answer = await gate.ask({ path, headers, schema: branchesSchema });
        return answer.ok ? fresh(answer.value.branchList, asOfNow()) : unavailable(answer.why);
      }),
    async serviceAt(branchId: string, serviceId: string): Promise<Loaded<Service | null>> {
      const loaded = await services.ask(branchId, async () => {
        const path = `/v1/branches/${encodeURIComponent(branchId)}/services`;
        const answer = await gate.ask({ path, headers, schema: servicesSchema });
        return answer.ok ? fresh(answer.value.serviceList, asOfNow()) : unavailable(answer.why);
      });
      if (loaded.state === 'unavailable') return loaded;
      return { ...loaded, value: loaded.value.find(({ publicId }) => publicId === serviceId) ?? null };
    },
    zoneOf: ({ fullTimeZone, timeZone }: Branch): string =>
      [fullTimeZone, timeZone].find((name) => name?.includes('/') && isZone(name)) ?? zone,
  };
}

export function deskOf(branch: Branch, language: string): Desk {
  const { publicId: key, name, addressLine1, addressLine2 } = branch;
  const place = placeOf(branch);
  // With the street in the first line, the second one is the place in the building.
  const notes = notesFrom(addressLine1 ? [addressLine2] : [], language);
  return { key, name, ...(place ? { place } : {}), ...(notes ? { notes } : {}) };
}

/** The street stands in either line, in the field more often in the first. */
function placeOf({ addressLine1, addressLine2, addressZip, addressCity }: Branch): Place | null {
  const street = addressLine1 || addressLine2;
  return street && addressCity ? { street, postcode: addressZip ?? '', city: addressCity } : null;
}
