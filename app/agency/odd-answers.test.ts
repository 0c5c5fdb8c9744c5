import { expect, test } from 'vitest';
import {
  endlessAnswersOf,
  longestTextIn,
  meansTheSame,
  type OddAnswer,
  oddAnswersOf,
} from '../../tests/agency/odd-values';
import { DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import { HELD } from '../../tests/agency/zms';
import type { Planner } from './planner-port';

/** Each field of each answer of a planner, in each odd form, one at a time. */

interface Kind {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Good answers, by the start of "METHOD path". */
  readonly good: Readonly<Record<string, unknown>>;
  readonly hold: string;
}
const EPOCH = Date.parse('2037-03-30T07:00:00Z') / 1000;
const SECOND = { ...DESK, key: '31002', name: 'Other desk' };
const place = { street: 'Straat', house_number: '1', postal_code: '1000 AA', city: 'Stad' };
const scope = {
  id: 1,
  reservationDuration: 15,
  telephoneActivated: '1',
  telephoneRequired: '0',
  emailRequired: false,
  customTextfieldActivated: false,
  customTextfieldLabel: 'V-nummer',
  hint: 'Upstairs',
  provider: { contact: { street: 'Straat', streetNumber: '1', postalCode: '1000 AA', city: 'Stad' } },
};
const process = {
  processId: 101002,
  authKey: 'fb43',
  timestamp: String(Date.parse(SLOT.instant) / 1000),
  status: 'confirmed',
  displayNumber: 'E7',
  officeId: 31001,
  officeName: 'Desk',
  scope: { reservationDuration: 15, provider: { contact: scope.provider.contact } },
};
const branch = (publicId: string) => ({
  publicId,
  name: `Desk ${publicId}`,
  addressLine1: 'Straat 1',
  addressLine2: 'Floor 2',
  addressZip: '1000 AA',
  addressCity: 'Stad',
  timeZone: 'Europe/Amsterdam',
  fullTimeZone: 'Europe/Amsterdam',
  active: true,
  custom: null,
});
const appointment = {
  publicId: 'q1',
  start: '2027-03-30T07:00:00.000+0000',
  end: '2027-03-30T07:10:00.000+0000',
  status: 20,
  customers: [{ firstName: 'Amal' }],
  branch: branch('31001'),
};
const location = (id: string) => ({
  id,
  description: `Desk ${id}`,
  isActive: true,
  address: { streetName: 'Straat', houseNumber: '1', postalCode: '1000 AA', city: 'Stad', houseNumberSuffix: '' },
});
const oapSlot = (key: string, startTime: string) => ({ key, date: '2037-03-30', startTime, endTime: '10:00' });

const KINDS: Readonly<Record<string, Kind>> = {
  oap: {
    settings: { kind: 'oap' },
    good: {
      'GET /desks/?': {
        status: 'OK',
        data: [
          { key: '31001', name: 'Desk' },
          { key: '31002', name: 'Other' },
        ],
      },
      'GET /desks/31001/slots': { status: 'OK', data: [oapSlot('a', '09:00'), oapSlot('b', '09:10')] },
      'GET /desks/31002/slots': { status: 'OK', data: [oapSlot('c', '09:00')] },
      'POST /desks/31001/slots': { status: 'OK', data: null },
      'POST /desks/31001/appointments': { status: 'OK', data: { key: 'k1', code: 'A12' } },
      'DELETE /': { status: 'OK', data: null },
    },
    hold: '',
  },
  zms: {
    settings: { kind: 'zms', products: { BIO: '7101' } },
    good: {
      'GET /offices': {
        offices: [
          { id: 31001, name: 'Desk', address: place, slotTimeInMinutes: 10, scope },
          { id: 31002, name: 'Other', slotTimeInMinutes: 10, scope: { id: 2 } },
        ],
        services: [{ id: 7101, maxQuantity: 3 }],
        relations: [
          { officeId: 31001, serviceId: 7101, slots: 1, public: true, maxQuantity: 3 },
          { officeId: 31002, serviceId: 7101, slots: 1 },
        ],
      },
      'GET /available': {
        availableDays: [
          {
            date: '2037-03-30',
            providerIDs: '31001,31002',
            offices: [
              { officeId: 31001, appointments: [EPOCH, EPOCH + 600] },
              { officeId: 31002, appointments: [EPOCH] },
            ],
          },
        ],
      },
      'GET /appointment/': process,
      'POST /': process,
    },
    hold: HELD,
  },
  qmatic: {
    settings: { kind: 'qmatic', products: { BIO: 'S1' } },
    good: {
      'GET /v1/services/': { branchList: [branch('31001'), branch('31002')] },
      'GET /v1/branches/31001/': {
        serviceList: [
          {
            publicId: 'S1',
            name: 'Bio',
            duration: 10,
            additionalCustomerDuration: 5,
            active: true,
            publicEnabled: true,
            custom: null,
          },
          { publicId: 'S2', name: 'Other', duration: 20 },
        ],
      },
      'GET /v1/branches/31002/': { serviceList: [{ publicId: 'S1', name: 'Bio', duration: 10 }] },
      'GET /v2/branches/31001/dates;': { dates: ['2037-03-30T00:00:00', '2037-03-31T00:00:00'] },
      'GET /v2/branches/31001/dates/': { times: ['09:00', '09:10'] },
      'GET /v2/branches/31002/dates;': { dates: ['2037-03-30T00:00:00'] },
      'GET /v2/branches/31002/dates/': { times: ['09:00'] },
      'GET /v1/appointments/': { appointment },
      'POST /': appointment,
      'DELETE /': null,
    },
    hold: 'q1',
  },
  jcc: {
    settings: { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: 'A1' } },
    good: {
      'POST /connect/token': { access_token: 't1', expires_in: 3600, token_type: 'Bearer' },
      'GET /activity/listforappointment': [
        { id: 'A1', number: 1, description: 'Bio', appointmentDuration: 600, maxCountForEvent: 3 },
        { id: 'A2', number: 2, description: 'Other', appointmentDuration: 600, maxCountForEvent: 1 },
      ],
      'GET /location/forappointment': [location('31001'), location('31002')],
      'GET /customer/customerfields/required': { emailAddress: 2, mainPhoneNumber: 1, mobilePhoneNumber: 1 },
      'GET /activity/appointmentdaterange': { minDate: '2026-01-01T00:00:00', maxDate: '2037-12-31T00:00:00' },
      'GET /appointment/availabletimelist?locationId=31001': {
        availableTimesList: ['2027-03-30T09:00:00', '2027-03-30T09:10:00'],
        appointmentDuration: 600,
      },
      'GET /appointment/availabletimelist?locationId=31002': {
        availableTimesList: ['2027-03-30T09:00:00'],
        appointmentDuration: 600,
      },
      'POST /appointment': { id: 'j1', acknowledgeIsSuccess: true },
      'GET /appointment?id=': {
        id: 'j1',
        startDateTime: '2027-03-30T09:00:00',
        endDateTime: '2027-03-30T09:10:00',
        number: 4632,
        location: { id: '31001', description: 'Desk 31001' },
        fieldList: [],
      },
      'GET /appointment/qrcode': 'e4116a',
      'DELETE /appointment': { id: 'j1' },
    },
    hold: '',
  },
};

