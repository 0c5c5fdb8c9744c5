import { describe, expect, test } from 'vitest';
import { knownValue } from '~/model/loaded';
import { byStart, DESK, plannerWith, REQUEST, VIEWER } from '../../tests/agency/planner';
import { CATALOGUE, NONE, OFFICE, zms } from '../../tests/agency/zms';

/** What planners of the field send, in the shapes of their own answers. */

const oap = (data: unknown) => plannerWith({ kind: 'oap' }, () => ({ body: { status: 'OK', data } })).planner;

describe('an odd row', () => {
  test.each(NONE)('without a name (%j) hides no other desk: OAP', async (name) => {
    const desks = await oap([
      { key: 'AM', name: 'Amsterdam' },
      { key: 'DH', name },
    ]).desksOf('BIO');
    expect(desks).toMatchObject({ state: 'partial', value: [{ key: 'AM', name: 'Amsterdam' }] });
  });

  test.each(NONE)('without a name (%j) hides no other desk: Qmatic', async (name) => {
    const { planner } = plannerWith(
      { kind: 'qmatic', products: { BIO: 'S1' } },
      byStart({
        'GET /v1/services/S1/branches': {
          body: {
            branchList: [
              { publicId: 'B1', name: 'Branch 1', addressLine1: null, addressCity: {} },
              { publicId: 'B2', name },
            ],
          },
        },
        'GET /v1/branches/B1/services': {
          body: {
            serviceList: [
              { publicId: 'S1', name: 'Bio', duration: '10' },
              { publicId: 'S2', name: 'Other', duration: '0' },
            ],
          },
        },
        'GET /v2/branches/B1/dates;': { body: { dates: ['2037-03-30T00:00:00', null, 'soon'] } },
        'GET /v2/branches/B1/dates/2037-03-30/times;': { body: { times: ['9:00', '09:00', null, '09:10:00'] } },
      }),
    );
    const desks = await planner.desksOf('BIO');
    expect(desks).toMatchObject({ state: 'partial', value: [{ key: 'B1', name: 'Branch 1' }] });
    const [desk] = knownValue(desks) ?? [];
    const slots = desk && (await planner.slotsOf('BIO', desk, 1));
    expect(slots).toMatchObject({
      state: 'partial',
      value: [{ startTime: '09:00' }, { startTime: '09:10', endTime: '09:20' }],
    });
  });

  test.each(NONE)('without a name (%j) hides no other desk: JCC', async (description) => {
    const { planner } = plannerWith(
      { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: 'A1' } },
      byStart({
        'POST /connect/token': { body: { access_token: 't' } },
        'GET /activity/listforappointment': { body: [null, { id: 'A1', maxCountForEvent: '0' }] },
        'GET /location/forappointment': {
          body: [
            { id: 'L1', description: 'Servicepunt ', address: { streetName: '', city: '' } },
            { id: 'L2', description },
            { id: 'L3', description: 'Closed', isActive: 'false' },
          ],
        },
        'GET /customer/': { status: 500 },
        'GET /activity/appointmentdaterange': { status: 500 },
        'GET /appointment/': {
          body: {
            availableTimesList: ['2027-03-30T09:00:00', '2027-03-30T09:00:00', null, '2027-03-30T10:00:00+02:00'],
            appointmentDuration: '630',
          },
        },
      }),
    );
    const desks = await planner.desksOf('BIO');
    expect(desks).toMatchObject({ state: 'partial', value: [{ key: 'L1', name: 'Servicepunt' }] });
    const [desk] = knownValue(desks) ?? [];
    expect(desk && (await planner.slotsOf('BIO', desk, 1))).toMatchObject({
      state: 'partial',
      value: [{ startTime: '09:00', endTime: '09:11' }],
    });
  });

  test.each(NONE)('without a name (%j) hides no other desk: ZMS', async (name) => {
    const offices = [OFFICE, { ...OFFICE, id: 31002, name }, { ...OFFICE, id: 7, name }];
    const relations = [...CATALOGUE.relations, { officeId: '31002', serviceId: '7101' }, null];
    const { planner } = zms({ 'GET /offices': { body: { ...CATALOGUE, offices, relations } } });
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'partial', value: [{ key: '31001' }] });
  });

  test('of another service is no gap: ZMS', async () => {
    const offices = [OFFICE, { id: 9, name: null }];
    const { planner } = zms({ 'GET /offices': { body: { ...CATALOGUE, offices } } });
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [{ key: '31001' }] });
  });

  test('hides no other slot, and the desk is named', async () => {
    const slot = { key: 'a', date: '2037-03-30', startTime: '09:00', endTime: '09:10' };
    const rows = [slot, slot, { ...slot, key: 'b', endTime: null }, { ...slot, key: 'c', startTime: 'nine' }, null];
    expect(await oap(rows).slotsOf('BIO', DESK, 1)).toMatchObject({
      state: 'partial',
      value: [{ key: 'a' }],
      missing: [DESK.name],
    });
    const day = { offices: [{ officeId: 31001, appointments: ['1806390000', 1806390000, null, 'x'] }, null] };
    const { planner } = zms({ 'GET /available': { body: { availableDays: [day, 7] } } });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({
      state: 'partial',
      value: [{ key: '1806390000' }],
      missing: ['Desk'],
    });
  });

  test('of an instant on another day is no slot', async () => {
    const slot = { key: 'a', date: '2037-03-30T00:00:00+02:00', startTime: '09:00', endTime: '09:10' };
    const rows = [slot, { ...slot, key: 'b', date: '2037-03-30T22:00:00Z' }];
    const slots = await oap(rows).slotsOf('BIO', DESK, 1);
    expect(slots).toMatchObject({ state: 'partial', value: [{ key: 'a', date: '2037-03-30' }] });
  });

  test('that repeats a time under another key offers it once', async () => {
    const slot = { key: 'a', date: '2037-03-30', startTime: '09:00', endTime: '09:10' };
    const slots = await oap([slot, { ...slot, key: 'b', startTime: '9:00' }]).slotsOf('BIO', DESK, 1);
    expect(slots).toMatchObject({ state: 'fresh', value: { length: 1 } });
  });

  test('beside nothing else is no empty list', async () => {
    expect(await oap([null, { key: '' }]).desksOf('BIO')).toEqual({ state: 'unavailable', why: 'malformed' });
  });

  test('is asked for once, not by each visitor', async () => {
    const { planner, asked } = plannerWith({ kind: 'oap' }, () => ({
      body: { status: 'OK', data: [{ key: 'AM', name: 'Amsterdam' }, null] },
    }));
    for (let visitor = 0; visitor < 5; visitor += 1) await planner.desksOf('BIO');
    expect(asked).toHaveLength(1);
  });
});

