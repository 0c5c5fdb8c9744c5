import { describe, expect, test } from 'vitest';
import type { Refusal } from '~/model/appointment';
import { byStart, DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import type { ScriptedAnswer } from '../../tests/agency/scripted-gate';
import { HELD, withScope, zms } from '../../tests/agency/zms';

/** What planners of the field say when they refuse, and where they ask for what the portal does not send by itself. */

const oap = (answer: ScriptedAnswer) => plannerWith({ kind: 'oap' }, () => answer).planner;
const SERVICES = { serviceList: [{ publicId: 'S1', name: 'Bio', duration: 10 }] };
const qmatic = (answers: Readonly<Record<string, ScriptedAnswer>>, settings: object = {}) =>
  plannerWith(
    { kind: 'qmatic', products: { BIO: 'S1' }, ...settings },
    byStart({ 'GET /v1/branches/': { body: SERVICES }, 'GET /v1/appointments/': { status: 404 }, ...answers }),
  );
const EMPTY = { ...REQUEST, email: '', phone: '' };

describe('a refusal that names a field', () => {
  test.each<[unknown, Refusal, Refusal]>([
    ['INVALID_EMAIL', 'email-refused', 'needs-email'],
    [{ field: 'e-mail', message: 'is required' }, 'email-refused', 'needs-email'],
    [[{ error: 'Telefoonnummer ontbreekt' }], 'phone-refused', 'needs-phone'],
    ['PHONE_REQUIRED', 'phone-refused', 'needs-phone'],
    ['amal@example.test is no customer', 'not-possible', 'not-possible'],
  ])('such as %j is told at the field: OAP', async (data, given, empty) => {
    for (const answer of [{ body: { status: 'ERROR', data } }, { status: 400, body: data }]) {
      expect(await oap(answer).book(VIEWER, REQUEST)).toEqual({ ok: false, why: given });
      expect(await oap(answer).book(VIEWER, EMPTY)).toEqual({ ok: false, why: empty });
    }
  });

  test.each<[ScriptedAnswer, Refusal]>([
    [{ status: 400, headers: { error_code: 'E1', error_message: 'Email is mandatory' } }, 'email-refused'],
    [{ status: 422, body: { message: 'phoneNumber must match' } }, 'phone-refused'],
    [{ status: 400, headers: { error_message: 'Something else' } }, 'not-possible'],
  ])('such as %j is told at the field: Qmatic', async (answer, why) => {
    const held = qmatic({ 'POST /v2/branches/appointments/': answer });
    const atOnce = qmatic({ 'POST /v2/': answer }, { holds: false });
    expect(await atOnce.planner.book(VIEWER, REQUEST)).toEqual({ ok: false, why });
    expect(await held.planner.book(VIEWER, { ...REQUEST, hold: 'q1' })).toEqual({ ok: false, why });
  });

  test.each([
    { errorCode: 'invalidEmail' },
    { errors: [{ errorCode: 'InvalidEmail' }] },
    { errors: { errorCode: 'INVALIDEMAIL' } },
    [{ errorCode: 'invalidEmail' }],
    { error: { errorCode: 'invalidEmail' } },
    { data: { errorCode: 'invalidEmail' } },
    { errors: [{ errorCode: 'mailAddressEmailSyntax' }] },
  ])('such as %j is told at the field: ZMS', async (body) => {
    const { planner } = zms({ 'POST /update': { status: 400, body } });
    expect(await planner.book(VIEWER, { ...REQUEST, hold: HELD })).toEqual({ ok: false, why: 'email-refused' });
  });
});

describe('a 404 without a body: ZMS', () => {
  const nothing = { status: 404, body: '' };

  test('is an appointment that is gone while the API answers', async () => {
    const { planner } = zms({ 'GET /appointment/': nothing, 'POST /': nothing });
    expect(await planner.find(VIEWER, HELD)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await planner.cancel(VIEWER, HELD)).toEqual({ ok: true, value: null });
    expect(await planner.book(VIEWER, { ...REQUEST, hold: HELD })).toEqual({ ok: false, why: 'hold-expired' });
    expect(await planner.reconcile(VIEWER, { ...REQUEST, hold: HELD, partySize: 1 })).toEqual({ found: 'not-made' });
  });

  test('proves nothing when no path is known', async () => {
    const { planner } = zms({ 'GET /': nothing, 'GET /offices': nothing, 'POST /': nothing });
    expect(await planner.find(VIEWER, HELD)).toMatchObject({ ok: false });
    expect(await planner.cancel(VIEWER, HELD)).toMatchObject({ ok: false });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'unavailable' });
  });
});

