import { type Gate, openGate } from '../../app/agency/gate.server';
import { plannerFor } from '../../app/agency/planner.server';
import type { Planner } from '../../app/agency/planner-port';
import { type PlannerSettings, plannersFromJson } from '../../app/config/planners.server';
import type { Desk, Slot, Visitor } from '../../app/model/appointment';
import type { WritingViewer } from '../../app/model/viewer';
import type { Agency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';

export type Kind = PlannerSettings['kind'];
export const KINDS: readonly Kind[] = ['oap', 'zms', 'qmatic'];

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

/** The portal's own adapter for one of the simulated planners, over real HTTP, with changes to how it is set. */
export function adapterFor(agency: Agency, kind: Kind, change: Readonly<Record<string, unknown>> = {}): Reached {
  const more = kind === 'qmatic' ? { daysAtOnce: 30 } : {};
  const described = plannerList(agency.url).find((each) => each.kind === kind);
  const [settings] = plannersFromJson.parse(JSON.stringify([{ ...described, ...more, ...change }]));
  if (!settings) throw new Error(`no settings for ${kind}`);
  // Of hundreds of questions at once the last waits long on a slow machine: that is not what is looked at here.
  const gate = openGate({ name: settings.name, baseUrl: settings.url, attemptMs: 30_000 });
  return { gate, planner: plannerFor(settings, gate, 0) };
}

/** This day's early morning, so that no time of the simulated day is over before a test has moved the clock. */
export const thisMorning = (): string => `${new Date().toISOString().slice(0, 10)}T04:00:00Z`;

/** The free slots of a planner's first desk, from the day after tomorrow on: in the future by anybody's clock. */
export async function freeSlots(planner: Planner, partySize = 1): Promise<{ desk: Desk; slots: Slot[] }> {
  const desks = await planner.desksOf('BIO');
  const desk = desks.state === 'unavailable' ? undefined : desks.value[0];
  if (!desk) throw new Error(`no desk: ${JSON.stringify(desks)}`);
  const loaded = await planner.slotsOf('BIO', desk, partySize);
  if (loaded.state !== 'fresh') throw new Error(`no slots: ${JSON.stringify(loaded)}`);
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  return { desk, slots: loaded.value.filter(({ date }) => date > soon) };
}

/** The n-th person, like no other. */
export const personNumber = (n: number): { readonly visitors: readonly Visitor[]; email: string; phone: string } => ({
  visitors: [{ givenName: 'Visitor', familyName: `Number ${n}`, vNumber: String(2_800_000_000 + n) }],
  email: `visitor${n}@example.test`,
  phone: '0600000000',
});

/** Who has a booking at a planner, by e-mail, and when; straight from the simulated planner's own books. */
export async function booksOf(agency: Agency, kind: Kind): Promise<{ email: string; at: string }[]> {
  if (kind === 'zms') return agency.zms.booked().map(({ email, place }) => ({ email, at: at(place.slot) }));
  if (kind === 'qmatic')
    return agency.qmatic
      .booked()
      .map(({ customers, place }) => ({ email: String(customers[0]?.email), at: at(place.slot) }));
  const response = await fetch(`${agency.url}/control/planner/bookings`);
  const { bookings }: { bookings: { email: string; slot: { date: string; startTime: string } }[] } =
    await response.json();
  return bookings.map(({ email, slot }) => ({ email, at: at(slot) }));
}

export const at = ({ date, startTime }: { readonly date: string; readonly startTime: string }) =>
  `${date} ${startTime}`;
