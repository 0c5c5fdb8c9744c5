import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { EINDHOVEN, SERVICES } from '../../mocks/qmatic/branch';
import { byStart, plannerWith } from '../agency/planner';
import { personNumber, thisMorning, VIEWER } from '../races/planners';
import { call, post } from './agency-client';
import { fieldsOf, official, unknownFields, unlike } from './planner-shapes';

const bookRequest = official('qmatic/example-book-request.json');

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterEach(() => agency.reset());
afterAll(() => agency.stop());

const BIO = SERVICES[0]?.publicId ?? '';
const DOC = SERVICES[1]?.publicId ?? '';
const url = (path: string) => `${agency.url}/qmatic/api${path}`;
const matrix = `;servicePublicId=${BIO};numberOfCustomers=1`;
const dates = (more = matrix) => call(url(`/v2/branches/${EINDHOVEN.key}/dates${more}`));

/** The path of a free slot some days ahead. */
async function freeTime(): Promise<string> {
  const { body } = await dates();
  const date = String(body.dates[3]).slice(0, 10);
  const times = await call(url(`/v2/branches/${EINDHOVEN.key}/dates/${date}/times${matrix}`));
  return `/v2/branches/${EINDHOVEN.key}/dates/${date}/times/${times.body.times[0]}`;
}

const customers = [{ firstName: 'Amal', lastName: 'Voorbeeld', email: 'amal@example.test', phone: '' }];
const wish = { title: 'Visit', notes: '', services: [{ publicId: BIO }], customers };

describe('responses compared with the recorded bodies', () => {
  it('have all recorded fields with the same types', async () => {
    const pairs: [string, unknown][] = [
      ['qmatic/example-branches.json', (await call(url('/v1/branches'))).body],
      ['qmatic/branches.json', (await call(url('/v1/branches'))).body],
      ['qmatic/limited_branches.json', (await call(url(`/v1/services/${BIO}/branches`))).body],
      ['qmatic/example-branch.json', (await call(url(`/v1/branches/${EINDHOVEN.key}`))).body],
      ['qmatic/example-services.json', (await call(url(`/v1/branches/${EINDHOVEN.key}/services`))).body],
      ['qmatic/services.json', (await call(url(`/v1/branches/${EINDHOVEN.key}/services`))).body],
      ['qmatic/example-dates.json', (await dates()).body],
    ];
    const time = await freeTime();
    const times = await call(url(`${time.split('/').slice(0, -1).join('/')}${matrix}`));
    pairs.push(['qmatic/example-times.json', times.body], ['qmatic/times.json', times.body]);
    const booked = await post(url(`${time}/book`), wish);
    expect(booked.status).toBe(202);
    pairs.push(['qmatic/example-book-response-202.json', booked.body], ['qmatic/book.json', booked.body]);
    const read = await call(url(`/v1/appointments/${booked.body.publicId}`));
    pairs.push(['qmatic/appointment.json', read.body]);
    for (const [file, ours] of pairs) expect(unlike(official(file), ours), file).toEqual([]);
    expect([booked.body.start, read.body.appointment.start]).toEqual([
      expect.stringMatching(/\.000\+0000$/),
      expect.stringMatching(/\.000\+00:00$/),
    ]);
  });
});