test.each(['OK', 'ok', 'Ok'])('the status %s is a booking that was made: OAP', async (status) => {
  const { planner } = plannerWith({ kind: 'oap' }, () => ({ body: { status, data: { key: 7, code: null } } }));
  expect(await planner.book(VIEWER, REQUEST)).toEqual({ ok: true, value: { key: '7', code: null } });
});

describe('a length of nothing', () => {
  test.each([0, '0', ...NONE])('%j minutes at another office’s clock falls back to ten: ZMS', async (none) => {
    const offices = [{ ...OFFICE, slotTimeInMinutes: none }];
    const relations = [{ officeId: 31001, serviceId: 7101, slots: none, maxQuantity: none }];
    const { planner } = zms({
      'GET /offices': { body: { ...CATALOGUE, offices, relations } },
      'GET /available': { body: { availableDays: [{ offices: [{ officeId: 31001, appointments: [1806390000] }] }] } },
    });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ value: [{ startTime: '09:00', endTime: '09:10' }] });
  });

  test.each([0, '0', ...NONE])('%j minutes leave a branch out, and say so: Qmatic', async (duration) => {
    const branch = { publicId: 'B1', name: 'Branch 1' };
    const { planner } = plannerWith(
      { kind: 'qmatic', products: { BIO: 'S1' } },
      byStart({
        'GET /v1/services/': { body: { branchList: [branch, { ...branch, publicId: 'B2', name: 'Branch 2' }] } },
        'GET /v1/branches/B1/': { body: { serviceList: [{ publicId: 'S1', name: 'Bio', duration }] } },
        'GET /v1/branches/B2/': { body: { serviceList: [{ publicId: 'S1', name: 'Bio', duration: 10 }] } },
      }),
    );
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'partial', value: [{ key: 'B2' }] });
  });
});

test.each<[string, unknown, string]>([
  ['a text', 'APT_TAKEN', 'slot-taken'],
  ['an object', { code: 'APT_TAKEN', message: 'taken' }, 'slot-taken'],
  ['a list of objects', [{ error: 'SIMILAR_APT_EXISTS' }], 'already-has-booking'],
  ['nothing', null, 'not-possible'],
])('a refusal may hold its code as %s: OAP', async (_what, data, why) => {
  const { planner } = plannerWith({ kind: 'oap' }, () => ({ body: { status: 'ERROR', data } }));
  expect(await planner.book(VIEWER, REQUEST)).toEqual({ ok: false, why });
});

