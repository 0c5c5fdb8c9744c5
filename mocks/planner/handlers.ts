import { HttpResponse, http, type RequestHandler } from 'msw';
import { type Booking, type Customer, desksFor, type Planner } from './bookings';
import { deskWith, isProduct, MAX_PERSONS, SLOT_MINUTES } from './calendar';

const BASE = '*/oap/api';

/** Precedes every body, so that a browser can't run it as a script. */
const PREFIX = ")]}',\n";

/**
 * The appointment planner as its public clients use it ("OAP"). No recording is public. Many clients confirm reading,
 * holding and booking, and one confirms the error codes. DELETE for cancelling and the errors' HTTP statuses are
 * assumptions.
 */
export function plannerHandlers(planner: Planner): RequestHandler[] {
  const listSlots = ({ request, params }: Call) => {
    const url = new URL(request.url);
    const product = url.searchParams.get('productKey');
    const persons = Number(url.searchParams.get('persons') ?? '1');
    const desk = deskWith(String(params.desk));
    if (desk === undefined) return refuse('UNKNOWN_DESK', 404);
    if (!isProduct(product)) return refuse('UNKNOWN_PRODUCT', 400);
    if (!Number.isInteger(persons) || persons < 1 || persons > MAX_PERSONS) return refuse('INVALID_PERSONS', 400);
    return wrap(planner.slots(desk, product, persons));
  };
  const listDesks = ({ request }: Call) => {
    const product = new URL(request.url).searchParams.get('productKey');
    if (!isProduct(product)) return refuse('UNKNOWN_PRODUCT', 400);
    return wrap(desksFor(product).map(({ key, name }) => ({ key, version: 1, name })));
  };
  const hold = async ({ request, params }: Call) => {
    const body = await readObject(request);
    const outcome = planner.hold(String(params.desk), String(params.key), personsIn(body));
    return typeof outcome === 'string' ? refuse(outcome) : wrap(outcome);
  };
  const book = async ({ request, params }: Call) => {
    const wish = readWish(await readObject(request));
    if (wish === null) return refuse('INVALID_APT', 400);
    const outcome = planner.book(String(params.desk), wish.key, wish.appointment);
    return typeof outcome === 'string' ? refuse(outcome) : wrap(appointmentOf(outcome));
  };
  return [
    http.get(`${BASE}/desks/`, listDesks),
    http.get(`${BASE}/desks`, listDesks),
    http.get(`${BASE}/desks/:desk/slots/`, listSlots),
    http.get(`${BASE}/desks/:desk/slots`, listSlots),
    http.post(`${BASE}/desks/:desk/slots/:key`, hold),
    http.post(`${BASE}/desks/:product/:desk/slots/:key`, hold),
    http.post(`${BASE}/desks/:desk/appointments/`, book),
    http.post(`${BASE}/desks/:desk/appointments`, book),
    http.delete(`${BASE}/appointments/:key`, ({ params }) => {
      const outcome = planner.cancel(String(params.key));
      return typeof outcome === 'string' ? refuse(outcome) : wrap(appointmentOf(outcome));
    }),
  ];
}

interface Call {
  readonly request: Request;
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const send = (body: object, status: number) =>
  new HttpResponse(PREFIX + JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
  });
const wrap = (data: unknown) => send({ status: 'OK', data }, 200);
const refuse = (data: string, status = data.startsWith('UNKNOWN') ? 404 : 409) =>
  send({ status: 'ERROR', data }, status);

const appointmentOf = (booking: Booking) => ({
  key: booking.key,
  version: 0,
  code: booking.code,
  productKey: booking.product,
  date: booking.slot.date,
  startTime: booking.slot.startTime,
  endTime: booking.slot.endTime,
  email: booking.email,
  hasEmail: booking.email !== '',
  phone: booking.phone,
  language: booking.language,
  status: null,
  hasDetail: true,
  customers: booking.customers.map((customer) => ({
    ...customer,
    vnumber: customer.vNumber,
    fullName: `${customer.firstName} ${customer.lastName}`,
  })),
  birthDate: null,
  user: null,
});

async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  return objectIn(await request.json().catch(() => null));
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Derives the party size from a slot's length, since a hold has no such field. */
function personsIn(slot: Readonly<Record<string, unknown>>): number {
  const minutes = minutesIn(textIn(slot.endTime)) - minutesIn(textIn(slot.startTime));
  return Math.min(MAX_PERSONS, Math.max(1, Math.round(minutes / SLOT_MINUTES) || 1));
}

const minutesIn = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Parses a booking. Returns null when a field is missing or the slot's length does not fit the party. */
function readWish(body: Readonly<Record<string, unknown>>) {
  const slot = objectIn(body.bookableSlot);
  const { productKey: product, ...rest } = objectIn(body.appointment);
  const listed: readonly unknown[] = Array.isArray(rest.customers) ? rest.customers : [];
  const customers = listed.map(objectIn).map(
    (each): Customer => ({
      vNumber: textIn(each.vNumber).replace(/^V-?/i, ''),
      bsn: textIn(each.bsn),
      firstName: textIn(each.firstName),
      lastName: textIn(each.lastName),
    }),
  );
  const email = textIn(rest.email);
  // The first visitor needs a V-number; the others may leave it out.
  const numbered = customers.every(({ vNumber }, index) => /^\d{10}$/.test(vNumber) || (index > 0 && vNumber === ''));
  const complete = numbered && customers.every(({ firstName, lastName }) => firstName + lastName !== '');
  const fits = customers.length >= 1 && customers.length <= MAX_PERSONS;
  const key = textIn(slot.key);
  if (!isProduct(product) || !complete || !fits || (email !== '' && !email.includes('@')) || key === '') return null;
  const { date, startTime } = slot;
  if (rest.date !== date || rest.startTime !== startTime) return null;
  const appointment = { product, email, phone: textIn(rest.phone), language: textIn(rest.language) || 'nl', customers };
  return { key, appointment };
}
