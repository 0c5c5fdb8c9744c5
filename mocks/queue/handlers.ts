import { HttpResponse, http, type RequestHandler } from 'msw';
import { clockTime, DESKS, type Desk } from '../planner/calendar';
import { AGENCY_TOKEN } from '../secrets';
import { AGENCY_ZONE, type Clock } from '../world/clock';
import { problem } from '../zgw/problem';
import { crowdAt, isOpen, type Load, type OpeningHours, usualCrowd, waitingIn } from './curve';
import { simulateWaits } from './history';

interface Place {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly load: Load;
}

/** Where the desks stand. Streets are invented, the cities lie where they lie. */
const PLACES: Readonly<Record<string, Place>> = {
  AM: place('Loketplein 1', '1000 AA', 'Amsterdam', 52.3676, 4.9041, { peak: 46, minutesEach: 8, servers: 4 }),
  DH: place('Balielaan 22', '2500 AA', 'Den Haag', 52.0705, 4.3007, { peak: 38, minutesEach: 8, servers: 3 }),
  ZW: place('Wachtstraat 7', '8000 AA', 'Zwolle', 52.5168, 6.083, { peak: 14, minutesEach: 8, servers: 2 }),
  DB: place('Onder de Klok 3', '5200 AA', "'s-Hertogenbosch", 51.6978, 5.3037, {
    peak: 18,
    minutesEach: 8,
    servers: 2,
  }),
};

const LINES: readonly { id: string; number: string; openingHours: readonly OpeningHours[]; load: Load }[] = [
  {
    id: 'general',
    number: '+31880430430',
    openingHours: week(9, 17),
    load: { peak: 210, minutesEach: 7, servers: 18 },
  },
  { id: 'asylum', number: '+31880430440', openingHours: week(9, 16), load: { peak: 42, minutesEach: 11, servers: 6 } },
];

/** The queue-time API: how long people wait at the counters and on the phone. Described in docs/contracts/queue.yaml. */
export function queueHandlers(clock: Clock, hasHistory = false): RequestHandler[] {
  const moment = () => zoned(clock);
  return [
    http.get(
      '*/queue/v1/desks',
      authorised(() => ({ asOf: asOf(clock), desks: DESKS.map((desk) => deskNow(desk, moment())) })),
    ),
    http.get(
      '*/queue/v1/phone',
      authorised(() => ({ asOf: asOf(clock), lines: LINES.map((line) => lineNow(line, moment())) })),
    ),
    ...(hasHistory
      ? [
          http.get(
            '*/queue/v1/history',
            authorised(({ url }) => historyOf(clock, new URL(url))),
          ),
        ]
      : []),
  ];
}

/** Days of simulated waits before today. */
const HISTORY_DAYS = 112;

function historyOf(clock: Clock, { searchParams }: URL) {
  const [from, until] = [searchParams.get('from') ?? '', searchParams.get('until') ?? '9999'];
  const endsOn = zoned(clock).toPlainDate().subtract({ days: 1 }).toString();
  const of = (id: string, seed: number, load: Load, openingHours: readonly OpeningHours[]) => ({
    id,
    waits: simulateWaits({ seed, load, openingHours, endsOn, days: HISTORY_DAYS }).filter(
      ({ date }) => from <= date && date <= until,
    ),
  });
  return {
    asOf: asOf(clock),
    phone: LINES.map(({ id, load, openingHours }, index) => of(id, index, load, openingHours)),
    desks: DESKS.map((desk, index) => of(desk.key, 100 + index, PLACES[desk.key]?.load ?? NO_LOAD, hoursOf(desk))),
  };
}

function deskNow(desk: Desk, at: ReturnType<typeof zoned>) {
  const { latitude, longitude, load, ...address } = PLACES[desk.key] ?? place('', '', desk.name, 0, 0, NO_LOAD);
  const openingHours = hoursOf(desk);
  return {
    key: desk.key,
    name: desk.name,
    address,
    zone: AGENCY_ZONE,
    coordinates: { latitude, longitude },
    openingHours,
    waiting: isOpen(openingHours, at) ? waitingIn(load, crowdAt(desk.key, at)) : null,
    typical: usualWaits(load, openingHours),
  };
}

const hoursOf = ({ weekdays, opens, closes }: Desk): OpeningHours[] =>
  weekdays.map((weekday) => ({ weekday, opens: clockTime(opens), closes: clockTime(closes) }));

function lineNow(line: (typeof LINES)[number], at: ReturnType<typeof zoned>) {
  const { load, ...known } = line;
  const now = waitingIn(load, crowdAt(line.id, at));
  return {
    ...known,
    waiting: isOpen(line.openingHours, at) ? { callers: now.people, minutes: now.minutes } : null,
    typical: usualWaits(load, line.openingHours),
  };
}

const usualWaits = (load: Load, openingHours: readonly OpeningHours[]) =>
  openingHours.flatMap(({ weekday, opens, closes }) =>
    hoursBetween(opens, closes).map((hour) => ({
      weekday,
      hour,
      minutes: waitingIn(load, usualCrowd(weekday, hour)).minutes,
    })),
  );

const NO_LOAD: Load = { peak: 0, minutesEach: 1, servers: 1 };

function place(street: string, postcode: string, city: string, latitude: number, longitude: number, load: Load): Place {
  return { street, postcode, city, latitude, longitude, load };
}

function week(opens: number, closes: number): OpeningHours[] {
  return [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: clockTime(opens * 60), closes: clockTime(closes * 60) }));
}

const hoursBetween = (opens: string, closes: string) => {
  const first = Number.parseInt(opens, 10);
  return Array.from({ length: Number.parseInt(closes, 10) - first }, (_, index) => first + index);
};

const zoned = (clock: Clock) => clock.now().toZonedDateTimeISO(AGENCY_ZONE);
const asOf = (clock: Clock) => clock.now().toString({ smallestUnit: 'second' });

const authorised =
  (answer: (request: Request) => object) =>
  ({ request }: { readonly request: Request }) =>
    request.headers.get('authorization') === `Bearer ${AGENCY_TOKEN}`
      ? HttpResponse.json(answer(request))
      : problem(request, 403);
