import type { JccSettings } from '~/config/planners.server';
import type { Desk, Place } from '~/model/appointment';
import { fresh, knownValue, type Loaded, unavailable } from '~/model/loaded';
import { loadedRows, onceEach } from '../field-values.server';
import { asOfNow, PLANNER_CATALOGUE, shareAnswers } from '../shared-answer.server';
import { asksOf } from './customer';
import {
  type Activity,
  activitiesSchema,
  type CustomerFields,
  fieldsSchema,
  type Location,
  locationsSchema,
} from './schema.server';
import type { JccAsk } from './session.server';

const RULES = { ...PLANNER_CATALOGUE, partly: true } as const;

/** The activities for the public, their locations and what they ask: requested rarely, and kept for when it is down. */
export function jccActivities({ name: planner, asks }: Pick<JccSettings, 'name' | 'asks'>, ask: JccAsk) {
  const activities = shareAnswers<Activity[]>(RULES);
  const locations = shareAnswers<Location[]>(RULES);
  const fields = shareAnswers<CustomerFields>(RULES);

  const all = () =>
    activities.ask('', async () => {
      const answer = await ask({ path: '/activity/listforappointment', schema: activitiesSchema });
      return answer.ok ? loadedRows(answer.value, planner) : unavailable(answer.why);
    });

  const locationsOf = (activity: string) =>
    locations.ask(activity, async () => {
      const path = `/location/forappointment?selectedActivityId=${encodeURIComponent(activity)}`;
      const answer = await ask({ path, schema: locationsSchema });
      return answer.ok ? loadedRows(answer.value, planner) : unavailable(answer.why);
    });

  const fieldsOf = (activity: string) =>
    fields.ask(activity, async () => {
      const path = `/customer/customerfields/required?selectedActivityId=${encodeURIComponent(activity)}`;
      const answer = await ask({ path, schema: fieldsSchema });
      return answer.ok ? fresh(answer.value, asOfNow()) : unavailable(answer.why);
    });

  /** The largest party of an activity: null for no limit, 0 where it is not for the public. */
  async function mostOf(activity: string): Promise<number | null> {
    const loaded = await all();
    if (loaded.state === 'unavailable') return null;
    const found = loaded.value.find(({ id }) => id === activity);
    // One that can't be read may be ours.
    if (!found) return loaded.state === 'partial' ? null : 0;
    return found.maxCountForEvent;
  }

  /** The desks where the public can book an activity. While its fields can't be loaded it asks the usual. */
  async function desksOf(activity: string): Promise<Loaded<Desk[]>> {
    const [loaded, wanted, most] = await Promise.all([locationsOf(activity), fieldsOf(activity), mostOf(activity)]);
    if (loaded.state === 'unavailable') return loaded;
    const known = knownValue(wanted);
    const asked = known && asksOf(known, { asks });
    if (most === 0 || (known && !asked)) return fresh([], asOfNow());
    const open = onceEach(loaded.value, ({ id }) => id).filter(({ isActive }) => isActive !== false);
    return { ...loaded, value: open.map((each) => ({ ...deskOf(each), ...(asked ? { asks: asked } : {}) })) };
  }

  return { desksOf, mostOf, fieldsOf, placesOf: async (activity: string) => knownValue(await locationsOf(activity)) };
}

const deskOf = (location: Location): Desk => {
  const place = placeOf(location);
  return { key: location.id, name: location.description, ...(place ? { place } : {}) };
};

/** A location outside the house has an address without a street. */
export function placeOf({ address }: Pick<Location, 'address'>): Place | null {
  if (!address?.streetName || !address.city) return null;
  const { streetName, houseNumber, houseNumberSuffix, postalCode, city } = address;
  const number = `${houseNumber ?? ''}${houseNumberSuffix ?? ''}`;
  return { street: [streetName, number].filter(Boolean).join(' '), postcode: postalCode ?? '', city };
}
