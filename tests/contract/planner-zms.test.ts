import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plannerFor } from '../../app/agency/planner.server';
import { plannersFromJson } from '../../app/config/planners.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { adapterFor, freeSlots, personNumber, type Reached, thisMorning, VIEWER } from '../races/planners';
import { call, post } from './agency-client';
import { readDescription, SPECS } from './openapi';
import { type Exchange, faultsOf, fieldsOf, recording, schemasIn } from './planner-shapes';

const paths = readDescription(join(SPECS, 'zms/paths.yaml'));

let agency: Agency;
const opened: Reached[] = [];
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterEach(async () => {
  agency.reset();
  for (const { gate } of opened.splice(0)) await gate.close();
});
afterAll(() => agency.stop());

const url = (path: string) => `${agency.url}/zms/citizen${path}`;
const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3_600_000).toISOString().slice(0, 10);
const calendarPath = (from = day(0), until = day(50), more = '') =>
  `/available-calendar/?startDate=${from}&endDate=${until}&officeIds=31001&serviceIds=7101&serviceCounts=1${more}`;

/** Every question of the adapter on the way from a search to a cancelled booking. */
async function wholeWay(): Promise<Exchange[]> {
  const reached = adapterFor(agency, 'zms');
  opened.push(reached);
  const asked: Exchange[] = [];
  const [settings] = plannersFromJson.parse(
    JSON.stringify(plannerList(agency.url).filter(({ kind }) => kind === 'zms')),
  );
  if (!settings) throw new Error('no settings');
  const planner = plannerFor(settings, recording(reached.gate, asked), 0);
  const [slot] = (await freeSlots(planner)).slots;
  if (!slot) throw new Error('no slot');
  const held = await planner.hold(VIEWER, { product: 'BIO', slot, partySize: 1 });
  if (!held.ok) throw new Error(held.why);
  const request = { product: 'BIO', slot, hold: held.value.handle, reference: 'wish', ...personNumber(1) } as const;
  const booked = await planner.book(VIEWER, request);
  if (!booked.ok) throw new Error(booked.why);
  await planner.find(VIEWER, booked.value.key);
  await planner.cancel(VIEWER, booked.value.key);
  return asked;
}

const schema = schemasIn('zms/schema');

describe('answers against the official schemas', () => {
  it('gives its catalogue, calendar and appointments in every state in their shapes', async () => {
    const catalogue = await call(url('/offices-and-services/'));
    expect(faultsOf(schema('collections/officeServiceAndRelationList.json'), catalogue.body)).toEqual([]);
    const calendar = await call(url(calendarPath()));
    expect(calendar.body.availableDays.length).toBeGreaterThan(5);
    expect(faultsOf(schema('availableCalendar.json'), calendar.body)).toEqual([]);
    const process = schema('thinnedProcess.json');
    const timestamp = calendar.body.availableDays[2].offices[0].appointments[0];
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

describe('our questions against the official description', () => {
  it('have its paths, its methods and its parameters, and none that it requires is left out', async () => {
    const asked = await wholeWay();
    expect(asked.length).toBeGreaterThanOrEqual(8);
    for (const { method, path } of asked) {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      const parameters = parametersOf(paths, pathname, method.toLowerCase());
      expect(parameters, `${method} ${pathname}`).not.toBeNull();
      const given = [...searchParams.keys()];
      const known = parameters?.filter((each) => each.in === 'query') ?? [];
      expect(given.filter((name) => !known.some((each) => each.name === name))).toEqual([]);
      expect(known.filter(({ name, required }) => required && !given.includes(name))).toEqual([]);
    }
  });

  it('name an appointment by number and key in each change, and a reservation by the documented fields', async () => {
    const asked = await wholeWay();
    const bodyOf = (part: string) => asked.find(({ path }) => path.includes(part))?.body;
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
  it('answers a range the wrong way round, or too large, with 520', async () => {
    for (const path of [calendarPath(day(9), day(2)), calendarPath(day(0), day(400))]) {
      const { status, body } = await call(url(path));
      expect(status).toBe(520);
      expect(body.errors).toMatchObject([{ errorCode: 'unknownError', statusCode: 520 }]);
    }
  });

  it('names all that is wrong with a question', async () => {
    const { status, body } = await call(url('/available-calendar/?startDate=x&officeIds=31001&serviceIds=7101'));
    expect(status).toBe(400);
    expect(body.errors.map(({ errorCode }: { errorCode: string }) => errorCode)).toEqual([
      'invalidStartDate',
      'invalidEndDate',
      'invalidServiceCount',
    ]);
  });

  it('gives days over the wide range, and times only in the narrow one', async () => {
    const { body } = await call(
      url(calendarPath(day(0), day(50), `&slotsStartDate=${day(8)}&slotsEndDate=${day(12)}`)),
    );
    const withTimes = body.availableDays.filter(({ offices }: { offices: unknown[] }) => offices.length > 0);
    expect(withTimes.length).toBeLessThan(body.availableDays.length);
    expect(body.nextBookableDate > day(12)).toBe(true);
  });

  it('keeps out who does not know the key, and what is over', async () => {
    const calendar = await call(url(calendarPath()));
    const timestamp = calendar.body.availableDays[2].offices[0].appointments[0];
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

  it('wants a proof of work first where the office has one, and no more than so many calls a minute', async () => {
    const other = await startAgency({ now: thisMorning(), zms: { captcha: true, callsPerMinute: 3 } });
    try {
      const reached = adapterFor(other, 'zms');
      opened.push(reached);
      const desks = await reached.planner.desksOf('BIO');
      const desk = desks.state === 'unavailable' ? undefined : desks.value[0];
      if (!desk) throw new Error('no desk');
      expect(await reached.planner.slotsOf('BIO', desk, 1)).toEqual({ state: 'unavailable', why: 'refused' });
      const slot = { key: '1900000000', desk, date: '', startTime: '', endTime: '', zone: '', instant: '' };
      const wish = { product: 'BIO', slot, partySize: 1 } as const;
      expect(await reached.planner.hold(VIEWER, wish)).toEqual({ ok: false, why: 'challenge-needed' });
      expect(await reached.planner.hold(VIEWER, wish)).toEqual({ ok: false, why: 'slow-down', retryAfter: 60 });
    } finally {
      await other.stop();
    }
  });
});

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** The parameters of an operation; null where the description has none such. */
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
