import { type Gate, openGate } from '../../app/agency/gate.server';
import { plannerFor } from '../../app/agency/planner.server';
import type { Planner } from '../../app/agency/planner-port';
import { type PlannerSettings, plannersFromJson } from '../../app/config/planners.server';
import type { Desk, Slot, Visitor } from '../../app/model/appointment';
import type { WritingViewer } from '../../app/model/viewer';
import type { Agency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';

export type Kind = PlannerSettings['kind'];
export const KINDS: readonly Kind[] = ['oap', 'zms', 'qmatic', 'jcc'];

export const VIEWER: WritingViewer = {
  actor: { id: 'racer', role: 'applicant', name: 'Racer' },
  subject: { person: { kind: 'vnumber', value: '2800000001' }, name: 'Racer' },
  basis: 'self',
  scope: 'write',
  language: 'en',
};

export interface Reached {
  readonly planner: Planner;
  readonly gate: Gate;
}

/** The portal's own adapter for one simulated planner over real HTTP, with changed settings. */
export function adapterFor(agency: Agency, kind: Kind, change: Readonly<Record<string, unknown>> = {}): Reached {
  const more = kind === 'qmatic' ? { daysAtOnce: 30 } : {};
  const described = plannerList(agency.url).find((each) => each.kind === kind);
  const [settings] = plannersFromJson.parse(JSON.stringify([{ ...described, ...more, ...change }]));
  if (!settings) throw new Error(`no settings for ${kind}`);
  // Among hundreds of concurrent requests the last waits long on a slow machine. These tests do not measure that.
  const gate = openGate({ name: settings.name, baseUrl: settings.url, attemptMs: 30_000 });
  return { gate, planner: plannerFor(settings, gate, 0) };
}

/** Early this morning, so that no slot of today is over before a test advances the clock. */
export const thisMorning = (): string => `${new Date().toISOString().slice(0, 10)}T04:00:00Z`;

/** The free slots of a planner's first desk from the day after tomorrow on, so they are in the future on any clock. */
export async function freeSlots(planner: Planner, partySize = 1): Promise<{ desk: Desk; slots: Slot[] }> {
  const desks = await planner.desksOf('BIO');
  const desk = desks.state === 'unavailable' ? undefined : desks.value[0];
  if (!desk) throw new Error(`no desk: ${JSON.stringify(desks)}`);
  const loaded = await planner.slotsOf('BIO', desk, partySize);
  if (loaded.state !== 'fresh') throw new Error(`no slots: ${JSON.stringify(loaded)}`);
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  return { desk, slots: loaded.value.filter(({ date }) => date > soon) };
}

/** The n-th distinct person. */
export const personNumber = (n: number): { readonly visitors: readonly Visitor[]; email: string; phone: string } => ({
  visitors: [{ givenName: 'Visitor', familyName: `Number ${n}`, vNumber: String(2_800_000_000 + n) }],
  email: `visitor${n}@example.test`,
  phone: '0600000000',
});

/** Lists the bookings (e-mail, date and time) directly from the simulated planner. */
export async function booksOf(agency: Agency, kind: Kind): Promise<{ email: string; at: string }[]> {
  if (kind === 'zms') return agency.zms.booked().map(({ email, place }) => ({ email, at: at(place.slot) }));
  if (kind === 'qmatic')
    return agency.qmatic
      .booked()
      .map(({ customers, place }) => ({ email: String(customers[0]?.email), at: at(place.slot) }));
  if (kind === 'jcc')
    return agency.jcc
      .booked()
      .map(({ customers, place }) => ({ email: String(customers[0]?.emailAddress), at: at(place.slot) }));
  const response = await fetch(`${agency.url}/control/planner/bookings`);
  const { bookings }: { bookings: { email: string; slot: { date: string; startTime: string } }[] } =
    await response.json();
  return bookings.map(({ email, slot }) => ({ email, at: at(slot) }));
}

export const at = ({ date, startTime }: { readonly date: string; readonly startTime: string }) =>
  `${date} ${startTime}`;
