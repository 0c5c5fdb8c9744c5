import { HttpResponse, http, type RequestHandler } from 'msw';
import { type Fault, isApi, isFault } from '../faults';
import { isProduct } from '../planner/calendar';
import type { ClockMove } from '../world/clock';
import { fullName, type Person, subjectId } from '../world/people';
import type { World } from '../world/world';
import { problem } from '../zgw/problem';
import { controlPage, type Switched } from './page';

export interface Controls extends Switched {
  /** Puts everything back as it was at the start. */
  readonly reset: () => void;
}

/** The switches of the simulated agency: JSON for tests, and a page with forms at /control for people. */
export function controlHandlers(controls: Controls): RequestHandler[] {
  const { world, planner, faults, contacts } = controls;
  const state = () => ({ now: world.clock.now().toString(), startDate: world.clock.startDate, faults: faults.all() });
  const page = () =>
    new HttpResponse(controlPage(controls), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  /** Runs a change and answers with the state, or goes back to the page when a form asked for it. */
  const changing =
    (change: (wish: Wish, request: Request) => Response | undefined) =>
    async ({ request }: { readonly request: Request }) => {
      if (request.headers.get('sec-fetch-site') === 'cross-site') return problem(request, 403);
      const wish = await readWish(request);
      if (wish === null) return problem(request, 400, 'The body is neither a JSON object nor a form.');
      const answer = change(wish.fields, request);
      if (answer !== undefined) return answer;
      if (!wish.fromForm) return HttpResponse.json(state());
      return new HttpResponse(null, { status: 303, headers: { location: '/control' } });
    };
  const setFault = changing(({ api, fault }, request) => {
    if (!isApi(api) || !isFault(fault)) return problem(request, 400, 'Give api and fault.');
    return attempt(request, () => faults.set(api, fault satisfies Fault));
  });
  const moveClock = changing((wish, request) => {
    const move = readMove(wish);
    if (move === null) return problem(request, 400, 'Give now (an ISO instant) or advanceMinutes (a number).');
    return attempt(request, () => world.clock.move(move));
  });
  return [
    http.get('*/control', page),
    // Where the demo's courier would take an order.
    http.get('*/control/courier', () =>
      HttpResponse.html('<!doctype html><html lang="nl"><title>Voorbeeldkoerier</title><h1>Voorbeeldkoerier</h1>'),
    ),
    http.get('*/control/state', () => HttpResponse.json(state())),
    http.get('*/control/faults', () => HttpResponse.json(faults.all())),
    http.put('*/control/faults', setFault),
    http.post('*/control/faults', setFault),
    http.put('*/control/clock', moveClock),
    http.post('*/control/clock', moveClock),
    http.post(
      '*/control/reset',
      changing(() => {
        controls.reset();
        return undefined;
      }),
    ),
    http.get('*/control/people', () => HttpResponse.json(peopleIn(world))),
    http.post(
      '*/control/planner/take',
      changing(({ desk, key }, request) =>
        planner.take(String(desk), String(key)) ? undefined : problem(request, 404, 'There is no such free time.'),
      ),
    ),
    http.post(
      '*/control/planner/empty',
      changing(({ product, empty }, request) => {
        if (!isProduct(product)) return problem(request, 400, 'Give product.');
        planner.empty(product, empty !== false && empty !== 'false');
        return undefined;
      }),
    ),
    http.post(
      '*/control/contacts/lose',
      changing(() => {
        contacts.loseAnswer(1);
        return undefined;
      }),
    ),
    http.get('*/control/contacts', () => HttpResponse.json({ contacts: contacts.all() })),
    http.get('*/control/planner/bookings', () => HttpResponse.json({ bookings: planner.bookings() })),
  ];
}

type Wish = Readonly<Record<string, unknown>>;

async function readWish(request: Request): Promise<{ fields: Wish; fromForm: boolean } | null> {
  const type = request.headers.get('content-type') ?? '';
  const text = await request.text();
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(text)), fromForm: true };
  }
  if (text === '') return { fields: {}, fromForm: false };
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { fields: { ...body }, fromForm: false } : null;
  } catch {
    return null;
  }
}

function readMove({ now, advanceMinutes }: Wish): ClockMove | null {
  if (typeof now === 'string' && now !== '') return { now };
  const minutes = Number(advanceMinutes);
  return advanceMinutes !== undefined && advanceMinutes !== '' && Number.isFinite(minutes)
    ? { advanceMinutes: minutes }
    : null;
}

/** A RangeError of the change is the caller's mistake. */
function attempt(request: Request, change: () => void) {
  try {
    change();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return problem(request, 400, error.message);
    throw error;
  }
}

/** Those made by hand apart from those that were generated, which are many. */
function peopleIn(world: World) {
  const isGenerated = ({ group }: Person) =>
    group === 'One person for each stage' || group === 'Clients of the large office';
  return {
    people: world.people.filter((person) => !isGenerated(person)).map((person) => entryOf(person, world)),
    generated: world.people.filter(isGenerated).map((person) => entryOf(person, world)),
  };
}

/** What a tester or a script must know of a person: how to sign in, who it is, which cases and clients there are. */
const entryOf = (person: Person, world: World) => ({
  id: person.slug,
  sub: subjectId(person),
  name: fullName(person),
  role: person.role,
  group: person.group,
  locale: person.locale,
  about: person.about,
  bsn: person.bsn,
  vNumber: person.vNumber,
  office: person.office,
  clients: person.role === 'advisor' ? world.clientsOf(person) : [],
  cases: world.cases
    .filter(({ parties }) => parties[0]?.person.slug === person.slug)
    .map(({ uuid, reference, version, history }) => ({
      uuid,
      reference,
      procedure: version.procedure,
      stage: history.at(-1)?.step.stage ?? null,
    })),
});
