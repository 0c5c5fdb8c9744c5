import { HttpResponse, http, type RequestHandler } from 'msw';
import { Temporal } from 'temporal-polyfill';
import { type Product, SLOT_MINUTES } from '../planner/calendar';
import { AGENCY_ZONE, type Clock } from '../world/clock';
import { createChallengeDesk } from './challenge';
import { errorsOf, isZmsError, type ZmsError } from './errors';
import { catalogueOf, MAX_QUANTITY, ROTTERDAM, SERVICES, scopeOf } from './office';
import type { Process, Processes } from './processes';

const BASE = '*/zms/citizen';

export interface ZmsOptions {
  /** Whether the office wants a proof of work before a search and a reservation. */
  readonly captcha?: boolean;
  /** Calls a minute that one address may make (the real default is 60); without it any number. */
  readonly callsPerMinute?: number;
}

/**
 * A planner that speaks the ZMS citizen API, for one expat centre. Known quirks are there: bare bodies without the
 * promised wrapping, an office's id as text in the calendar and as number elsewhere, `timestamp` as text, a range that
 * is too large or the wrong way round as 520, a counter of calls that each counted call prolongs, the times of the first
 * open day only.
 */
export function zmsHandlers(clock: Clock, processes: Processes, options: ZmsOptions = {}): RequestHandler[] {
  const captcha = options.captcha === true;
  const limited = limitOf(clock, options.callsPerMinute);
  const challenges = createChallengeDesk();

  const tokenError = (token: unknown): ZmsError | null => {
    if (!token) return 'captchaMissing';
    return challenges.isToken(token) ? null : 'captchaInvalid';
  };

  type Answered = object | ZmsError | readonly ZmsError[];
  const answering =
    (answer: (request: Request) => Promise<Answered> | Answered) => async (call: { request: Request }) => {
      if (limited()) return errorsOf('rateLimitExceeded');
      const answered = await answer(call.request);
      if (isZmsError(answered)) return errorsOf(answered);
      return Array.isArray(answered) && answered.every(isZmsError)
        ? errorsOf(...answered)
        : HttpResponse.json(answered);
    };
  /** A change of the process that the body names. */
  const changing = (change: (process: Process, body: Body) => Process | ZmsError) =>
    answering(async (request) => {
      const body = await readBody(request);
      const opened = openedBy(processes, Number(body.processId), body.authKey);
      if (isZmsError(opened)) return opened;
      const changed = change(opened, body);
      return isZmsError(changed) ? changed : thinned(changed, captcha);
    });

  return [
    http.get(
      `${BASE}/offices-and-services/`,
      answering(() => catalogueOf(captcha, SLOT_MINUTES)),
    ),
    http.get(`${BASE}/captcha-challenge/`, answering(challenges.pose)),
    http.post(
      `${BASE}/captcha-verify/`,
      answering(async (request) => challenges.verify((await readBody(request)).payload)),
    ),
    http.get(
      `${BASE}/available-calendar/`,
      answering((request) => {
        const query = new URL(request.url).searchParams;
        const missing = captcha && tokenError(query.get('captchaToken'));
        if (missing) return missing;
        return calendar(processes, query);
      }),
    ),
    http.post(
      `${BASE}/reserve-appointment/`,
      answering(async (request) => {
        const body = await readBody(request);
        const missing = captcha && tokenError(body.captchaToken);
        if (missing) return missing;
        const reserved = reserve(processes, body);
        return isZmsError(reserved) ? reserved : thinned(reserved, captcha);
      }),
    ),
    http.post(
      `${BASE}/update-appointment/`,
      changing((process, body) => {
        const [familyName, email] = [textIn(body.familyName), textIn(body.email)];
        const telephone = textIn(body.telephone);
        if (familyName === '') return 'invalidFamilyName';
        if (email === '') return 'emailIsRequired';
        if (!/^\S+@\S+\.\S+$/.test(email)) return 'invalidEmail';
        if (telephone !== '' && !/^\+?\d{7,15}$/.test(telephone)) return 'invalidTelephone';
        return processes.update(process, {
          familyName,
          email,
          telephone,
          customTextfield: textIn(body.customTextfield),
        });
      }),
    ),
    http.post(`${BASE}/preconfirm-appointment/`, changing(processes.preconfirm)),
    http.post(`${BASE}/confirm-appointment/`, changing(processes.confirm)),
    http.post(`${BASE}/cancel-appointment/`, changing(processes.cancel)),
    http.get(
      `${BASE}/appointment/`,
      answering((request) => {
        const query = new URL(request.url).searchParams;
        const opened = openedBy(processes, Number(query.get('processId')), query.get('authKey'));
        return isZmsError(opened) ? opened : thinned(opened, captcha);
      }),
    ),
    http.get(`${BASE}/my-appointments/`, () => errorsOf('unauthorized')),
  ];
}

type Body = Readonly<Record<string, unknown>>;

async function readBody(request: Request): Promise<Body> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const productOf = (serviceId: unknown): Product | undefined =>
  SERVICES.find(({ id }) => String(id) === String(serviceId))?.product;

function openedBy(processes: Processes, processId: number, authKey: unknown): Process | ZmsError {
  if (!Number.isInteger(processId) || processId < 1) return 'invalidProcessId';
  if (typeof authKey !== 'string' || !/^([0-9a-f]{4}|[0-9a-f]{64})$/.test(authKey)) return 'invalidAuthKey';
  return processes.open(processId, authKey);
}

