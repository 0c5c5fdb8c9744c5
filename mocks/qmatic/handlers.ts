import { HttpResponse, http, type RequestHandler } from 'msw';
import type { Appointment, Appointments, Customer } from './appointments';
import { appointmentBody, enveloped } from './bodies';
import { branchBody, EINDHOVEN, SERVICES, serviceBody } from './branch';

const BASE = '/qmatic/api';

/**
 * A planner that speaks the Qmatic calendar API, for one expat centre. Known quirks are there: matrix parameters that
 * are part of the path and lost when encoded, local times without a zone going in and UTC coming out, no range, a
 * reason that stands only in the headers (E440 = taken), a booking that is answered with 202.
 */
export function qmaticHandlers(appointments: Appointments): RequestHandler[] {
  const call = async ({ request }: { readonly request: Request }) => {
    const path = new URL(request.url).pathname.split(`${BASE}/`)[1] ?? '';
    const body = request.method === 'POST' ? await readObject(request) : {};
    return route(appointments, request.method, path.split('/').map(readSegment), body) ?? refuse(404);
  };
  return [http.get(`*${BASE}/*`, call), http.post(`*${BASE}/*`, call), http.delete(`*${BASE}/*`, call)];
}

interface Segment {
  readonly name: string;
  readonly matrix: ReadonlyMap<string, readonly string[]>;
}

/** "dates;servicePublicId=a;servicePublicId=b" as its name and its parameters. An encoded semicolon is just text. */
function readSegment(raw: string): Segment {
  const [name = '', ...pairs] = raw.split(';');
  const matrix = new Map<string, readonly string[]>();
  for (const pair of pairs) {
    const [key = '', value = ''] = pair.split('=');
    matrix.set(key, [...(matrix.get(key) ?? []), decodeURIComponent(value)]);
  }
  return { name: decodeURIComponent(name), matrix };
}

function route(
  appointments: Appointments,
  method: string,
  segments: readonly Segment[],
  body: Body,
): Response | undefined {
  const names = segments.map(({ name }) => name);
  const [version, kind, id = '', part, date = '', , time = ''] = names;
  const matrix = segments.at(-1)?.matrix ?? new Map();
  const isBranch = kind === 'branches' && id === EINDHOVEN.key;
  const shape = `${method} ${version} ${kind} ${names.length}`;
  if (shape === 'GET v1 branches 2') return ok(enveloped('branchList', [branchBody()]));
  if (shape === 'GET v1 branches 3' && isBranch) return ok(enveloped('branch', branchBody()));
  if (shape === 'GET v1 branches 4' && isBranch && part === 'services')
    return ok(enveloped('serviceList', SERVICES.map(serviceBody)));
  if (shape === 'GET v1 services 4' && part === 'branches')
    return ok(enveloped('branchList', SERVICES.some(({ publicId }) => publicId === id) ? [branchBody()] : []));
  if (shape === 'GET v2 branches 4' && isBranch && part === 'dates') return listDates(appointments, matrix);
  if (shape === 'GET v2 branches 6' && isBranch && names[5] === 'times') return listTimes(appointments, date, matrix);
  if (shape === 'POST v2 branches 8' && isBranch && names[5] === 'times')
    return take(appointments, names[7] ?? '', { date, startTime: time }, matrix, body);
  if (shape === 'POST v2 branches 5' && id === 'appointments' && date === 'confirm')
    return confirm(appointments, part ?? '', body);
  if (shape === 'GET v1 customers 5' && id === 'externalId') return listOf(appointments, part ?? '');
  if (kind !== 'appointments' || version !== 'v1' || names.length !== 3) return undefined;
  const found = appointments.get(id);
  if (!found) return refuse(404);
  if (method === 'GET') return ok(enveloped('appointment', appointmentBody(found, '+00:00')));
  if (method !== 'DELETE') return undefined;
  appointments.remove(found);
  return new HttpResponse(null, { status: 204 });
}

type Matrix = Segment['matrix'];
type Body = Readonly<Record<string, unknown>>;

