import { describe, expect, test } from 'vitest';
import type { Refusal } from '~/model/appointment';
import { byStart, DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../../tests/agency/planner';
import type { ScriptedAnswer } from '../../../tests/agency/scripted-gate';
import type { Planner } from '../planner-port';

const book = (planner: Planner, hold: string) => planner.book(VIEWER, { ...REQUEST, hold });

describe('jcc', () => {
  const JCC = { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: 'A1' } };
  const free = { body: { availableTimesList: ['2027-03-30T09:00:00'], appointmentDuration: 600 } };
  const none = { body: { availableTimesList: [], appointmentDuration: 600 } };
  const refused: ScriptedAnswer = { body: { id: '0', code: '33333', acknowledgeIsSuccess: false, message: 'Bezet' } };
  const jcc = (answers: Readonly<Record<string, ScriptedAnswer>>, settings: object = {}) =>
    plannerWith(
      { ...JCC, ...settings },
      byStart({
        'POST /connect/token': { body: { access_token: 't', expires_in: 3600 } },
        'GET /activity/listforappointment': { body: [{ id: 'A1', maxCountForEvent: 2 }] },
        'GET /location/forappointment': { body: [{ id: DESK.key, description: 'D', isActive: true }] },
        'GET /customer/customerfields/required': { body: {} },
        'GET /activity/appointmentdaterange': { body: { maxDate: '2027-12-31T00:00:00' } },
        'GET /appointment/availabletimelist': free,
        'GET /appointment/qrcode': { body: '"e4116a"' },
        'GET /appointment?id=': { body: { id: 'j1', startDateTime: '2027-03-30T09:00:00' } },
        'GET /version': { body: {} },
        'POST /appointment': { body: { id: 'j1', acknowledgeIsSuccess: true } },
        'DELETE /appointment': { body: { id: 'j1' } },
        ...answers,
      }),
    );
  const posts = (asked: readonly { method: string; path: string }[]) =>
    asked.filter(({ method, path }) => method === 'POST' && path === '/appointment');

  test('books with the desk’s offset and gives the code of the kiosk', async () => {
    const { planner, asked } = jcc({});
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toEqual({
      ok: true,
      value: { handle: '', until: null },
    });
    expect(asked).toEqual([]);
    expect(await book(planner, '')).toEqual({ ok: true, value: { key: 'j1', code: 'e4116a', state: 'booked' } });
    expect(posts(asked)).toMatchObject([
      {
        body: {
          id: null,
          activityList: [{ activityId: 'A1', amount: 1 }],
          customerList: [{ isMainCustomer: true, gender: 0, firstName: 'Amal', lastName: 'Voorbeeld' }],
          fromDateTime: '2027-03-30T09:00:00+02:00',
          toDateTime: '2027-03-30T09:10:00+02:00',
          locationId: '31001',
          message: 'Amal Voorbeeld 2811000137 [wish-1]',
        },
      },
    ]);
  });

  test('sends nothing for a time that was taken meanwhile', async () => {
    const { planner, asked } = jcc({ 'GET /appointment/availabletimelist': none });
    expect(await book(planner, '')).toEqual({ ok: false, why: 'slot-taken' });
    expect(posts(asked)).toEqual([]);
    const lost = jcc({ 'GET /appointment/availabletimelist': { lost: true } });
    expect(await book(lost.planner, '')).toEqual({ ok: false, why: 'could-not-ask' });
    expect(posts(lost.asked)).toEqual([]);
  });

  test('tells a taken time from another refusal by looking it up', async () => {
    expect(await book(jcc({ 'POST /appointment': refused }).planner, '')).toEqual({ ok: false, why: 'not-possible' });
    let looked = 0;
    const { planner } = plannerWith(JCC, ({ method, path }) => {
      if (path.startsWith('/connect')) return { body: { access_token: 't' } };
      if (path.startsWith('/customer')) return { body: {} };
      if (method === 'POST') return refused;
      looked += 1;
      return looked === 1 ? free : none;
    });
    expect(await book(planner, '')).toEqual({ ok: false, why: 'slot-taken' });
  });

  test.each<[string, ScriptedAnswer, Refusal]>([
    ['a lost answer', { lost: true }, 'outcome-unknown'],
    ['a fault', { status: 500, body: { title: 'InternalException' } }, 'outcome-unknown'],
    ['a success without an id', { body: { acknowledgeIsSuccess: true } }, 'outcome-unknown'],
    ['a request that was not sent', { unsent: true }, 'could-not-ask'],
    ['credentials that may not book', { status: 403 }, 'could-not-ask'],
    ['a fault at the address', { status: 400, body: { errors: [{ name: 'emailAddress' }] } }, 'email-refused'],
    ['too many requests', { status: 429 }, 'slow-down'],
  ])('maps a booking answered with %s', async (_what, answer, why) => {
    const { planner, asked } = jcc({ 'POST /appointment': answer });
    expect(await book(planner, '')).toEqual({ ok: false, why });
    expect(posts(asked)).toHaveLength(1);
  });

  test('gets one token for many calls, and another after a 401', async () => {
    const { planner, asked } = jcc({});
    await planner.desksOf('BIO');
    await book(planner, '');
    const tokens = () => asked.filter(({ path }) => path === '/connect/token');
    expect(tokens()).toEqual([
      { method: 'POST', path: '/connect/token', body: { grant_type: 'client_credentials', scope: 'warp-api' } },
    ]);
    const old = jcc({ 'POST /appointment': { status: 401 } });
    expect(await book(old.planner, '')).toEqual({ ok: false, why: 'could-not-ask' });
    expect(posts(old.asked)).toHaveLength(2);
    expect(old.asked.filter(({ path }) => path === '/connect/token')).toHaveLength(2);
  });

  test('sends no booking without a token', async () => {
    const { planner, asked } = jcc({ 'POST /connect/token': { status: 400, body: { error: 'invalid_client' } } });
    expect(await book(planner, '')).toEqual({ ok: false, why: 'could-not-ask' });
    expect(await planner.cancel(VIEWER, 'j1')).toEqual({ ok: false, why: 'could-not-ask' });
    expect(await planner.desksOf('BIO')).toEqual({ state: 'unavailable', why: 'failed' });
    expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/connect/token']));
  });

  test('asks 49 days at once, within the days of booking', async () => {
    const { planner, asked } = jcc({ 'GET /activity/appointmentdaterange': { body: { maxDate: '2027-01-15' } } });
    await planner.slotsOf('BIO', DESK, 1);
    await planner.slotsOf('BIO', DESK, 1, { from: '2026-12-01', until: '2027-12-31' });
    const windows = asked.flatMap(({ path }) => /fromDate=(.{10})&toDate=(.{10})/.exec(path)?.slice(1) ?? []);
    expect(windows.length % 2).toBe(0);
    for (const [index, from] of windows.entries())
      if (index % 2 === 0) {
        expect(from <= '2027-01-15').toBe(true);
        expect(Date.parse(windows[index + 1] ?? '') - Date.parse(from)).toBe(49 * 86_400_000);
      }
  });

  test('offers a party no larger than the activity takes', async () => {
    const { planner } = jcc({});
    expect(await planner.slotsOf('BIO', DESK, 3)).toMatchObject({ state: 'fresh', value: [] });
    const gone = jcc({ 'GET /activity/listforappointment': { body: [{ id: 'A2' }] } }).planner;
    expect(await gone.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
  });

  test.each([
    ['an appointment that is gone', { 'DELETE /appointment': { status: 404 } }, { ok: true, value: null }],
    [
      'a proxy that knows no path',
      { 'DELETE /appointment': { status: 404 }, 'GET /version': { status: 404 } },
      { ok: false, why: 'could-not-ask' },
    ],
    ['a lost answer', { 'DELETE /appointment': { lost: true } as const }, { ok: false, why: 'outcome-unknown' }],
    ['a refusal', { 'DELETE /appointment': refused }, { ok: false, why: 'not-possible' }],
    ['an answer without an id', { 'DELETE /appointment': { body: {} } }, { ok: false, why: 'outcome-unknown' }],
  ])('maps a cancellation answered with %s', async (_what, answers, expected) => {
    expect(await jcc(answers).planner.cancel(VIEWER, 'j1')).toEqual(expected);
  });

  test('tells where and when an appointment is now', async () => {
    const location = { id: DESK.key, description: 'D' };
    const appointment = {
      id: 'j1',
      startDateTime: '2037-03-30T09:00:00',
      endDateTime: '2037-03-30T09:20:00',
      location,
    };
    const found = jcc({ 'GET /appointment?id=': { body: appointment } });
    expect(await found.planner.find(VIEWER, 'j1')).toMatchObject({
      value: { state: 'booked', startsAt: '2037-03-30T07:00:00Z', endsAt: '2037-03-30T07:20:00Z', code: 'e4116a' },
    });
    const gone = { 'GET /appointment?id=': { status: 404 }, 'GET /appointment/qrcode': { status: 404 } };
    expect(await jcc(gone).planner.find(VIEWER, 'j1')).toMatchObject({ value: { state: 'cancelled' } });
    expect(await jcc({ ...gone, 'GET /version': { lost: true } }).planner.find(VIEWER, 'j1')).toEqual({
      ok: false,
      why: 'could-not-ask',
    });
  });
});