function calendar(processes: Processes, query: URLSearchParams): object | ZmsError | ZmsError[] {
  const [startDate, endDate] = [query.get('startDate') ?? '', query.get('endDate') ?? ''];
  const offices = query.get('officeIds')?.split(',') ?? [];
  const services = query.get('serviceIds')?.split(',') ?? [];
  const counts = query.get('serviceCounts')?.split(',').map(Number) ?? [];
  const wrong: ZmsError[] = [];
  if (!isDate(startDate)) wrong.push('invalidStartDate');
  if (!isDate(endDate)) wrong.push('invalidEndDate');
  if (offices.length === 0 || !offices.every(isNumber)) wrong.push('invalidOfficeId');
  if (services.length === 0 || !services.every(isNumber)) wrong.push('invalidServiceId');
  if (counts.length !== services.length || !counts.every((count) => count >= 1 && count <= 25))
    wrong.push('invalidServiceCount');
  if (wrong.length > 0) return wrong;
  // The two that its table of errors forgot.
  const days = Temporal.PlainDate.from(startDate).until(endDate, { largestUnit: 'day' }).days;
  if (days < 0 || days > 365) return 'unknownError';
  const [product, count = 1] = [productOf(services[0]), counts[0]];
  if (!offices.includes(ROTTERDAM.key) || !product) return 'invalidLocationAndServiceCombination';
  const free = (count > MAX_QUANTITY ? [] : processes.diary.free(ROTTERDAM, product, count)).filter(
    ({ date }) => date >= startDate && date <= endDate,
  );
  const dates = [...new Set(free.map(({ date }) => date))];
  const from = query.get('slotsStartDate') ?? startDate;
  const until = query.get('slotsEndDate') ?? endDate;
  // Only one day gets its times: the first open one of a longer window, or of all days where the wanted one is closed.
  const first = dates.find((date) => date >= from && date <= until) ?? (from === until ? dates[0] : undefined);
  const timesOf = (date: string) =>
    free.filter((slot) => slot.date === date).map((slot) => secondsOf(date, slot.startTime));
  return {
    startDate,
    endDate,
    slotsStartDate: first ?? from,
    slotsEndDate: first ?? until,
    prevBookableDate: null,
    nextBookableDate: null,
    availableDays: dates.map((date) => ({
      date,
      providerIDs: ROTTERDAM.key,
      offices: date === first ? [{ officeId: ROTTERDAM.key, appointments: timesOf(date) }] : [],
    })),
  };
}

function reserve(processes: Processes, body: Body): Process | ZmsError {
  const timestamp = Number(body.timestamp);
  if (!Number.isInteger(timestamp) || timestamp <= 0) return 'invalidTimestamp';
  const [serviceId] = Array.isArray(body.serviceId) ? body.serviceId : [];
  const [count] = Array.isArray(body.serviceCount) ? body.serviceCount : [];
  const product = productOf(serviceId);
  if (!product) return 'invalidServiceId';
  if (String(body.officeId) !== ROTTERDAM.key) return 'invalidOfficeId';
  const persons = Number(count ?? 1);
  if (!Number.isInteger(persons) || persons < 1) return 'invalidServiceCount';
  if (persons > MAX_QUANTITY) return 'tooManySlotsPerAppointment';
  const local = Temporal.Instant.fromEpochMilliseconds(timestamp * 1000).toZonedDateTimeISO(AGENCY_ZONE);
  const date = local.toPlainDate().toString();
  const startTime = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const wish = { desk: ROTTERDAM, product, persons, date, startTime };
  return processes.reserve({ ...wish, timestamp, serviceId: Number(serviceId) });
}

const thinned = (process: Process, captcha: boolean) => ({
  processId: process.processId,
  timestamp: String(process.timestamp),
  authKey: process.authKey,
  captchaToken: '',
  familyName: process.familyName,
  customTextfield: process.customTextfield,
  customTextfield2: '',
  email: process.email,
  telephone: process.telephone,
  officeName: ROTTERDAM.name,
  officeId: Number(ROTTERDAM.key),
  scope: scopeOf(captcha),
  subRequestCounts: [],
  serviceId: process.serviceId,
  serviceName: SERVICES.find(({ id }) => id === process.serviceId)?.name ?? null,
  serviceCount: process.place.persons,
  status: process.status,
  slotCount: process.place.persons,
  displayNumber: process.status === 'confirmed' ? `E${String(process.processId).slice(-3)}` : null,
  icsContent: null,
});

const isNumber = (text: string) => /^\d{1,9}$/.test(text);

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

const secondsOf = (date: string, time: string): number =>
  Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(AGENCY_ZONE).epochMilliseconds / 1000;

/** Says whether one call more is one too many. The window starts anew with each call that is counted. */
function limitOf(clock: Clock, callsPerMinute = Number.POSITIVE_INFINITY): () => boolean {
  let counted = 0;
  let until = 0;
  return () => {
    const now = clock.now().epochMilliseconds;
    if (now >= until) counted = 0;
    if (counted >= callsPerMinute) return true;
    counted += 1;
    until = now + 60_000;
    return false;
  };
}
