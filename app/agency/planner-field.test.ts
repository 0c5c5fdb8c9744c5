import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { describe, expect, test } from 'vitest';
import { knownValue } from '~/model/loaded';
import { byStart, DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import type { ScriptedAnswer } from '../../tests/agency/scripted-gate';

/** What planners of the field send, in the shapes of their own answers. */

const ZMS = { kind: 'zms', products: { BIO: '7101' } };
const OFFICE = { id: 31001, name: 'Desk', slotTimeInMinutes: 10, scope: { id: 1 } };
const CATALOGUE = {
  offices: [OFFICE],
  services: [{ id: 7101 }],
  relations: [{ officeId: 31001, serviceId: 7101, slots: 1 }],
};
const HELD = '101002.fb43.31001';
const PROCESS = { processId: 101002, authKey: 'fb43', timestamp: '1806390000', status: 'confirmed' };

const zms = (answers: Readonly<Record<string, ScriptedAnswer>>, settings: object = {}) =>
  plannerWith(
    { ...ZMS, ...settings },
    byStart({ 'GET /offices': { body: CATALOGUE }, 'POST /': { body: PROCESS }, ...answers }),
  );
const withScope = (scope: object, settings: object = {}) =>
  zms({ 'GET /offices': { body: { ...CATALOGUE, offices: [{ ...OFFICE, scope: { id: 1, ...scope } }] } } }, settings);
const oap = (data: unknown) => plannerWith({ kind: 'oap' }, () => ({ body: { status: 'OK', data } })).planner;
const NONE = [null, undefined, '', ' ', '.', {}] as const;

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

describe('an office’s own fields', () => {
  const sent = async (scope: object, answers: Record<string, string> = {}, settings: object = {}) => {
    const { planner, asked } = withScope(scope, settings);
    await planner.book(VIEWER, { ...REQUEST, hold: HELD, phone: '0612345678', answers });
    return asked.find(({ path }) => path.startsWith('/update'))?.body;
  };
  const FIRST = { customTextfieldActivated: true, customTextfieldRequired: true };
  const SECOND = { customTextfield2Activated: '1', customTextfield2Required: 1 };

  test('are asked by their own label', async () => {
    const { planner } = withScope({ ...SECOND, customTextfield2Label: ' Kenteken ' }, { language: 'nl' });
    expect(await planner.desksOf('BIO')).toMatchObject({
      value: [
        { asks: { own: [{ name: 'customTextfield2', label: { text: 'Kenteken', lang: 'nl' }, maxLength: 250 }] } },
      ],
    });
    const scope = { ...SECOND, customTextfield2Label: 'Kenteken' };
    expect(await sent(scope, { customTextfield2: 'AB-12-CD' })).toMatchObject({
      customTextfield: '',
      customTextfield2: 'AB-12-CD',
    });
  });

  test('get the V-number only when they are for it', async () => {
    const licence = { ...FIRST, customTextfieldLabel: 'Kenteken des Fahrzeugs' };
    expect(await sent(licence, { customTextfield: 'AB-1' })).toMatchObject({ customTextfield: 'AB-1' });
    expect(await sent({ ...licence, customTextfieldRequired: false })).toMatchObject({ customTextfield: '' });
    for (const customTextfieldLabel of ['V-nummer', 'Uw V nummer (10 cijfers)', 'Vreemdelingennummer'])
      expect(await sent({ ...FIRST, customTextfieldLabel })).toMatchObject({ customTextfield: '2811000137' });
    expect(await sent({ ...SECOND, customTextfield2Label: 'V-Nr.' })).toMatchObject({ customTextfield2: '2811000137' });
    const german = { ...FIRST, customTextfieldLabel: 'AZR-Nummer' };
    expect(await sent(german, {}, { vNumberLabels: ['azr'] })).toMatchObject({ customTextfield: '2811000137' });
  });

  test('that are optional or out of use are not asked', async () => {
    for (const scope of [
      { ...FIRST, customTextfieldRequired: false, customTextfieldLabel: 'Kenteken' },
      { ...SECOND, customTextfield2Activated: '0', customTextfield2Label: 'Kenteken' },
      { ...FIRST, customTextfieldLabel: 'V-nummer' },
    ])
      expect(await withScope(scope).planner.desksOf('BIO')).toMatchObject({ value: [{ asks: { own: [] } }] });
  });

  test.each(NONE)('without words (%j) leave the office out before a time is held', async (label) => {
    const { planner, asked } = withScope({ ...SECOND, customTextfield2Label: label });
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ value: [] });
    expect(asked.every(({ path }) => path.startsWith('/offices'))).toBe(true);
  });

  test('for a telephone are required, optional or not there', async () => {
    const asks = async (scope: object) => knownValue(await withScope(scope).planner.desksOf('BIO'))?.[0]?.asks?.phone;
    expect(await asks({ telephoneActivated: true, telephoneRequired: true })).toBe('required');
    expect(await asks({ telephoneActivated: true, telephoneRequired: false })).toBe('optional');
    expect(await asks({ telephoneActivated: false, telephoneRequired: true })).toBe('unused');
    expect(await sent({ telephoneActivated: '0' })).toMatchObject({ telephone: '' });
    expect(await sent({ telephoneActivated: '1' })).toMatchObject({ telephone: '0612345678' });
  });

  test('send the scope back as it came', async () => {
    const scope = { id: 1, telephoneActivated: '1', provider: [], unknown: { a: 1 } };
    expect(await sent(scope)).toMatchObject({ scope });
  });
});

