import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { getResponse, type RequestHandler } from 'msw';
import { controlHandlers } from './control/handlers';
import type { CaseDocument } from './drc/documents';
import { documentHandlers } from './drc/handlers';
import { type Api, caseSpoiler, createFaultSwitch, type Fault, type FaultSwitch, SLOW_MS, withFault } from './faults';
import { createIdentityProvider } from './identity/provider';
import { createJccAppointments, type JccAppointments } from './jcc/appointments';
import { jccHandlers } from './jcc/handlers';
import { type Contacts, createContacts } from './klantinteracties/contacts';
import { contactHandlers } from './klantinteracties/handlers';
import { changeOf, createNotifications, type Notifications } from './nrc/handlers';
import { inOtherWords, type OtherWords } from './other-words';
import { createPlanner, type PlannerRules } from './planner/bookings';
import { plannerHandlers } from './planner/handlers';
import { refusesWrite } from './planner/viewer-token';
import { type Appointments, createAppointments } from './qmatic/appointments';
import { qmaticHandlers } from './qmatic/handlers';
import { queueHandlers } from './queue/handlers';
import { AGENCY_TOKEN } from './secrets';
import { bridge, type Listening, listen } from './serve';
import { createArchive } from './statistics/archive';
import type { ClockMove } from './world/clock';
import { createDecisions } from './world/decisions';
import { createWorld, type OtherPeople, type World } from './world/world';
import { catalogiHandlers } from './zgw/catalogi';
import type { Reading } from './zgw/expand';
import { problem } from './zgw/problem';
import { type Archive, zakenHandlers } from './zgw/zaken';
import { type ZmsOptions, zmsHandlers } from './zms/handlers';
import { createProcesses, type Processes } from './zms/processes';