describe('the adapter given the recorded bodies', () => {
  it('reads the branch, its slots in its own zone, and the booking', async () => {
    const branch = 'bbbbbbbb00000000000000000000000000000000000000000000000000000000';
    const { planner, asked } = plannerWith(
      { kind: 'qmatic', zone: 'UTC', products: { DOC: 'DOC' }, holds: false },
      byStart({
        'GET /v1/services/DOC/branches': { body: official('qmatic/example-branches.json') },
        [`GET /v1/branches/${branch}/services`]: { body: official('qmatic/example-services.json') },
        [`GET /v2/branches/${branch}/dates;`]: { body: withDates(['2036-03-31T00:00:00']) },
        [`GET /v2/branches/${branch}/dates/2036-03-31/times;`]: { body: official('qmatic/example-times.json') },
        [`POST /v2/branches/${branch}/dates/2036-03-31/times/08:30/book`]: {
          status: 202,
          body: {
            ...fieldsOf(official('qmatic/example-book-response-202.json')),
            start: '2036-03-31T06:30:00.000+0000',
          },
        },
      }),
    );
    const [desk] = knownValue(await planner.desksOf('DOC')) ?? [];
    expect(desk).toEqual({
      key: branch,
      name: 'Loket Amsterdam',
      place: { street: 'Voorbeeldweg 1', postcode: '1000 AA', city: 'Amsterdam' },
      asks: { email: 'optional', phone: 'optional', own: [] },
    });
    if (!desk) return;
    const slots = knownValue(await planner.slotsOf('DOC', desk, 2)) ?? [];
    expect(slots.map(({ startTime, endTime, zone }) => `${startTime}-${endTime} ${zone}`)).toEqual([
      '08:30-08:45 Europe/Amsterdam',
      '08:35-08:50 Europe/Amsterdam',
      '09:10-09:25 Europe/Amsterdam',
    ]);
    const [slot] = slots;
    if (!slot) return;
    const request = { product: 'DOC', slot, hold: '', reference: 'wish-1', ...personNumber(1) } as const;
    expect(await planner.book(VIEWER, request)).toMatchObject({ ok: true, value: { code: null, state: 'booked' } });
    const sent = asked.at(-1);
    // The request has every recorded field. Any further field must be a known customer field.
    expect(unlike(bookRequest, sent?.body)).toEqual([]);
    const known = fieldsOf(official('qmatic/book.json'));
    expect(unknownFields({ ...known, services: [{ publicId: '' }] }, sent?.body)).toEqual([]);
    for (const { path } of asked) expect(path).not.toMatch(/%3B|%3D/i);
  });
});

describe('the known quirks', () => {
  it('ignores encoded matrix parameters, and gives the reason in a header only', async () => {
    const lost = await dates(encodeURIComponent(matrix));
    expect(lost.status).toBe(404);
    const unknown = await dates(';servicePublicId=nothing;numberOfCustomers=1');
    expect([unknown.status, unknown.body, unknown.headers.get('error_code')]).toEqual([400, null, 'E401']);
  });

  it('answers 500 with E440 for a reserved or booked slot', async () => {
    const time = await freeTime();
    const reserved = await post(url(`${time}/reserve;numberOfCustomers=1`), { services: [{ publicId: BIO }] });
    expect(reserved.body).toMatchObject({ status: 10, customers: [] });
    for (const verb of ['reserve', 'book']) {
      const second = await post(url(`${time}/${verb};numberOfCustomers=1`), wish);
      expect([second.status, second.headers.get('error_code')]).toEqual([500, 'E440']);
    }
    expect((await call(url(`/v1/appointments/${reserved.body.publicId}`), { method: 'DELETE' })).status).toBe(204);
    expect((await post(url(`${time}/book`), wish)).status).toBe(202);
  });

  it('expires a reservation, and confirms it only once', async () => {
    const time = await freeTime();
    const services = [{ publicId: BIO }];
    const reserve = () => post(url(`${time}/reserve;numberOfCustomers=1`), { services });
    const first = await reserve();
    agency.moveClock({ advanceMinutes: 16 });
    const path = (id: string) => url(`/v2/branches/appointments/${id}/confirm`);
    expect((await post(path(first.body.publicId), wish)).status).toBe(404);
    const second = await reserve();
    expect((await post(path(second.body.publicId), { ...wish, customers: [] })).status).toBe(400);
    expect((await post(path(second.body.publicId), wish)).body).toMatchObject({ status: 20 });
    expect((await post(path(second.body.publicId), wish)).status).toBe(400);
  });

  it("lists appointments by the portal's own key", async () => {
    const time = await freeTime();
    const list = () => call(url('/v1/customers/externalId/wish-7/appointments'));
    expect((await list()).status).toBe(404);
    await post(url(`${time}/book`), { ...wish, customers: [{ ...customers[0], externalId: 'wish-7' }] });
    expect((await list()).body.appointmentList).toHaveLength(1);
  });

  it('has separate slots per service', async () => {
    const other = await dates(`;servicePublicId=${DOC};numberOfCustomers=1`);
    expect(other.body.dates).not.toEqual((await dates()).body.dates);
  });
});

const withDates = (list: readonly string[]) => ({ ...fieldsOf(official('qmatic/example-dates.json')), dates: list });
