import { describe, expect, test, vi } from 'vitest';
import type { Refusal } from '~/model/appointment';
import { byStart, DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import type { ScriptedAnswer } from '../../tests/agency/scripted-gate';
import type { Planner } from './planner-port';
import { PLANNER_FAILED_MS } from './shared-answer.server';

const HELD = '101002.fb43.31001';
const ZMS = { kind: 'zms', products: { BIO: '7101' } };
const QMATIC = { kind: 'qmatic', products: { BIO: 'bio' } };
const CATALOGUE = {
  offices: [{ id: 31001, name: 'D', slotTimeInMinutes: 10, scope: { id: 1 } }],
  services: [{ id: 7101, maxQuantity: 3 }],
  relations: [{ officeId: '31001', serviceId: '7101', slots: 2 }],
};
const PROCESS = {
  processId: 101002,
  authKey: 'fb43',
  timestamp: '1806390000',
  status: 'confirmed',
  displayNumber: 'E7',
};
const errors = (errorCode: string, status: number): ScriptedAnswer => ({ status, body: { errors: [{ errorCode }] } });

/** A ZMS whose calls succeed, except the given ones. */
const zms = (answers: Readonly<Record<string, ScriptedAnswer>>, settings: Readonly<Record<string, unknown>> = {}) =>
  plannerWith(
    { ...ZMS, ...settings },
    byStart({
      'GET /offices': { body: CATALOGUE },
      'GET /appointment/': { body: PROCESS },
      'POST /': { body: PROCESS },
      ...answers,
    }),
  );

const book = (planner: Planner, hold: string) => planner.book(VIEWER, { ...REQUEST, hold });

describe('zms', () => {
  test.each<[string, number, Refusal]>([
    ['appointmentNotAvailable', 404, 'slot-taken'],
    ['captchaMissing', 400, 'challenge-needed'],
    ['rateLimitExceeded', 429, 'slow-down'],
    ['tooManySlotsPerAppointment', 400, 'party-too-large'],
    ['somethingNew', 400, 'not-possible'],
  ])('refuses a hold for %s (%i) as %s', async (code, status, why) => {
    const { planner } = zms({ 'POST /reserve': errors(code, status) });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toMatchObject({ ok: false, why });
  });

  test.each<[string, string, number, Refusal]>([
    ['/update', 'emailIsRequired', 406, 'email-refused'],
    ['/update', 'invalidEmail', 400, 'email-refused'],
    ['/update', 'invalidTelephone', 400, 'phone-refused'],
    ['/update', 'invalidCustomTextfield', 400, 'needs-answer'],
    ['/preconfirm', 'tooManyAppointmentsWithSameMail', 406, 'already-has-booking'],
    ['/preconfirm', 'processNotReservedAnymore', 409, 'hold-expired'],
    ['/confirm', 'preconfirmationExpired', 400, 'hold-expired'],
  ])('refuses a booking at %s for %s (%i) as %s', async (step, code, status, why) => {
    const { planner } = zms({ [`POST ${step}`]: errors(code, status) });
    expect(await book(planner, HELD)).toMatchObject({ ok: false, why });
  });

  test.each<[string, Refusal]>([
    ['emailIsRequired', 'needs-email'],
    ['invalidEmail', 'needs-email'],
    ['telephoneIsRequired', 'needs-phone'],
  ])('asks for what was not given after %s', async (code, why) => {
    const { planner } = zms({ 'POST /update': errors(code, 400) });
    const request = { ...REQUEST, hold: HELD, email: '', phone: '' };
    expect(await planner.book(VIEWER, request)).toEqual({ ok: false, why });
  });

  test.each<[string, Refusal]>([
    ['/update', 'could-not-ask'],
    ['/preconfirm', 'outcome-unknown'],
    ['/confirm', 'outcome-unknown'],
  ])('with the answer of %s lost reports %s', async (step, why) => {
    const { planner } = zms({ [`POST ${step}`]: { lost: true } });
    expect(await book(planner, HELD)).toEqual({ ok: false, why });
  });

  test('never reports "unknown" for a request that was never sent', async () => {
    const { planner } = zms({ 'POST /confirm': { unsent: true } });
    expect(await book(planner, HELD)).toEqual({ ok: false, why: 'could-not-ask' });
  });

  test('with a confirmation mail waits for the person’s click', async () => {
    const scripted = { body: { ...PROCESS, status: 'preconfirmed' } };
    const { planner, asked } = zms(
      { 'POST /preconfirm': scripted, 'GET /appointment/': scripted },
      { confirm: 'mail-link' },
    );
    expect(await book(planner, HELD)).toEqual({ ok: true, value: { key: HELD, code: 'E7', state: 'awaiting-mail' } });
    expect(await planner.reconcile(VIEWER, { ...REQUEST, hold: HELD, partySize: 1 })).toMatchObject({
      found: 'made',
      booking: { state: 'awaiting-mail' },
    });
    expect(asked.some(({ path }) => path.startsWith('/confirm'))).toBe(false);
  });

  test('sends the first visitor only, phones in digits', async () => {
    const { planner, asked } = zms({});
    await planner.book(VIEWER, { ...REQUEST, hold: HELD, phone: '06-1234 5678' });
    expect(asked.find(({ path }) => path.startsWith('/update'))?.body).toMatchObject({
      familyName: 'Amal Voorbeeld',
      telephone: '0612345678',
      customTextfield: '',
    });
    expect(planner.capabilities().maxParty).toBe(6);
  });

  test('releases and refuses a reservation at another time than was shown', async () => {
    const { planner, asked } = zms({ 'POST /reserve': { body: { ...PROCESS, timestamp: '1806393600' } } });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toEqual({
      ok: false,
      why: 'not-possible',
    });
    expect(asked.at(-1)?.path).toBe('/cancel-appointment/');
  });

  test('reads "none" errors and too many people as none', async () => {
    const { planner, asked } = zms({ 'GET /available': errors('noAppointmentForThisDay', 404) });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'fresh', value: [] });
    const before = asked.length;
    expect(await planner.slotsOf('BIO', DESK, 4)).toMatchObject({ state: 'fresh', value: [] });
    expect(asked).toHaveLength(before);
    expect(await zms({ 'GET /available': errors('captchaMissing', 400) }).planner.slotsOf('BIO', DESK, 1)).toEqual({
      state: 'unavailable',
      why: 'refused',
    });
  });

  test('books as long a visit as the service needs for the party', async () => {
    const days = {
      availableDays: [{ offices: [{ officeId: 31001, appointments: [1_806_390_000] }] }, { offices: null }],
    };
    const { planner } = zms({ 'GET /available': { body: days } });
    expect(await planner.slotsOf('BIO', DESK, 2)).toMatchObject({ value: [{ startTime: '09:00', endTime: '09:40' }] });
  });

  test.each([
    ['an appointment that is over', errors('appointmentCanNotBeCanceled', 406), { ok: false, why: 'too-late' }],
    ['one that is gone already', errors('appointmentNotFound', 404), { ok: true, value: null }],
    ['one with an answer that is lost', { lost: true } as const, { ok: false, why: 'outcome-unknown' }],
    ['another person’s', errors('authKeyMismatch', 406), { ok: false, why: 'not-possible' }],
  ])('maps a cancellation answered with %s', async (_what, scripted, expected) => {
    expect(await zms({ 'POST /cancel': scripted }).planner.cancel(VIEWER, HELD)).toEqual(expected);
  });

  test('cancels nothing for an invalid handle', async () => {
    const { planner, asked } = zms({});
    expect(await planner.cancel(VIEWER, 'b1')).toEqual({ ok: false, why: 'not-possible' });
    expect(asked).toEqual([]);
  });
});

