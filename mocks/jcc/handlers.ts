import { HttpResponse, http, type RequestHandler } from 'msw';
import { Temporal } from 'temporal-polyfill';
import { SLOT_MINUTES } from '../planner/calendar';
import { JCC_CLIENT } from '../secrets';
import { AGENCY_ZONE, type Clock } from '../world/clock';
import { digestOf } from '../world/seed';
import type { Customer, JccAppointment, JccAppointments } from './appointments';
import { ACTIVITIES, activityBody, fieldsBody, GRONINGEN, locationBody } from './location';

const JCC_BASE = '/jcc/api/warp/v1';
const TOKEN_SECONDS = 3600;
const MOST_DAYS = 50;

/**
 * A planner that speaks the REST API of JCC-Afspraken, for one city hall. Known quirks are there: a token of its own,
 * local times without a zone, at most 50 days of which the last one is left out, a duration in seconds, 500 for what it
 * does not understand, and a refusal that is answered with 200.
 */
export function jccHandlers(clock: Clock, appointments: JccAppointments): RequestHandler[] {
  const tokens = createTokens();
  const call = async ({ request }: { readonly request: Request }) => {
    const url = new URL(request.url);
    const path = url.pathname.split(`${JCC_BASE}/`)[1] ?? '';
    if (path === 'connect/token') return tokens.issue(request);
    if (!tokens.permits(request)) return new HttpResponse(null, { status: 401 });
    const body = request.method === 'POST' ? await readObject(request) : {};
    return answerTo(clock, appointments, `${request.method} ${path}`, url.searchParams, body) ?? trouble(path);
  };
  return [http.get(`*${JCC_BASE}/*`, call), http.post(`*${JCC_BASE}/*`, call), http.delete(`*${JCC_BASE}/*`, call)];
}

function answerTo(
  clock: Clock,
  appointments: JccAppointments,
  what: string,
  query: URLSearchParams,
  body: Readonly<Record<string, unknown>>,
): Response | undefined {
  const activityOf = (id: string | null) => ACTIVITIES.find((each) => each.id === id);
  const selected = activityOf(query.get('selectedActivityId'));
  if (what === 'GET version') return ok({ warpApiVersion: '1.0', afsprakenVersion: '6.0' });
  if (what === 'GET activity/listforappointment') return ok(ACTIVITIES.map(activityBody));
  if (what === 'GET location/forappointment') return ok(selected ? [locationBody()] : []);
  if (what === `GET location/${GRONINGEN.key}`) return ok(locationBody());
  if (what === 'GET customer/customerfields/required') return selected && ok(fieldsBody(selected));
  if (what === 'GET activity/appointmentdaterange') {
    const first = clock.now().toZonedDateTimeISO(AGENCY_ZONE).toPlainDate();
    return ok({ minDate: `${first}T00:00:00`, maxDate: `${first.add({ years: 1 })}T00:00:00` });
  }
  if (what === 'GET appointment/availabletimelist') return freeTimes(appointments, query);
  if (what === 'POST appointment') return book(appointments, body);
  const found = appointments.get(query.get('id') ?? '');
  if (!what.includes('appointment')) return undefined;
  if (!found) return new HttpResponse(null, { status: 404 });
  if (what === 'GET appointment') return ok(appointmentBody(found));
  if (what === 'GET appointment/qrcode') return ok(digestOf('qr', found.id).slice(0, 14));
  if (what !== 'DELETE appointment') return undefined;
  appointments.cancel(found);
  return ok({ id: found.id });
}

function freeTimes({ diary }: JccAppointments, query: URLSearchParams): Response | undefined {
  const activity = ACTIVITIES.find(({ id }) => id === query.get('activityId'));
  const [from, to] = [query.get('fromDate') ?? '', query.get('toDate') ?? ''];
  const persons = Number(query.get('amount'));
  if (!activity || query.get('locationId') !== GRONINGEN.key || !(persons >= 1)) return undefined;
  if (Temporal.PlainDate.from(from).until(to).days > MOST_DAYS) return undefined;
  const free = persons > activity.most ? [] : diary.free(GRONINGEN, activity.product, persons);
  const times = free.filter(({ date }) => date >= from && date < to);
  return ok({
    availableTimesList: times.map(({ date, startTime }) => `${date}T${startTime}:00`),
    appointmentDuration: SLOT_MINUTES * 60 * persons,
  });
}