/** A planner whose answers are sent as text, since a text of JSON is an odd answer too. */
function planner({ settings, good }: Kind, given: Readonly<Record<string, unknown>> = {}): Planner {
  const all = Object.entries({ ...good, ...given });
  return plannerWith(settings, ({ method, path }) => {
    const [found] = all
      .filter(([start]) => `${method} ${path}`.startsWith(start))
      .sort(([a], [b]) => b.length - a.length);
    if (!found) throw new Error(`nobody answers ${method} ${path}`);
    return { body: JSON.stringify(found[1]) ?? '' };
  }).planner;
}

async function everything(planner: Planner, hold: string) {
  return {
    desks: await planner.desksOf('BIO'),
    first: await planner.slotsOf('BIO', DESK, 1),
    second: await planner.slotsOf('BIO', SECOND, 1),
    held: await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 }),
    booked: await planner.book(VIEWER, { ...REQUEST, hold }),
    found: await planner.find(VIEWER, hold || 'k1'),
    sought: await planner.reconcile(VIEWER, { ...REQUEST, hold, partySize: 1 }),
    released: await planner.release(VIEWER, hold),
    cancelled: await planner.cancel(VIEWER, hold || 'k1'),
  };
}

type Everything = Awaited<ReturnType<typeof everything>>;