/** What a search is for; null where a parameter is missing or unknown. */
function wishIn(matrix: Matrix, serviceId = matrix.get('servicePublicId')?.[0]) {
  const service = SERVICES.find(({ publicId }) => publicId === serviceId);
  const persons = Number(matrix.get('numberOfCustomers')?.[0] ?? '1');
  return service && persons >= 1 ? { desk: EINDHOVEN, product: service.product, persons } : null;
}

function listDates({ diary }: Appointments, matrix: Matrix): Response {
  const wish = wishIn(matrix);
  if (!wish) return refuse(400, 'E401', 'Unknown service');
  const free = diary.free(wish.desk, wish.product, wish.persons);
  const dates = [...new Set(free.map(({ date }) => `${date}T00:00:00`))];
  return ok(enveloped('dates', dates));
}

function listTimes({ diary }: Appointments, date: string, matrix: Matrix): Response {
  const wish = wishIn(matrix);
  if (!wish) return refuse(400, 'E401', 'Unknown service');
  const free = diary.free(wish.desk, wish.product, wish.persons).filter((slot) => slot.date === date);
  const times = free.map(({ startTime }) => startTime);
  return ok(enveloped('times', times, { numberOfCustomers: `[${wish.persons}]` }));
}

function take(
  appointments: Appointments,
  verb: string,
  when: { readonly date: string; readonly startTime: string },
  matrix: Matrix,
  body: Body,
): Response | undefined {
  const [service] = listIn(body.services);
  const about = aboutIn(body);
  const counted = matrix.has('numberOfCustomers')
    ? matrix
    : new Map([['numberOfCustomers', [String(about.customers.length || 1)]]]);
  const wish = wishIn(counted, String(service?.publicId));
  if (!wish) return refuse(400, 'E401', 'Unknown service');
  if (verb === 'reserve') return made(appointments.reserve({ ...wish, ...when }), 200);
  if (verb !== 'book') return undefined;
  if (!isKnown(about.customers)) return refuse(400, 'E402', 'A customer without a name');
  return made(appointments.book({ ...wish, ...when }, about), 202);
}

// The clients of the field look for the reason of a server error in its headers: so this is one.
const made = (appointment: Appointment | null, status: number): Response =>
  appointment
    ? HttpResponse.json(appointmentBody(appointment, '+0000'), { status })
    : refuse(500, 'E440', 'The time slot is no longer available');

function confirm(appointments: Appointments, publicId: string, body: Body): Response {
  const found = appointments.get(publicId);
  if (!found) return refuse(404);
  if (found.until === null) return refuse(400, 'E403', 'Already confirmed');
  const about = aboutIn(body);
  if (!isKnown(about.customers)) return refuse(400, 'E402', 'A customer without a name');
  return made(appointments.confirm(found, about), 200);
}

function listOf(appointments: Appointments, externalId: string): Response {
  const theirs = appointments
    .booked()
    .filter(({ customers }) => customers.some((each) => each.externalId === externalId));
  if (theirs.length === 0) return refuse(404);
  return ok(
    enveloped(
      'appointmentList',
      theirs.map((each) => appointmentBody(each, '+00:00')),
    ),
  );
}

const ok = (body: object) => HttpResponse.json(body);

/** The body is empty: the reason is in the headers, where there is one. */
const refuse = (status: number, code?: string, message?: string) =>
  new HttpResponse(null, {
    status,
    headers: code === undefined ? {} : { error_code: code, error_message: message ?? '' },
  });

async function readObject(request: Request): Promise<Body> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const listIn = (value: unknown): Customer[] =>
  Array.isArray(value)
    ? value.filter((each) => typeof each === 'object' && each !== null).map((each) => ({ ...each }))
    : [];

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const aboutIn = (body: Body) => ({
  title: textIn(body.title),
  notes: textIn(body.notes),
  customers: listIn(body.customers),
});

const isKnown = (customers: readonly Customer[]) =>
  customers.length > 0 && customers.every(({ firstName, lastName }) => textIn(firstName) + textIn(lastName) !== '');