function book(appointments: JccAppointments, body: Readonly<Record<string, unknown>>): Response | undefined {
  const [wanted] = listIn(body.activityList);
  const activity = ACTIVITIES.find(({ id }) => id === wanted?.activityId);
  const customers = listIn(body.customerList);
  const main = customers.find(({ isMainCustomer }) => isMainCustomer === true);
  const start = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):00[+-]\d{2}:\d{2}$/.exec(String(body.fromDateTime));
  const [, date, startTime] = start ?? [];
  if (!activity || !main?.lastName || !date || !startTime || body.locationId !== GRONINGEN.key) return undefined;
  const lacking = activity.requires.filter((name) => !main[name]);
  if (lacking.length > 0) return no(`Verplicht veld ontbreekt: ${lacking.join(', ')}`);
  const wish = { desk: GRONINGEN, product: activity.product, persons: Number(wanted?.amount), date, startTime };
  const made = appointments.book(wish, { customers, message: String(body.message ?? '') });
  return made ? ok({ id: made.id, acknowledgeIsSuccess: true }) : no('De gekozen tijd is niet beschikbaar.');
}

function appointmentBody({ id, number, place, customers, message }: JccAppointment) {
  const { slot, product, persons } = place;
  return {
    id,
    startDateTime: `${slot.date}T${slot.startTime}:00`,
    endDateTime: `${slot.date}T${slot.endTime}:00`,
    number,
    activityList: ACTIVITIES.flatMap((activity, index) =>
      activity.product === product ? [{ amount: persons, activity: activityBody(activity, index) }] : [],
    ),
    customerList: customers.map((customer, index) => ({ ...customer, id: digestOf('customer', id, String(index)) })),
    location: { id: GRONINGEN.key, description: GRONINGEN.name },
    fieldList: [],
    message,
    creationDateTime: `${slot.date}T00:00:00`,
  };
}

function createTokens() {
  const issued = new Map<string, number>();
  const expected = `Basic ${Buffer.from(`${JCC_CLIENT.id}:${JCC_CLIENT.secret}`).toString('base64')}`;
  return {
    issue: async (request: Request): Promise<Response> => {
      const form = new URLSearchParams(await request.text());
      if (request.headers.get('authorization') !== expected)
        return HttpResponse.json({ error: 'invalid_client' }, { status: 400 });
      if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'warp-api')
        return HttpResponse.json({ error: 'invalid_scope' }, { status: 400 });
      const token = digestOf('token', String(issued.size));
      issued.set(token, Date.now() + TOKEN_SECONDS * 1000);
      return ok({ access_token: token, expires_in: TOKEN_SECONDS, token_type: 'Bearer', scope: 'warp-api' });
    },
    permits: ({ headers }: Request) =>
      (issued.get(headers.get('authorization')?.replace('Bearer ', '') ?? '') ?? 0) > Date.now(),
  };
}

const ok = (body: object | string) => HttpResponse.json(body);

/** A refusal, which the API answers with 200. */
const no = (message: string) =>
  ok({ id: '00000000-0000-0000-0000-000000000000', code: 400, message, acknowledgeIsSuccess: false });

/** What the API says of all that it does not understand. */
const trouble = (path: string) =>
  HttpResponse.json(
    {
      title: 'InternalException',
      detail: 'InternalException: code -1',
      instance: `/api/warp/v1/${path}`,
      type: 'http://www.jccsoftware.nl/rfc7807/internal-exception',
      status: 500,
      code: -1,
      errors: [{ code: -1, name: 'InternalException', detail: 'InternalException: code -1' }],
    },
    { status: 500 },
  );

async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const listIn = (value: unknown): Customer[] =>
  Array.isArray(value)
    ? value.filter((each) => typeof each === 'object' && each !== null).map((each) => ({ ...each }))
    : [];