describe('a branch or service that is not for the public: Qmatic', () => {
  const desks = async (branch: object, service: object) => {
    const { planner } = plannerWith(
      { kind: 'qmatic', products: { BIO: 'S1' } },
      byStart({
        'GET /v1/services/': { body: { branchList: [{ publicId: 'B1', name: 'Branch 1', ...branch }] } },
        'GET /v1/branches/': { body: { serviceList: [{ publicId: 'S1', name: 'Bio', duration: 10, ...service }] } },
      }),
    );
    return planner.desksOf('BIO');
  };

  test.each([
    [{}, { active: false }],
    [{}, { publicEnabled: 'false' }],
    [{ active: 0 }, {}],
    [{ virtual: true }, {}],
    [{ branchType: 'VIRTUAL' }, {}],
    [{ custom: '{"virtual":true}' }, {}],
    [{}, { custom: '{"required_fields":["dateOfBirth"]}' }],
    [{}, { custom: { requiredFields: 'email, dateOfBirth' } }],
  ])('is left out: %j %j', async (branch, service) => {
    expect(await desks(branch, service)).toMatchObject({ state: 'fresh', value: [] });
  });

  test('is offered where nothing is said of it, with what it requires', async () => {
    const custom = '{"rescheduleEnabled":true,"required_fields":["email","phone-number"]}';
    expect(await desks({ active: null, custom: 'no JSON' }, { active: null, publicEnabled: '', custom })).toMatchObject(
      {
        state: 'fresh',
        value: [{ asks: { email: 'required', phone: 'required', own: [] } }],
      },
    );
  });
});

test.each([
  ['the API answers', { body: { branchList: [] } }, { ok: true, value: { state: 'cancelled' } }],
  ['a proxy knows no path at all', { status: 404 }, { ok: false, why: 'could-not-ask' }],
] as const)('404 is told as cancelled only while %s: Qmatic', async (_what, branches, expected) => {
  const { planner } = plannerWith(
    { kind: 'qmatic', products: { BIO: 'S1' } },
    byStart({ 'GET /v1/services/': branches, 'GET /v1/appointments/': { status: 404 } }),
  );
  expect(await planner.find(VIEWER, 'q1')).toMatchObject(expected);
});

describe('recorded shapes: Qmatic', () => {
  const WHOLE = {
    notifications: [],
    branchList: [
      {
        name: 'Stadskantoor',
        publicId: 'f364d92b7fa07a48c4ecc862de30c47a',
        phone: '',
        email: '',
        branchPrefix: null,
        addressLine1: null,
        addressLine2: 'Plein 1',
        addressZip: '1000 AA',
        addressCity: 'Voorbeeldstad',
        addressState: null,
        latitude: 0,
        longitude: 0,
        timeZone: 'Europe/Amsterdam',
        fullTimeZone: 'Europe/Amsterdam',
        custom: null,
        created: 1632222074839,
        updated: 1669220085489,
      },
    ],
    meta: { start: '', end: '', totalResults: 1, offset: null, limit: null, fields: '', arguments: {} },
  };
  const MADE = {
    services: [],
    title: 'Online booking',
    start: '2027-03-30T07:00:00.000+0000',
    end: '2027-03-30T07:10:00.000+0000',
    created: 1698058200000,
    updated: 1698058200000,
    publicId: 'd50517a0ae88cdbc495f7a32e011cb05',
    branch: { ...WHOLE.branchList[0], addressLine1: null },
    notes: null,
    allDay: false,
    status: 20,
    resource: { name: 'Balie 1', custom: null },
    blocking: false,
    numberOfCustomers: 1,
    customers: [{ publicId: 'c1', name: 'Amal Voorbeeld', phone: null, email: null, custom: null, externalId: null }],
    custom: null,
  };

  test('are accepted as they are', async () => {
    const { planner } = plannerWith(
      { kind: 'qmatic', products: { BIO: 'S1' }, holds: false },
      byStart({
        'GET /v1/services/': { body: WHOLE },
        'GET /v1/branches/': {
          body: {
            serviceList: [{ publicId: 'S1', name: 'B', duration: 10, additionalCustomerDuration: 0, custom: null }],
          },
        },
        'GET /v1/appointments/': { body: { appointment: { ...MADE, start: '2027-03-30T08:00:00+00:00' } } },
        'POST /v2/': { status: 202, body: MADE },
      }),
    );
    expect(await planner.desksOf('BIO')).toMatchObject({
      state: 'fresh',
      value: [{ place: { street: 'Plein 1', postcode: '1000 AA', city: 'Voorbeeldstad' } }],
    });
    expect(await planner.book(VIEWER, REQUEST)).toMatchObject({ ok: true, value: { key: MADE.publicId, code: null } });
    expect(await planner.find(VIEWER, MADE.publicId)).toMatchObject({
      value: { startsAt: '2027-03-30T08:00:00Z', desk: { key: WHOLE.branchList[0]?.publicId, name: 'Stadskantoor' } },
    });
  });
});
