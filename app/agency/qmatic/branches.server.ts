import { isZone, type QmaticSettings } from '~/config/planners.server';
import type { Desk, DeskAsks, Place } from '~/model/appointment';
import { notesFrom } from '~/model/desk-access';
import { type Loaded, unavailable } from '~/model/loaded';
import { loadedRows, onceEach } from '../field-values.server';
import type { Gate } from '../gate.server';
import { PLANNER_CATALOGUE, shareAnswers } from '../shared-answer.server';
import { asksOf } from './required-fields.server';
import { type Branch, branchesSchema, type Service, servicesSchema } from './schema.server';

const RULES = { ...PLANNER_CATALOGUE, partly: true } as const;

type Settings = Pick<QmaticSettings, 'headers' | 'zone' | 'name' | 'language' | 'asks'>;
type AskSettings = Pick<QmaticSettings, 'language' | 'asks'>;

/** A service as a branch offers it to the public; `minutes` is null where its length can't be read. */
export interface OfferedService {
  readonly name: string | null;
  readonly minutes: number | null;
  readonly minutesMore: number;
  readonly asks: DeskAsks | null;
}

/** The branches of a service and its duration there: requested rarely, and kept for when the backend is down. */
export function qmaticBranches({ headers, zone, name: planner, language, asks }: Settings, gate: Gate) {
  const branches = shareAnswers<Branch[]>(RULES);
  const services = shareAnswers<Service[]>(RULES);

  const ofService = (serviceId: string): Promise<Loaded<Branch[]>> =>
    branches.ask(serviceId, async () => {
      const path = `/v1/services/${encodeURIComponent(serviceId)}/branches`;
      const answer = await gate.ask({ path, headers, schema: branchesSchema });
      if (!answer.ok) return unavailable(answer.why);
      const { rows, unreadable } = answer.value.branchList;
      const open = onceEach(rows, ({ publicId }) => publicId).filter(isCounter);
      // Only virtual branches: none, and not "malformed".
      if (open.length === 0 && rows.length > 0 && unreadable === 0)
        return loadedRows({ rows: [], unreadable }, planner);
      return loadedRows({ rows: open, unreadable }, planner);
    });

  /** The service at a branch; null where the branch does not offer it to the public. */
  async function serviceAt(branchId: string, serviceId: string): Promise<Loaded<OfferedService | null>> {
    const loaded = await services.ask(branchId, async () => {
      const path = `/v1/branches/${encodeURIComponent(branchId)}/services`;
      const answer = await gate.ask({ path, headers, schema: servicesSchema });
      return answer.ok ? loadedRows(answer.value.serviceList, planner) : unavailable(answer.why);
    });
    if (loaded.state === 'unavailable') return loaded;
    const service = loaded.value.find(({ publicId }) => publicId === serviceId);
    const isOffered = service && service.active !== false && service.publicEnabled !== false;
    return { ...loaded, value: isOffered ? offeredService(service, { asks, language }) : null };
  }

  /** The desks where the public can book a service. A branch whose services can't be loaded stays. */
  async function desksOf(serviceId: string): Promise<Loaded<Desk[]>> {
    const loaded = await ofService(serviceId);
    if (loaded.state === 'unavailable') return loaded;
    const desks = await Promise.all(
      loaded.value.map(async (branch) => {
        const service = await serviceAt(branch.publicId, serviceId);
        if (service.state === 'unavailable') return { desk: deskOf(branch, language), gap: false };
        const offered = service.value;
        if (!offered) return { desk: null, gap: service.state === 'partial' };
        if (offered.asks === null) return { desk: null, gap: false };
        return offered.minutes === null
          ? { desk: null, gap: true }
          : { desk: { ...deskOf(branch, language), asks: offered.asks }, gap: false };
      }),
    );
    const value = desks.flatMap(({ desk }) => desk ?? []);
    if (loaded.state === 'partial' || !desks.some(({ gap }) => gap)) return { ...loaded, value };
    return { state: 'partial', value, asOf: loaded.asOf, missing: [planner] };
  }

  return {
    ofService,
    serviceAt,
    desksOf,
    zoneOf: ({ fullTimeZone, timeZone }: Branch): string =>
      [fullTimeZone, timeZone].find((name) => name?.includes('/') && isZone(name)) ?? zone,
  };
}

/** A branch that people can go to. */
const isCounter = ({ active, virtual, branchType, custom }: Branch): boolean =>
  active !== false &&
  virtual !== true &&
  !/virtual/i.test(branchType ?? '') &&
  custom.virtual !== true &&
  !/virtual/i.test(String(custom.branchType ?? ''));

function offeredService({ name, duration, additionalCustomerDuration, custom }: Service, settings: AskSettings) {
  return { name, minutes: duration, minutesMore: additionalCustomerDuration ?? 0, asks: asksOf(custom, settings) };
}

function deskOf(branch: Branch, language: string): Desk {
  const { publicId: key, name, addressLine1, addressLine2 } = branch;
  const place = placeOf(branch);
  // With the street in the first line, the second one is the place in the building.
  const notes = notesFrom(addressLine1 ? [addressLine2] : [], language);
  return { key, name, ...(place ? { place } : {}), ...(notes ? { notes } : {}) };
}

/** The street stands in either line, in the field more often in the first. */
export function placeOf({
  addressLine1,
  addressLine2,
  addressZip,
  addressCity,
}: Pick<Branch, 'addressLine1' | 'addressLine2' | 'addressZip' | 'addressCity'>): Place | null {
  const street = addressLine1 || addressLine2;
  return street && addressCity ? { street, postcode: addressZip ?? '', city: addressCity } : null;
}