/** The index of the desk that a field tells of; null when it tells of both. */
function deskIn(start: string, path: readonly string[]): number | null {
  if (start.includes('31001')) return 0;
  if (start.includes('31002')) return 1;
  const [, index, inner, office] = path;
  if (start.startsWith('GET /location')) return path[0] === undefined ? null : Number(path[0]);
  if (start === 'GET /available') return inner === 'offices' && office !== undefined ? Number(office) : null;
  return /^GET \/(desks|offices|v1\/services)/.test(start) && index !== undefined && path[0] !== 'services'
    ? Number(index)
    : null;
}

/** Without the times at which something was asked or ends, and without a slot's copy of its desk. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (name, inner) => (['asOf', 'until', 'desk'].includes(name) ? undefined : inner)),
  );
const rowsIn = (loaded: Everything['desks'] | Everything['first']): readonly { readonly key: string }[] =>
  loaded.state === 'unavailable' ? [] : loaded.value;

test.each(Object.entries(KINDS))('an odd answer of %s costs only what it tells', async (_name, kind) => {
  const good = await everything(planner(kind), kind.hold);
  expect([good.desks, good.first, good.second].map(({ state }) => state)).toEqual(['fresh', 'fresh', 'fresh']);
  const plainGood = plain(good);
  const plainDesks = rowsIn(good.desks).map(plain);
  const plainSlots = { first: plain(rowsIn(good.first)), second: plain(rowsIn(good.second)) };
  for (const [start, body] of Object.entries(kind.good)) {
    for (const odd of oddAnswersOf(body)) {
      const what = `${start}: ${odd.what}`;
      const found = await everything(planner(kind, { [start]: odd.body }), kind.hold);
      if (meansTheSame(odd, body)) expect(plain(found), what).toEqual(plainGood);
      expectOtherDesk(found, deskIn(start, odd.path), what);
      expectNoSilentLoss(found, odd, what);
      expectNoFalseOutcome(found, what);
    }
  }

  function expectOtherDesk(found: Everything, concerned: number | null, what: string): void {
    if (concerned === null) return;
    const other = concerned === 0 ? ('second' as const) : ('first' as const);
    const [desk] = plainDesks.filter((_, index) => index !== concerned);
    expect(plain(rowsIn(found.desks)), what).toContainEqual(desk);
    expect(plain(rowsIn(found[other])), what).toEqual(plainSlots[other]);
  }

  /** A row that can't be read is told; one that is not there was never there. */
  function expectNoSilentLoss(found: Everything, { path, what: odd }: OddAnswer, what: string): void {
    const row = path.findIndex((name) => /^\d+$/.test(name));
    if (row < 0 || (row === path.length - 1 && odd.endsWith('absent'))) return;
    if (found.desks.state === 'fresh') expect(rowsIn(found.desks), what).toHaveLength(rowsIn(good.desks).length);
  }

  /** What can't be read was perhaps done. */
  function expectNoFalseOutcome({ booked, cancelled, found: sought }: Everything, what: string): void {
    // JCC has no holds: a time that is looked up and not listed is not sent.
    const unknown = what.startsWith('GET /appointment/available') ? ['slot-taken'] : ['outcome-unknown'];
    for (const outcome of [booked, cancelled])
      if (!outcome.ok && outcome.why !== 'not-possible')
        expect([...unknown, 'could-not-ask'], what).toContain(outcome.why);
    expect(booked.ok || booked.why !== 'not-possible', what).toBe(true);
    if (!sought.ok) expect(['could-not-ask', 'not-possible'], what).toContain(sought.why);
  }
});

test.each(Object.entries(KINDS))('no text of %s is without end', async (_name, kind) => {
  for (const [start, body] of Object.entries(kind.good))
    for (const { what, body: endless } of endlessAnswersOf(body)) {
      const found = await everything(planner(kind, { [start]: endless }), kind.hold);
      expect(longestTextIn(found), `${start}: ${what}`).toBeLessThanOrEqual(2_000);
      const names = found.desks.state === 'unavailable' ? [] : found.desks.value.map(({ name }) => name);
      expect(longestTextIn(names), `${start}: ${what}`).toBeLessThanOrEqual(250);
    }
});
