import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { ACTIVITIES, GRONINGEN } from '../../mocks/jcc/location';
import { JCC_CLIENT } from '../../mocks/secrets';
import { byStart, plannerWith } from '../agency/planner';
import { personNumber, thisMorning, VIEWER } from '../races/planners';
import { call, post } from './agency-client';
import { fieldsOf, official, unknownFields, unlike } from './planner-shapes';

let agency: Agency;
let headers: Readonly<Record<string, string>>;
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
  const answer = await fetch(url('connect/token'), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${JCC_CLIENT.id}:${JCC_CLIENT.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'warp-api' }),
  });
  headers = { authorization: `Bearer ${(await answer.json()).access_token}` };
});
afterEach(() => agency.reset());
afterAll(() => agency.stop());

const url = (path: string) => `${agency.url}/jcc/api/warp/v1/${path}`;
const BIO = ACTIVITIES[0]?.id ?? '';
const DOC = ACTIVITIES[1]?.id ?? '';
const read = (path: string) => call(url(path), { headers });
const today = () => thisMorning().slice(0, 10);
const timesPath = (days = 14) => {
  const until = new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10);
  return `appointment/availabletimelist?locationId=${GRONINGEN.key}&fromDate=${today()}&toDate=${until}&activityId=${BIO}&amount=1`;
};
const wish = (fromDateTime: string, activityId = BIO) => ({
  ...fieldsOf(official('jcc/book-request.json')),
  activityList: [{ activityId, amount: 1 }],
  fromDateTime,
  locationId: GRONINGEN.key,
});
const send = (body: unknown) =>
  fetch(url('appointment'), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(async (answer) => ({ status: answer.status, body: await answer.json() }));
const lastTime = async () => `${(await read(timesPath())).body.availableTimesList.at(-1)}+01:00`;

describe('responses compared with the recorded bodies', () => {
  it('have all recorded fields with the same types', async () => {
    const booked = await send(wish(await lastTime()));
    const pairs: [string, unknown][] = [
      ['activities', (await read('activity/listforappointment')).body],
      ['locations', (await read(`location/forappointment?selectedActivityId=${BIO}`)).body],
      ['date-range', (await read(`activity/appointmentdaterange?activityId=${BIO}`)).body],
      ['times', (await read(timesPath())).body],
      ['booked', booked.body],
      ['appointment', (await read(`appointment?id=${booked.body.id}`)).body],
      ['qrcode', (await read(`appointment/qrcode?id=${booked.body.id}`)).body],
      ['cancelled', (await call(url(`appointment?id=${booked.body.id}`), { method: 'DELETE', headers })).body],
    ];
    for (const [file, ours] of pairs) expect(unlike(official(`jcc/${file}.json`), ours), file).toEqual([]);
    const states = Object.values((await read(`customer/customerfields/required?selectedActivityId=${DOC}`)).body);
    expect(states.every((state) => state === 1 || state === 2)).toBe(true);
  });
});

describe('the adapter given the recorded bodies', () => {
  it('reads location, times, fields and booking', async () => {
    const [activity] = Object.values(fieldsOf(official('jcc/activities.json'))).slice(1);
    const { planner, asked } = plannerWith(
      { kind: 'jcc', clientId: 'zicht', clientSecret: 's', products: { BIO: fieldsOf(activity).id } },
      byStart({
        'POST /connect/token': { body: { access_token: 't' } },
        'GET /activity/listforappointment': { body: official('jcc/activities.json') },
        'GET /location/forappointment': { body: official('jcc/locations.json') },
        'GET /customer/customerfields/required': { body: official('jcc/fields.json') },
        'GET /activity/appointmentdaterange': { body: official('jcc/date-range.json') },
        'GET /appointment/availabletimelist': { body: official('jcc/times.json') },
        'GET /appointment/qrcode': { body: JSON.stringify(official('jcc/qrcode.json')) },
        'POST /appointment': { body: official('jcc/booked.json') },
        'DELETE /appointment': { body: official('jcc/cancelled.json') },
      }),
    );
    const [desk] = knownValue(await planner.desksOf('BIO')) ?? [];
    expect(desk).toMatchObject({
      name: 'Gemeentehuis Meerbergen',
      place: { street: 'Raadhuisplein 1', postcode: '1234 AZ', city: 'Meerbergen' },
      asks: { email: 'required', phone: 'required', own: [] },
    });
    if (!desk) return;
    const slot = {
      key: '2026-08-21T15:40',
      desk,
      date: '2026-08-21',
      startTime: '15:40',
      endTime: '16:10',
      zone: 'Europe/Amsterdam',
      instant: '2026-08-21T13:40:00Z',
    };
    const request = { product: 'BIO', slot, hold: '', reference: 'wish-1', ...personNumber(1) } as const;
    expect(await planner.book(VIEWER, request)).toMatchObject({ ok: true, value: { code: 'e4116a91311be2' } });
    const sent = asked.find(({ method, path }) => method === 'POST' && path === '/appointment')?.body;
    const recorded = fieldsOf(official('jcc/book-request.json'));
    expect(unknownFields({ ...recorded, customerList: [] }, { ...fieldsOf(sent), customerList: [] })).toEqual([]);
    expect(sent).toMatchObject({ fromDateTime: recorded.fromDateTime, toDateTime: recorded.toDateTime });
  });
});

describe('the known quirks', () => {
  it('leaves the last day out and takes at most 50 days', async () => {
    expect((await read(timesPath(0))).body.availableTimesList).toEqual([]);
    expect((await read(timesPath(50))).status).toBe(200);
    expect((await read(timesPath(51))).status).toBe(500);
  });

  it('refuses a taken time and a missing field with 200', async () => {
    const at = await lastTime();
    expect((await send(wish(at))).body).toMatchObject({ acknowledgeIsSuccess: true });
    expect(await send(wish(at))).toMatchObject({ status: 200, body: { acknowledgeIsSuccess: false } });
    const lacking = { ...wish(at, DOC), customerList: [{ isMainCustomer: true, lastName: 'Boei' }] };
    expect(await send(lacking)).toMatchObject({ body: { acknowledgeIsSuccess: false } });
  });

  it('refuses a caller without a token', async () => {
    expect((await call(url('version'))).status).toBe(401);
    expect((await post(url('connect/token'), {})).status).toBe(400);
  });
});
