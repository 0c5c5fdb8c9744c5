import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plannerFor } from '../../app/agency/planner.server';
import { plannersFromJson } from '../../app/config/planners.server';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { adapterFor, freeSlots, personNumber, type Reached, thisMorning, VIEWER } from '../races/planners';
import { call, post } from './agency-client';
import { readDescription, SPECS } from './openapi';
import { type Exchange, faultsOf, fieldsOf, recording, schemasIn } from './planner-shapes';

const paths = readDescription(join(SPECS, 'zms/paths.yaml'));

let agency: Agency;
const opened: Reached[] = [];
const others: Agency[] = [];
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterEach(async () => {
  agency.reset();
  for (const { gate } of opened.splice(0)) await gate.close();
  for (const other of others.splice(0)) await other.stop();
});
afterAll(() => agency.stop());

const url = (path: string) => `${agency.url}/zms/citizen${path}`;
const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3_600_000).toISOString().slice(0, 10);
const calendarPath = (from = day(0), until = day(50), more = '') =>
  `/available-calendar/?startDate=${from}&endDate=${until}&officeIds=31001&serviceIds=7101&serviceCounts=1${more}`;

/** Returns all requests of the adapter from the search to the cancelled booking. */
async function allRequests(): Promise<Exchange[]> {
  const reached = adapterFor(agency, 'zms');
  opened.push(reached);
  const requests: Exchange[] = [];
  const [settings] = plannersFromJson.parse(
    JSON.stringify(plannerList(agency.url).filter(({ kind }) => kind === 'zms')),
  );
  if (!settings) throw new Error('no settings');
  const planner = plannerFor(settings, recording(reached.gate, requests), 0);
  const [slot] = (await freeSlots(planner)).slots;
  if (!slot) throw new Error('no slot');
  const held = await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
  if (!held.ok) throw new Error(held.why);
  const request = { product: 'BIO', slot, hold: held.value.handle, reference: 'wish', ...personNumber(1) } as const;
  const booked = await planner.book(VIEWER, request);
  if (!booked.ok) throw new Error(booked.why);
  await planner.find(VIEWER, booked.value.key);
  await planner.cancel(VIEWER, booked.value.key);
  return requests;
}

const schema = schemasIn('zms/schema');

describe('responses compared with the official schemas', () => {
  it('match for the catalogue, the calendar and every state of an appointment', async () => {
    const catalogue = await call(url('/offices-and-services/'));
    expect(faultsOf(schema('collections/officeServiceAndRelationList.json'), catalogue.body)).toEqual([]);
    const calendar = await call(url(calendarPath()));
    expect(calendar.body.availableDays.length).toBeGreaterThan(5);
    expect(faultsOf(schema('availableCalendar.json'), calendar.body)).toEqual([]);
    const process = schema('thinnedProcess.json');
    const timestamp = calendar.body.availableDays[0].offices[0].appointments.at(-1);
    const wish = { timestamp, officeId: '31001', serviceId: ['7101'], serviceCount: [1] };
    const reserved = await post(url('/reserve-appointment/'), wish);
    const { processId, authKey } = reserved.body;
    const person = { familyName: 'Amal Voorbeeld', email: 'a@example.test', telephone: '0600000000' };
    const answers = [reserved];
    for (const step of ['update', 'preconfirm', 'confirm', 'cancel'])
      answers.push(await post(url(`/${step}-appointment/`), { processId, authKey, scope: null, ...person }));
    expect(answers.map(({ body }) => body.status)).toEqual([
      'reserved',
      'reserved',
      'preconfirmed',
      'confirmed',
      'deleted',
    ]);
    for (const { body } of answers) expect(faultsOf(process, body)).toEqual([]);
    expect(reserved.body.timestamp).toBe(String(timestamp));
  });
});

describe('requests compared with the official description', () => {
  it('use its paths, methods and parameters, with all required ones', async () => {
    const requests = await allRequests();
    expect(requests.length).toBeGreaterThanOrEqual(8);
    for (const { method, path } of requests) {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      const parameters = parametersOf(paths, pathname, method.toLowerCase());
      expect(parameters, `${method} ${pathname}`).not.toBeNull();
      const given = [...searchParams.keys()];
      const known = parameters?.filter((each) => each.in === 'query') ?? [];
      expect(given.filter((name) => !known.some((each) => each.name === name))).toEqual([]);
      expect(known.filter(({ name, required }) => required && !given.includes(name))).toEqual([]);
    }
  });

  it('identify an appointment by number and key, and reserve with documented fields', async () => {
    const requests = await allRequests();
    const bodyOf = (part: string) => requests.find(({ path }) => path.includes(part))?.body;
    expect(bodyOf('/reserve-')).toEqual({
      timestamp: expect.any(Number),
      officeId: '31001',
      serviceId: ['7101'],
      serviceCount: [1],
    });
    for (const step of ['update', 'preconfirm', 'confirm', 'cancel'])
      expect(bodyOf(`/${step}-`)).toMatchObject({
        processId: expect.any(Number),
        authKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        scope: { id: 1 },
      });
    expect(bodyOf('/update-')).toMatchObject({
      familyName: 'Visitor Number 1',
      email: 'visitor1@example.test',
      telephone: '0600000000',
      customTextfield: '2800000001',
    });
  });
});