export interface AgencyOptions {
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  readonly oidcPort?: number;
  /** ISO instant at which the simulated clock starts. Defaults to the real time. */
  readonly now?: string;
  readonly host?: '127.0.0.1';
  /** Added to each API response, in milliseconds. */
  readonly latencyMs?: number;
  /** The portal's callback addresses after sign-in. Sign-out returns to /auth/signed-out of the same origin. */
  readonly redirectUris?: readonly string[];
  /** Which bookings the OAP planner refuses. */
  readonly planner?: PlannerRules;
  readonly zms?: ZmsOptions;
  /** Whether the planners require a token with permission for each write. They always refuse a read-only token. */
  readonly plannersRequireToken?: boolean;
  /** Lets every API answer as in the field, with the rows that this seed chooses. Left out: they answer well. */
  readonly fieldSeed?: string | (() => string);
  /** The words of another agency than the Dutch one. */
  readonly words?: OtherWords;
  /** The people of that agency, where they differ. */
  readonly people?: OtherPeople;
  /** How the registry reads `expand` in a search; it takes text and list when left out. */
  readonly expandReading?: () => Reading;
  /** Whether the queue-time API keeps the waits of earlier days. */
  readonly queueHistory?: boolean;
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface Agency {
  /**
   * Origin of all APIs: /zaken/api/v1, /catalogi/api/v1, /oap/api, /zms/citizen, /qmatic/api, /jcc/api/warp/v1,
   * /statistics/v1, /queue/v1, /klantinteracties/api/v1, /control.
   */
  readonly url: string;
  /** Origin of the OpenID provider. */
  readonly issuer: string;
  readonly world: World;
  /** The diaries of the other planners. */
  readonly zms: Processes;
  readonly qmatic: Appointments;
  readonly jcc: JccAppointments;
  /** The register of contacts. */
  readonly contacts: Contacts;
  /** The registry's notifications, which tell its subscribers of each published decision. */
  readonly notifications: Notifications;
  readonly setFault: (api: Api, fault: Fault) => void;
  readonly moveClock: (to: ClockMove) => void;
  /** Decides a case and publishes the decision at `at`, an ISO instant of the simulated clock. */
  readonly publishDecision: (reference: string, at: string) => void;
  /** Changes all documents of a title. */
  readonly changeDocuments: (title: string, change: Partial<CaseDocument>) => void;
  /** Resets clock, bookings, faults and decisions. */
  readonly reset: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts the simulated agency: one server for its APIs and one for sign-in. Rejects when a port is taken. */
export async function startAgency(options: AgencyOptions = {}): Promise<Agency> {
  const { port = 0, oidcPort = 0, host = '127.0.0.1', latencyMs = 0 } = options;
  const { redirectUris = ['http://127.0.0.1:3000/auth/callback'] } = options;
  const world = createWorld(options.now, options.people);
  const planner = createPlanner(world.clock, options.planner);
  const [zms, qmatic] = [createProcesses(world.clock), createAppointments(world.clock)];
  const jcc = createJccAppointments(world.clock);
  const contacts = createContacts();
  const faults = createFaultSwitch(options.fieldSeed);
  const decisions = createDecisions(world.clock);
  const notifications = createNotifications();
  const documentChanges = new Map<string, Partial<CaseDocument>>();
  const stopping = new AbortController();
  const reset = () => {
    world.clock.reset();
    planner.reset();
    zms.reset();
    qmatic.reset();
    jcc.reset();
    contacts.reset();
    faults.reset();
    decisions.reset();
    notifications.reset();
    documentChanges.clear();
  };
  const apis: readonly ApiMount[] = [
    { prefix: '/zaken/', api: 'cases', handlers: async () => [...documents, ...zaken] },
    { prefix: '/documenten/', api: 'cases', handlers: async () => documents },
    { prefix: '/notificaties/', api: 'cases', handlers: async () => notifications.handlers },
    { prefix: '/catalogi/', api: 'catalogue', handlers: async () => [...documents, ...catalogi] },
    { prefix: '/oap/', api: 'planner', handlers: async () => oap },
    { prefix: '/zms/', api: 'zms', handlers: async () => citizen },
    { prefix: '/qmatic/', api: 'qmatic', handlers: async () => calendar },
    { prefix: '/jcc/', api: 'jcc', handlers: async () => cityHall },
    { prefix: '/queue/', api: 'queue', handlers: async () => queue },
    { prefix: '/klantinteracties/', api: 'contacts', handlers: async () => register },
    { prefix: '/statistics/', api: 'statistics', handlers: statisticsOnDemand(world) },
  ];
  const spoiler = caseSpoiler(world, faults);
  const zaken = zakenHandlers(
    world,
    { ...spoiler, replace: (file) => decisions.asOfNow(spoiler.replace(file)) },
    options.expandReading,
    archiveOnDemand(world),
  );
  const documents = documentHandlers({
    cases: () => world.cases.map((file) => decisions.asOfNow(file)),
    changed: (document) => ({ ...document, ...documentChanges.get(document.title) }),
  });
  const catalogi = catalogiHandlers();
  const oap = plannerHandlers(planner);
  const citizen = zmsHandlers(world.clock, zms, options.zms);
  const calendar = qmaticHandlers(qmatic);
  const cityHall = jccHandlers(world.clock, jcc);
  const queue = queueHandlers(world.clock, options.queueHistory);
  const register = contactHandlers(contacts);
  const control = controlHandlers({ world, planner, faults, contacts, reset });

  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const mount = apis.find(({ prefix }) => pathname.startsWith(prefix));
    if (mount === undefined) {
      // Otherwise a website could lead its own name to this address and move the world.
      if (!LOCAL_HOSTS.has(new URL(request.url).hostname)) return problem(request, 403);
      return (await getResponse(control, request)) ?? problem(request, 404);
    }
    if (PLANNERS.has(mount.api) && refusesWrite(request, options.plannersRequireToken === true))
      return problem(request, 403, 'Wie alleen kijkt, wijzigt niets.', { code: 'permission_denied' });
    if (latencyMs > 0) await delay(latencyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    const respond = async () =>
      inOtherWords(
        options.words,
        mount.api,
        (await getResponse([...(await mount.handlers())], request)) ?? problem(request, 404),
      );
    void announce(new URL(request.url).origin);
    return withFault(faults, mount.api, request, respond, stopping.signal);
  };
  /** Tells the subscribers of decisions that are out. */
  const announce = async (origin: string) => {
    for (const reference of decisions.newlyOut()) {
      const file = world.cases.find((one) => one.reference === reference);
      if (file) await notifications.publish(changeOf(origin, file, world.clock.now().toString()));
    }
  };
  const server = await listen(
    bridge(answer, (name) => `http://${name}`),
    port,
    host,
  );
  const identity = await startIdentity(world, faults, { port: oidcPort, host, redirectUris }, stopping.signal).catch(
    async (error: unknown) => {
      await server.close();
      throw error;
    },
  );
  return {
    url: `http://${host}:${server.port}`,
    issuer: identity.issuer,
    world,
    zms,
    qmatic,
    jcc,
    contacts,
    notifications,
    setFault: faults.set,
    moveClock: world.clock.move,
    publishDecision: decisions.publish,
    changeDocuments: (title, change) => void documentChanges.set(title, change),
    reset,
    stop: async () => {
      stopping.abort();
      await Promise.all([server.close(), identity.listening.close()]);
    },
  };
}

const PLANNERS: ReadonlySet<Api> = new Set<Api>(['planner', 'zms', 'qmatic', 'jcc']);

interface ApiMount {
  readonly prefix: string;
  readonly api: Api;
  readonly handlers: () => Promise<readonly RequestHandler[]>;
}

/** Loads the statistics on the first request, since their simulation of thousands of cases takes a second. */
function statisticsOnDemand(world: World): ApiMount['handlers'] {
  let made: Promise<readonly RequestHandler[]> | undefined;
  return () => {
    made ??= import('./statistics/handlers').then(({ statisticsHandlers }) =>
      statisticsHandlers({ now: () => new Date(world.clock.now().epochMilliseconds), token: AGENCY_TOKEN }),
    );
    return made;
  };
}

/** Simulates the archive when a list of all cases is first asked for. */
function archiveOnDemand(world: World): () => Archive {
  let made: Archive | undefined;
  return () => {
    made ??= createArchive(new Date(world.clock.now().epochMilliseconds));
    return made;
  };
}

async function startIdentity(
  world: World,
  faults: FaultSwitch,
  where: { readonly port: number; readonly host: string; readonly redirectUris: readonly string[] },
  stopped: AbortSignal,
): Promise<{ issuer: string; listening: Listening }> {
  // The provider must know its own address, which with port 0 is known only once the server listens.
  let provider: ((incoming: IncomingMessage, outgoing: ServerResponse) => void) | undefined;
  const listening = await listen(
    (incoming, outgoing) => {
      const proceed = () => provider?.(incoming, outgoing);
      spoilSignIn(faults.get('identity'), incoming, outgoing, proceed, stopped);
    },
    where.port,
    where.host,
  );
  const issuer = `http://${where.host}:${listening.port}`;
  provider = createIdentityProvider({
    issuer,
    world,
    redirectUris: where.redirectUris,
    postLogoutUris: where.redirectUris.map((uri) => new URL('/auth/signed-out', uri).toString()),
    withoutNumber: () => faults.get('identity') === 'partial',
  });
  return { issuer, listening };
}

/** Applies the OpenID provider's faults, since it is no MSW handler. Its claims handle "partial". */
function spoilSignIn(
  fault: Fault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  proceed: () => void,
  stopped: AbortSignal,
) {
  const json = { 'content-type': 'application/json' };
  if (fault === 'down') incoming.socket.resetAndDestroy();
  else if (fault === 'slow') delay(SLOW_MS, undefined, { signal: stopped }).then(proceed, () => undefined);
  else if (fault === 'error') outgoing.writeHead(500, json).end('{"error":"server_error"}');
  else if (fault === 'malformed') outgoing.writeHead(200, json).end('{"issuer":"http://127.0');
  else proceed();
}