describe('qmatic', () => {
  const services = { serviceList: [{ publicId: 'bio', name: 'B', duration: 10, additionalCustomerDuration: 5 }] };
  const appointment = { publicId: 'q1', start: '2027-03-30T07:00:00.000+0000', status: 20, customers: [{}] };
  const qmatic = (
    answers: Readonly<Record<string, ScriptedAnswer>>,
    settings: Readonly<Record<string, unknown>> = {},
  ) =>
    plannerWith(
      { ...QMATIC, ...settings },
      byStart({
        'GET /v1/branches/': { body: services },
        'GET /v1/appointments/': { body: { appointment: { ...appointment, status: 10, customers: [] } } },
        'DELETE /v1/appointments/': { status: 204 },
        'POST /': { body: appointment },
        ...answers,
      }),
    );
  const taken: ScriptedAnswer = { status: 500, headers: { error_code: 'E440', error_message: 'taken' } };

  test('tells a taken slot from a fault by its header', async () => {
    const wish = { product: 'BIO', slot: SLOT, partySize: 1 } as const;
    expect(await qmatic({ 'POST /': taken }).planner.hold(VIEWER, wish)).toEqual({ ok: false, why: 'slot-taken' });
    const late = { status: 500, headers: { error_code: 'E999' } };
    expect(await qmatic({ 'POST /': late }).planner.hold(VIEWER, wish)).toEqual({ ok: false, why: 'outcome-unknown' });
    expect(await qmatic({ 'POST /': { status: 503 } }).planner.hold(VIEWER, wish)).toEqual({
      ok: false,
      why: 'outcome-unknown',
    });
  });

  test('does not book again when confirming fails, which could book twice', async () => {
    const { planner, asked } = qmatic({ 'POST /v2/branches/appointments/q1/confirm': { lost: true } });
    expect(await book(planner, 'q1')).toEqual({ ok: false, why: 'outcome-unknown' });
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('without holds sends nothing for a hold and books in one step', async () => {
    const { planner, asked } = qmatic({}, { holds: false });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toEqual({
      ok: true,
      value: { handle: '', until: null },
    });
    expect(asked).toEqual([]);
    expect(await book(planner, '')).toMatchObject({ ok: true, value: { key: 'q1' } });
    expect(asked.at(-1)?.path).toBe('/v2/branches/31001/dates/2027-03-30/times/09:00/book;numberOfCustomers=1');
    expect(planner.capabilities()).toMatchObject({ hold: 'none', holdRelease: false });
  });

  test('counts the whole party or companions only, as configured', async () => {
    for (const [partyCount, count] of [
      ['total', 3],
      ['extra', 2],
    ] as const) {
      const { planner, asked } = qmatic({}, { partyCount });
      await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 3 });
      expect(asked.at(0)?.path).toContain(`/reserve;numberOfCustomers=${count}`);
    }
  });

  test('releases and refuses a booking at another time than was shown', async () => {
    const other = { body: { ...appointment, start: '2027-03-30T08:00:00.000+0000' } };
    const { planner, asked } = qmatic({ 'POST /': other }, { holds: false });
    expect(await book(planner, '')).toEqual({ ok: false, why: 'not-possible' });
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: '/v1/appointments/q1' });
  });

  test('names a day that did not answer and shows the others', async () => {
    const { planner } = qmatic({
      'GET /v1/services/bio/branches': { body: { branchList: [{ publicId: DESK.key, name: 'D' }] } },
      'GET /v2/branches/31001/dates;': { body: { dates: ['2037-03-30T00:00:00', '2037-03-31T00:00:00'] } },
      'GET /v2/branches/31001/dates/2037-03-30/times;': { lost: true },
      'GET /v2/branches/31001/dates/2037-03-31/times;': { body: { times: ['9:00'] } },
    });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({
      state: 'partial',
      missing: ['2037-03-30'],
      value: [{ date: '2037-03-31', startTime: '09:00', endTime: '09:10' }],
    });
  });
});