describe('the known quirks', () => {
  it('answers 520 for a reversed or too long date range', async () => {
    for (const path of [calendarPath(day(9), day(2)), calendarPath(day(0), day(400))]) {
      const { status, body } = await call(url(path));
      expect(status).toBe(520);
      expect(body.errors).toMatchObject([{ errorCode: 'unknownError', statusCode: 520 }]);
    }
  });

  it('lists all errors of a request', async () => {
    const { status, body } = await call(url('/available-calendar/?startDate=x&officeIds=31001&serviceIds=7101'));
    expect(status).toBe(400);
    expect(body.errors.map(({ errorCode }: { errorCode: string }) => errorCode)).toEqual([
      'invalidStartDate',
      'invalidEndDate',
      'invalidServiceCount',
    ]);
  });

  it('returns all open days, and the times of the first one only', async () => {
    const openWith = async (more: string) => {
      const { body } = await call(url(calendarPath(day(0), day(50), more)));
      const withTimes = body.availableDays.filter(({ offices }: { offices: unknown[] }) => offices.length > 0);
      return { days: body.availableDays.length, first: withTimes.map(({ date }: { date: string }) => date) };
    };
    const wide = await openWith('');
    expect([wide.days > 5, wide.first.length]).toEqual([true, 1]);
    const later = await openWith(`&slotsStartDate=${day(8)}&slotsEndDate=${day(12)}`);
    expect([later.days, later.first.length]).toEqual([wide.days, 1]);
    expect(later.first[0] >= day(8)).toBe(true);
  });

  it('refuses a wrong key and an expired appointment', async () => {
    const calendar = await call(url(calendarPath()));
    const timestamp = calendar.body.availableDays[0].offices[0].appointments.at(-1);
    const wish = { timestamp, officeId: '31001', serviceId: ['7101'], serviceCount: [1] };
    const { body } = await post(url('/reserve-appointment/'), wish);
    const read = (key: string) => call(url(`/appointment/?processId=${body.processId}&authKey=${key}`));
    expect((await read('fb43')).body.errors[0].errorCode).toBe('authKeyMismatch');
    expect((await read('x')).body.errors[0].errorCode).toBe('invalidAuthKey');
    expect((await read(body.authKey)).status).toBe(200);
    expect((await post(url('/reserve-appointment/'), wish)).body.errors[0].errorCode).toBe('appointmentNotAvailable');
    agency.moveClock({ advanceMinutes: 16 });
    expect((await read(body.authKey)).status).toBe(404);
  });

  const reachedAt = async (options: NonNullable<Parameters<typeof startAgency>[0]>['zms'] & object) => {
    const other = await startAgency({ now: thisMorning(), zms: options });
    const reached = adapterFor(other, 'zms');
    opened.push(reached);
    others.push(other);
    const [desk] = knownValue(await reached.planner.desksOf('BIO')) ?? [];
    if (!desk) throw new Error('no desk');
    return { ...reached, desk };
  };

  it('can require a proof of work, which the adapter does', async () => {
    const { planner, desk } = await reachedAt({ captcha: true });
    const slots = knownValue(await planner.slotsOf('BIO', desk, 1)) ?? [];
    expect(new Set(slots.map(({ date }) => date)).size).toBeGreaterThan(5);
    const [slot] = slots;
    if (!slot) throw new Error('no slot');
    expect(await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 })).toMatchObject({ ok: true });
  });

  it('can limit calls per minute', async () => {
    const { planner, desk } = await reachedAt({ callsPerMinute: 1 });
    const slot = { key: '1900000000', desk, date: '', startTime: '', endTime: '', zone: '', instant: '' };
    const wish = { product: 'BIO', slot, partySize: 1 } as const;
    const refused = { ok: false, why: 'slow-down' };
    expect(await planner.hold(VIEWER, wish)).toMatchObject(refused);
    // The gate asks no more while the planner wants a pause.
    expect(await planner.hold(VIEWER, wish)).toMatchObject(refused);
  });
});

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** Returns an operation's parameters, or null when the description lacks the operation. */
function parametersOf(description: unknown, path: string, method: string): Parameter[] | null {
  const operation = inside(inside(inside(description, 'paths'), path), method);
  if (operation === undefined) return null;
  const listed = inside(operation, 'parameters');
  return (Array.isArray(listed) ? listed : []).map((each: unknown) => ({
    name: String(inside(each, 'name')),
    in: String(inside(each, 'in')),
    required: inside(each, 'required') === true,
  }));
}

const inside = (node: unknown, name: string): unknown => fieldsOf(node)[name];