test.each([
  ['Kein V-Nummer eintragen: Kenteken', null],
  ['Kenteken (niet uw V-nummer)', null],
  ['V-nummer van uw advocaat', null],
  ['Kenteken of V-nummer', null],
  ['V-nummer', '2811000137'],
  ['Vul hier uw V nummer in (10 cijfers)', '2811000137'],
  ['Your V-number, 10 digits *', '2811000137'],
])('the field %j gets the V-number only when it asks nothing else', async (label, sent) => {
  const scope = { customTextfieldActivated: true, customTextfieldRequired: true, customTextfieldLabel: label };
  const { planner, asked } = withScope(scope);
  const asks = await planner.desksOf('BIO');
  expect(asks).toMatchObject({ value: [{ asks: { own: sent ? [] : [{ label: { text: label } }] } }] });
  await planner.book(VIEWER, { ...REQUEST, hold: HELD, answers: { customTextfield: 'AB-12-CD' } });
  expect(asked.find(({ path }) => path.startsWith('/update'))?.body).toMatchObject({
    customTextfield: sent ?? 'AB-12-CD',
  });
});

describe('a Qmatic service’s own fields', () => {
  const custom = (fields: unknown) => ({
    ...SERVICES.serviceList[0],
    custom: JSON.stringify({ required_fields: fields }),
  });
  const made = { publicId: 'q1', start: '2027-03-30T07:00:00.000+0000', status: 20, customers: [{}] };
  const withFields = (fields: unknown) =>
    qmatic({
      'GET /v1/services/': { body: { branchList: [{ publicId: DESK.key, name: 'Branch' }] } },
      'GET /v1/branches/': { body: { serviceList: [custom(fields)] } },
      'POST /v2/': { body: made },
    });

  test.each([
    [['email', 'Kenteken'], 'Kenteken', 250],
    ['Kenteken', 'Kenteken', 250],
    [[{ name: 'plate', label: 'Kenteken', maxLength: 12 }], 'plate', 12],
    [{ id: 7, title: 'Kenteken', required: 'true' }, '7', 250],
  ])('%j are asked before a time is held, and sent', async (fields, name, maxLength) => {
    const { planner, asked } = withFields(fields);
    expect(await planner.desksOf('BIO')).toMatchObject({
      value: [{ asks: { own: [{ name, label: { text: 'Kenteken', lang: 'nl' }, maxLength }] } }],
    });
    await planner.book(VIEWER, { ...REQUEST, hold: 'q1', answers: { [name]: 'AB-12-CD' } });
    expect(asked.at(-1)?.body).toMatchObject({ custom: JSON.stringify({ [name]: 'AB-12-CD' }) });
  });

  test('leave the branch out where they have no words', async () => {
    for (const fields of [['licencePlate'], [{ name: 'licencePlate' }], 'date_of_birth'])
      expect(await withFields(fields).planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
    for (const fields of [[{ name: 'licencePlate', required: false }], [], null, 'identificationNumber'])
      expect(await withFields(fields).planner.desksOf('BIO')).toMatchObject({ value: [{ asks: { own: [] } }] });
  });
});

describe('a JCC activity’s own fields', () => {
  const MADE = { body: { id: 'j1', acknowledgeIsSuccess: true } };
  const withFields = (fields: unknown, settings: object = {}) =>
    plannerWith(
      { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: 'A1' }, ...settings },
      byStart({
        'POST /connect/token': { body: { access_token: 't' } },
        'GET /activity/listforappointment': { body: [{ id: 'A1' }] },
        'GET /location/forappointment': { body: [{ id: DESK.key, description: 'Desk' }] },
        'GET /customer/customerfields/required': { body: fields },
        'GET /appointment/availabletimelist': {
          body: { availableTimesList: ['2027-03-30T09:00:00'], appointmentDuration: 600 },
        },
        'GET /appointment/qrcode': { lost: true },
        'POST /appointment': MADE,
      }),
    );

  test.each([
    [
      { birthDate: 2, streetName: '2', emailAddress: 2 },
      { email: 'required', own: ['birthDate', 'streetName'] },
    ],
    [{ mainPhoneNumber: 1, mobilePhoneNumber: 2, initials: 2, lastNamePrefix: 2, gender: 2 }, { phone: 'required' }],
    [
      { isAnyPhoneNumberRequired: 'true', id: '2' },
      { phone: 'required', own: [] },
    ],
    [
      { mainPhoneNumber: 1, mobilePhoneNumber: '1', emailAddress: 1 },
      { phone: 'unused', email: 'unused' },
    ],
    [{ mainPhoneNumber: 1 }, { phone: 'optional', email: 'optional' }],
    [{ houseNumber: 2, postalCode: 2, city: 2 }, { own: ['houseNumber', 'postalCode', 'city'] }],
  ])('%j are asked before a time is held', async (fields, { own, ...asks }: Record<string, unknown>) => {
    const desks = await withFields(fields).planner.desksOf('BIO');
    expect(desks).toMatchObject({ state: 'fresh', value: [{ asks }] });
    if (own && desks.state === 'fresh') expect(desks.value[0]?.asks?.own.map(({ name }) => name)).toEqual(own);
  });

  test.each(['nationality', 'socialSecurityNumber', 'language', 'country', 'somethingNew'])(
    'leave the desk out when they require %s',
    async (name) => {
      expect(await withFields({ [name]: 2 }).planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
      expect(await withFields({ [name]: 0 }).planner.desksOf('BIO')).toMatchObject({ value: [{ key: DESK.key }] });
    },
  );

  test('are sent with what the portal knows by itself', async () => {
    const { planner, asked } = withFields({ initials: 2, mobilePhoneNumber: 2, houseNumber: 2, birthDate: 2 });
    const visitors = [
      { givenName: 'Amal Noor', familyName: 'Voorbeeld', vNumber: '2811000137' },
      { givenName: '', familyName: 'Alleen', vNumber: '' },
    ];
    const answers = { houseNumber: '12 A', birthDate: '1990-12-31' };
    expect(await planner.book(VIEWER, { ...REQUEST, visitors, answers })).toEqual({
      ok: true,
      value: { key: 'j1', code: null, state: 'booked' },
    });
    expect(asked.find(({ method, path }) => method === 'POST' && path === '/appointment')?.body).toMatchObject({
      activityList: [{ amount: 2 }],
      customerList: [
        {
          initials: 'A.N.',
          mobilePhoneNumber: REQUEST.phone,
          houseNumber: 12,
          houseNumberSuffix: 'A',
          birthDate: '1990-12-31',
        },
      ],
      message: 'Amal Noor Voorbeeld 2811000137; Alleen [wish-1]',
    });
  });
});

test.each([
  [20, 'booked'],
  ['20', 'booked'],
  ['created', 'booked'],
  [10, 'held'],
  ['CANCELLED', 'cancelled'],
  ['Canceled', 'cancelled'],
  ['No-show', 'past'],
  ['COMPLETED', 'past'],
])('the status %j is %s: Qmatic', async (status, state) => {
  const appointment = { publicId: 'q1', start: '2037-03-30T07:00:00Z', status, customers: [{}] };
  const { planner } = qmatic({ 'GET /v1/appointments/': { body: { appointment } } });
  expect(await planner.find(VIEWER, 'q1')).toMatchObject({ ok: true, value: { state } });
});

test.each([70, 'WAITING_FOR_GODOT'])('the unknown status %j proves nothing: Qmatic', async (status) => {
  const appointment = { publicId: 'q1', start: '2037-03-30T07:00:00Z', status, customers: [{}] };
  const { planner, asked } = qmatic({ 'GET /v1/appointments/': { body: { appointment } } });
  expect(await planner.find(VIEWER, 'q1')).toEqual({ ok: false, why: 'could-not-ask' });
  expect(await planner.release(VIEWER, 'q1')).toMatchObject({ ok: false });
  expect(await planner.reconcile(VIEWER, { ...REQUEST, hold: 'q1', partySize: 1 })).toEqual({ found: 'unclear' });
  expect(asked.every(({ method }) => method === 'GET')).toBe(true);
});

describe('a length with a fraction', () => {
  test('is rounded up for a visit: Qmatic', async () => {
    const { planner } = qmatic({
      'GET /v1/services/': { body: { branchList: [{ publicId: DESK.key, name: 'Branch' }] } },
      'GET /v1/branches/': { body: { serviceList: [{ ...SERVICES.serviceList[0], duration: 10.5 }] } },
      'GET /v2/branches/31001/dates;': { body: { dates: ['2037-03-30'] } },
      'GET /v2/branches/31001/dates/': { body: { times: ['09:00'] } },
    });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ value: [{ startTime: '09:00', endTime: '09:11' }] });
  });

  test.each([10.5, '10.5', 1e12, -3])('never fails a hold of %j minutes: ZMS', async (reservationDuration) => {
    const process = { processId: 1, authKey: 'a', timestamp: '1806390000', scope: { reservationDuration } };
    const { planner } = zms({ 'POST /reserve': { body: process } });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toMatchObject({ ok: true });
  });
});