describe('oap', () => {
  const slots = { status: 'OK', data: [{ key: 's1', date: '2027-03-30', startTime: '9:00', endTime: '9:10' }] };

  test('requests the hold under the desk or the product, as configured', async () => {
    for (const [holdPath, path] of [
      ['desk', '/desks/31001/slots/1806390000'],
      ['product', '/desks/B-1/31001/slots/1806390000'],
    ]) {
      const { planner, asked } = plannerWith({ kind: 'oap', holdPath, products: { BIO: 'B-1' } }, () => ({
        body: { status: 'OK', data: {} },
      }));
      expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toMatchObject({ ok: true });
      expect(asked.at(0)?.path).toBe(path);
    }
  });

  test('cancels by API, by the planner’s page, or not at all', async () => {
    const with_ = (settings: object) =>
      plannerWith({ kind: 'oap', ...settings }, () => ({ body: { status: 'OK', data: {} } }));
    const itself = with_({ cancelPath: '/appointments/{key}' });
    expect(itself.planner.capabilities().cancel).toBe('yes');
    expect(await itself.planner.cancel(VIEWER, 'a/b')).toEqual({ ok: true, value: null });
    expect(itself.asked.at(0)).toMatchObject({ method: 'DELETE', path: '/appointments/a%2Fb' });
    const page = with_({ cancelLink: 'https://planner.example/#/cancel/{key}' }).planner;
    expect([page.capabilities().cancel, page.cancelAddress('k 1')]).toEqual([
      'link',
      'https://planner.example/#/cancel/k%201',
    ]);
    expect(await page.cancel(VIEWER, 'k')).toEqual({ ok: false, why: 'not-possible' });
    expect(with_({}).planner.capabilities().cancel).toBe('no');
  });

  test('offers new-first moves only where a second booking is allowed', () => {
    const move = (secondBooking: string) =>
      plannerWith({ kind: 'oap', secondBooking }, () => ({})).planner.capabilities().move;
    expect([move('allowed'), move('refused')]).toEqual(['book-then-cancel', 'cancel-then-book']);
  });

  test('shares one request for some seconds, until somebody books', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { planner, asked } = plannerWith(
        { kind: 'oap' },
        ({ method }) => ({ body: method === 'GET' ? slots : { status: 'OK', data: {} } }),
        5_000,
      );
      const many = () => Promise.all(Array.from({ length: 100 }, () => planner.slotsOf('BIO', DESK, 1)));
      await many();
      await many();
      expect(asked).toHaveLength(1);
      await planner.slotsOf('BIO', DESK, 2);
      await planner.slotsOf('BIO', { ...DESK, key: 'other' }, 1);
      expect(asked).toHaveLength(3);
      await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 });
      await many();
      await planner.slotsOf('BIO', { ...DESK, key: 'other' }, 1);
      expect(asked).toHaveLength(5);
      vi.advanceTimersByTime(5_001);
      await many();
      expect(asked).toHaveLength(6);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a planner’s note is shown in its language unless empty', async () => {
  const [office] = CATALOGUE.offices;
  const scope = { id: 1, hint: 'Zimmer 5', infoForAppointment: '<p>Infos zum <b>Standort</b>.</p>' };
  const told = { ...CATALOGUE, offices: [{ ...office, scope }] };
  const german = zms({ 'GET /offices': { body: told } }, { language: 'de' }).planner;
  expect(await german.desksOf('BIO')).toMatchObject({
    value: [
      {
        notes: [
          { text: 'Zimmer 5', lang: 'de' },
          { text: 'Infos zum Standort.', lang: 'de' },
        ],
      },
    ],
  });
  const silent = await zms({}).planner.desksOf('BIO');
  expect(silent.state !== 'unavailable' && silent.value.map((desk) => 'notes' in desk)).toEqual([false]);
  const branch = { publicId: 'b', name: 'B', addressLine1: 'Street 1', addressLine2: 'Room 3', addressCity: 'C' };
  const body = { branchList: [branch, { ...branch, publicId: 'c', addressLine1: null }] };
  const { planner } = plannerWith(
    QMATIC,
    byStart({ 'GET /v1/services/': { body }, 'GET /v1/branches/': { lost: true } }),
  );
  const branches = await planner.desksOf('BIO');
  expect(branches.state !== 'unavailable' && branches.value.map(({ notes }) => notes?.[0]?.text)).toEqual([
    'Room 3',
    undefined,
  ]);
});