test('an address may stand with the provider: ZMS', async () => {
  const contact = { street: 'Voorbeeldkade', streetNumber: '10', postalCode: 3011, city: 'Rotterdam', name: 'x' };
  const { planner } = withScope({ provider: { id: '31001', contact } });
  expect(await planner.desksOf('BIO')).toMatchObject({
    value: [{ place: { street: 'Voorbeeldkade 10', postcode: '3011', city: 'Rotterdam' } }],
  });
});

describe('a calendar with the times of its first day only', () => {
  const epoch = (day: number, minute: number) => Date.UTC(2037, 2, day, 8, minute) / 1000;
  const dayOf = (day: number, times: boolean) => ({
    date: `2037-03-${day}`,
    providerIDs: '31001',
    offices: [{ officeId: '31001', appointments: times ? [0, 10, 20].map((minute) => epoch(day, minute)) : [] }],
  });
  const calendar = (wanted: string | null) => {
    const days = wanted ? [Number(wanted.slice(-2))] : [10, 11, 12];
    return { body: { availableDays: days.map((day, index) => dayOf(day, index === 0)) } };
  };
  const narrow = (freshMs = 0) =>
    plannerWith(
      { ...ZMS, daysAtOnce: 2 },
      ({ path }) => {
        if (path.startsWith('/offices')) return { body: CATALOGUE };
        const query = new URLSearchParams(path.split('?')[1]);
        return calendar(query.get('startDate') === query.get('endDate') ? query.get('startDate') : null);
      },
      freshMs,
    );

  test('is asked for the other days too', async () => {
    const { planner } = narrow();
    const slots = await planner.slotsOf('BIO', DESK, 1);
    expect(slots.state).toBe('fresh');
    const dates = (knownValue(slots) ?? []).map(({ date }) => date);
    expect([dates.length, new Set(dates).size]).toEqual([9, 3]);
  });

  test('is asked once for all visitors, and for the wanted days only', async () => {
    const { planner, asked } = narrow(5_000);
    await Promise.all(Array.from({ length: 20 }, () => planner.slotsOf('BIO', DESK, 1)));
    expect(asked.filter(({ path }) => path.startsWith('/available'))).toHaveLength(3);
    const { planner: other, asked: few } = narrow();
    await other.slotsOf('BIO', DESK, 1, { from: '2037-03-12', until: '2037-03-20' });
    expect(few.filter(({ path }) => path.startsWith('/available'))).toHaveLength(2);
  });
});

describe('an office with a proof of work', () => {
  const SECRET = 'secret';
  async function guarded() {
    const challenge = await createChallenge({
      algorithm: 'SHA-256',
      cost: 10,
      deriveKey,
      keyPrefix: '0',
      hmacSignatureSecret: SECRET,
    });
    const scope = { id: 1, captchaActivatedRequired: true };
    const day = { date: '2037-03-10', offices: [{ officeId: 31001, appointments: [2_120_112_000] }] };
    const payloads: string[] = [];
    let token = '';
    const made = plannerWith(ZMS, ({ path, body }) => {
      if (path.startsWith('/offices')) return { body: { ...CATALOGUE, offices: [{ ...OFFICE, scope }] } };
      if (path === '/captcha-challenge/') return { body: challenge };
      if (path === '/captcha-verify/') {
        payloads.push(JSON.stringify(body));
        token = `token-${payloads.length}`;
        return { body: { meta: { success: true }, data: { valid: true }, token } };
      }
      const sent = JSON.stringify(body ?? '') + path;
      if (!token || !sent.includes(token)) return { status: 400, body: { errors: [{ errorCode: 'captchaMissing' }] } };
      return { body: path.startsWith('/available') ? { availableDays: [day] } : PROCESS };
    });
    return { ...made, payloads };
  }

  test('gets a true solution, once for a search and a reservation', async () => {
    const { planner, payloads } = await guarded();
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'fresh', value: [{ date: '2037-03-08' }] });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toMatchObject({ ok: true });
    expect(payloads).toHaveLength(1);
    const { payload } = JSON.parse(payloads[0] ?? '{}');
    const { challenge, solution } = JSON.parse(Buffer.from(payload, 'base64').toString());
    const verdict = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: SECRET });
    expect(verdict.verified).toBe(true);
  });

  test('that can’t be met hides no other office', async () => {
    const wary = { ...OFFICE, scope: { id: 1, captchaActivatedRequired: true } };
    const offices = [wary, { ...OFFICE, id: 31002 }];
    const relations = [31001, 31002].map((officeId) => ({ officeId, serviceId: 7101 }));
    const day = { offices: [{ officeId: 31002, appointments: [1_806_390_000] }] };
    const { planner } = zms({
      'GET /offices': { body: { ...CATALOGUE, offices, relations } },
      'GET /captcha-challenge': { body: { meta: { success: false }, data: null } },
      'GET /available': { body: { availableDays: [day] } },
    });
    expect(await planner.slotsOf('BIO', { ...DESK, key: '31002' }, 1)).toMatchObject({ state: 'fresh', value: [{}] });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'unavailable' });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toEqual({
      ok: false,
      why: 'challenge-needed',
    });
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

test.each(['appointmentNotFound', 'appointmentNotAvailable'])('%s is told as cancelled: ZMS', async (errorCode) => {
  const { planner } = zms({ 'GET /appointment/': { status: 404, body: { errors: [{ errorCode }] } } });
  expect(await planner.find(VIEWER, HELD)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
  const lost = zms({ 'GET /appointment/': { status: 404, body: '<html>' } });
  expect(await lost.planner.find(VIEWER, HELD)).toMatchObject({ ok: false });
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
