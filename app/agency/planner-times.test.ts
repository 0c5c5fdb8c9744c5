import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { knownValue } from '~/model/loaded';
import { byStart, DESK, plannerWith } from '../../tests/agency/planner';
import type { Planner } from './planner-port';

/** Changes of an hour and of half an hour, at night, at midnight and in the other half of the year; one zone has none. */
const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
] as const;
const VIEWERS = ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Tehran', 'UTC'];
/** No zone is farther from UTC. */
const FARTHEST_MS = 14 * 3_600_000;

afterEach(() => vi.unstubAllEnvs());

/** Days around each clock change in the coming years; for zones without changes some days. */
function changeDaysOf(zone: string): string[] {
  const days: string[] = [];
  let from = Temporal.ZonedDateTime.from(`2027-01-01T00:00[${zone}]`);
  while (days.length < 12) {
    const change = from.getTimeZoneTransition('next');
    if (!change || change.year > 2030) break;
    days.push(...[-1, 0].map((off) => change.toPlainDate().add({ days: off }).toString()));
    from = change;
  }
  return days.length > 0 ? days : ['2027-03-28', '2027-10-31'];
}

const clocks = new Map(
  ZONES.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
  ]),
);

/** Every instant at which the desk's wall clock shows this time, by the platform's tables; at most 15 minutes apart. */
function instantsShowing(wall: string, zone: (typeof ZONES)[number]): number[] {
  const around = Date.parse(`${wall.replace(' ', 'T')}:00Z`);
  const found: number[] = [];
  for (let at = around - FARTHEST_MS; at <= around + FARTHEST_MS; at += 15 * 60_000)
    if (clocks.get(zone)?.format(at) === wall) found.push(at);
  return found;
}

/** Clocks change in the first hours of a day, so those come up more often. */
const minute = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 16 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 94 }) },
  )
  .map((quarter) => quarter * 15);
const where = fc.constantFrom(...ZONES).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    date: fc.constantFrom(...changeDaysOf(zone)),
    minute,
    viewer: fc.constantFrom(...VIEWERS),
  }),
);

const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What an adapter makes of a backend's slot of a quarter of an hour at a wall time. */
const OFFERS: Readonly<Record<string, (zone: string, date: string, minutes: number) => Planner>> = {
  oap: (zone, date, minutes) =>
    plannerWith({ kind: 'oap', zone }, () => ({
      body: {
        status: 'OK',
        data: [{ key: 'a', date, startTime: timeOf(minutes), endTime: timeOf(minutes + 15), parts: 1 }],
      },
    })).planner,
  qmatic: (zone, date, minutes) =>
    plannerWith(
      { kind: 'qmatic', zone, products: { BIO: 'bio' } },
      byStart({
        'GET /v1/services/bio/branches': {
          body: { branchList: [{ publicId: DESK.key, name: 'D', fullTimeZone: zone }] },
        },
        [`GET /v1/branches/${DESK.key}/services`]: {
          body: { serviceList: [{ publicId: 'bio', name: 'B', duration: 15, additionalCustomerDuration: 0 }] },
        },
        [`GET /v2/branches/${DESK.key}/dates;`]: { body: { dates: [`${date}T00:00:00`] } },
        [`GET /v2/branches/${DESK.key}/dates/${date}/times;`]: { body: { times: [timeOf(minutes)] } },
      }),
    ).planner,
  jcc: (zone, date, minutes) =>
    plannerWith(
      { kind: 'jcc', clientId: 'zicht', clientSecret: 's', zone, products: { BIO: 'bio' } },
      byStart({
        'POST /connect/token': { body: { access_token: 't' } },
        'GET /activity/listforappointment': { body: [{ id: 'bio', maxCountForEvent: 0 }] },
        'GET /activity/appointmentdaterange': { body: { maxDate: `${date}T00:00:00` } },
        'GET /appointment/availabletimelist': {
          body: { availableTimesList: [`${date}T${timeOf(minutes)}:00`], appointmentDuration: 900 },
        },
      }),
    ).planner,
};

describe.each(Object.keys(OFFERS))('%s, which gives wall times', (kind) => {
  test('offers only wall times that exist once, at the right instant', async () => {
    const seen = { offered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(where, async ({ zone, date, minute: minutes, viewer }) => {
        vi.stubEnv('TZ', viewer);
        const planner = OFFERS[kind]?.(zone, date, minutes);
        const [slot] = knownValue((await planner?.slotsOf('BIO', DESK, 1)) ?? fail()) ?? [];
        const starts = instantsShowing(`${date} ${timeOf(minutes)}`, zone);
        const ends = instantsShowing(`${date} ${timeOf(minutes + 15)}`, zone);
        expect(slot !== undefined).toBe(starts.length === 1 && ends.length === 1);
        seen[slot ? 'offered' : 'refused'] += 1;
        if (!slot) return;
        expect(Date.parse(slot.instant)).toBe(starts[0]);
        expect({ date: slot.date, startTime: slot.startTime, zone: slot.zone }).toEqual({
          date,
          startTime: timeOf(minutes),
          zone,
        });
      }),
      { numRuns: 200 },
    );
    // Both were seen in the field.
    expect(Math.min(seen.offered, seen.refused)).toBeGreaterThan(3);
  }, 30_000);
});

test('zms, which gives instants, shows wall times and skips ambiguous ones', async () => {
  await fc.assert(
    fc.asyncProperty(where, async ({ zone, date, minute: minutes, viewer }) => {
      vi.stubEnv('TZ', viewer);
      const midnight = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
      const at = (midnight + minutes * 60_000) / 1000;
      const { planner } = plannerWith({ kind: 'zms', zone, products: { BIO: '7' } }, () => ({
        body: {
          offices: [{ id: 31001, name: 'D', slotTimeInMinutes: 15 }],
          services: [{ id: 7, maxQuantity: 5 }],
          relations: [{ officeId: 31001, serviceId: 7, slots: 1 }],
          availableDays: [{ offices: [{ officeId: '31001', appointments: [at] }] }],
        },
      }));
      const [slot] = knownValue(await planner.slotsOf('BIO', DESK, 1)) ?? [];
      const wall = clocks.get(zone)?.format(at * 1000) ?? '';
      const until = clocks.get(zone)?.format((at + 15 * 60) * 1000) ?? '';
      const sameDay = wall.slice(0, 10) === until.slice(0, 10);
      const once = instantsShowing(wall, zone).length === 1 && instantsShowing(until, zone).length === 1;
      expect(slot !== undefined).toBe(once && sameDay);
      if (slot) expect(`${slot.date} ${slot.startTime} ${Date.parse(slot.instant)}`).toBe(`${wall} ${at * 1000}`);
    }),
    { numRuns: 200 },
  );
}, 30_000);

function fail(): never {
  throw new Error('no such planner');
}