test.each([
  { kind: 'zms', broken: 'GET /available', planner: ZMS },
  { kind: 'oap', broken: 'GET /desks/', planner: { kind: 'oap' } },
  {
    kind: 'jcc',
    broken: 'GET /appointment/availabletimelist',
    planner: { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: 'A1' } },
  },
  { kind: 'qmatic', broken: 'GET /v2/branches/31001/dates;', planner: QMATIC },
  { kind: 'qmatic, one day', broken: 'GET /v2/branches/31001/dates/2037-03-30/times;', planner: QMATIC },
])('a broken desk is not asked again by each visitor: $kind', async ({ broken, planner: settings }) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const { planner, asked } = plannerWith(
      settings,
      byStart({
        'GET /offices': { body: CATALOGUE },
        'POST /connect/token': { body: { access_token: 't' } },
        'GET /activity/': { body: [] },
        'GET /activity/listforappointment': { body: [{ id: 'A1' }] },
        'GET /v1/services/': { body: { branchList: [{ publicId: DESK.key, name: 'D' }] } },
        'GET /v1/branches/': { body: { serviceList: [{ publicId: 'bio', name: 'B', duration: 10 }] } },
        'GET /v2/branches/31001/dates;': { body: { dates: ['2037-03-30T00:00:00'] } },
        [broken]: { status: 500 },
      }),
    );
    const requestsNow = () => asked.filter(({ method, path }) => `${method} ${path}`.startsWith(broken)).length;
    for (let visitor = 0; visitor < 20; visitor += 1)
      expect(await planner.slotsOf('BIO', DESK, 1)).toEqual({ state: 'unavailable', why: 'failed' });
    expect(requestsNow()).toBe(1);
    vi.advanceTimersByTime(PLANNER_FAILED_MS);
    await planner.slotsOf('BIO', DESK, 1);
    expect(requestsNow()).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
