import { setTimeout as delay } from 'node:timers/promises';
import { HttpResponse } from 'msw';
import { QUEUE_HABITS, STATISTICS_HABITS } from './field/counts';
import { asInTheField, type Habits } from './field/habits';
import { JCC_HABITS, OAP_HABITS, QMATIC_HABITS, ZMS_HABITS } from './field/planners';
import { ZGW_HABITS } from './field/zgw';
import type { CaseFile } from './world/case-file';
import type { World } from './world/world';
import { problem } from './zgw/problem';
import type { CaseSpoiler } from './zgw/zaken';

export const APIS = [
  'cases',
  'catalogue',
  'planner',
  'zms',
  'qmatic',
  'jcc',
  'statistics',
  'queue',
  'contacts',
  'identity',
] as const;
export type Api = (typeof APIS)[number];

export const FAULTS = ['none', 'down', 'slow', 'error', 'malformed', 'partial', 'foreign', 'as-in-the-field'] as const;
export type Fault = (typeof FAULTS)[number];

/** How long a response of a slow API takes, in milliseconds. */
export const SLOW_MS = 10_000;

/** The desk whose requests fail while the planner is "partial". */
const FAILING_DESK = 'DH';

/** The habits of each API while it answers as in the field. The sign-in provider has none here. */
const HABITS: Readonly<Partial<Record<Api, Habits>>> = {
  cases: ZGW_HABITS,
  catalogue: ZGW_HABITS,
  planner: OAP_HABITS,
  zms: ZMS_HABITS,
  qmatic: QMATIC_HABITS,
  jcc: JCC_HABITS,
  statistics: STATISTICS_HABITS,
  queue: QUEUE_HABITS,
};

const NO_HABITS: Habits = { rows: [], lists: [] };

/** The procedure whose counts are inconsistent while the statistics are "partial". */
const INVERTED_PROCEDURE = 'family';

export interface FaultSwitch {
  readonly get: (api: Api) => Fault;
  /** Throws RangeError for a fault that the API does not support: only the cases API can be "foreign". */
  readonly set: (api: Api, fault: Fault) => void;
  readonly all: () => Readonly<Record<Api, Fault>>;
  readonly reset: () => void;
  /** Chooses the rows that are spoiled as in the field. */
  readonly seed: string;
}

/** @param fieldSeed when given, every API answers as in the field unless another fault is set */
export function createFaultSwitch(fieldSeed?: string | (() => string)): FaultSwitch {
  const state = new Map<Api, Fault>();
  const usual: Fault = fieldSeed === undefined ? 'none' : 'as-in-the-field';
  const get = (api: Api) => state.get(api) ?? usual;
  return {
    get,
    set: (api, fault) => {
      if (fault === 'foreign' && api !== 'cases') throw new RangeError(`${api} cannot be foreign, only cases can`);
      state.set(api, fault);
    },
    all: () => ({
      cases: get('cases'),
      catalogue: get('catalogue'),
      planner: get('planner'),
      zms: get('zms'),
      qmatic: get('qmatic'),
      jcc: get('jcc'),
      statistics: get('statistics'),
      queue: get('queue'),
      contacts: get('contacts'),
      identity: get('identity'),
    }),
    reset: () => state.clear(),
    get seed() {
      return typeof fieldSeed === 'function' ? fieldSeed() : (fieldSeed ?? 'field');
    },
  };
}

export const isApi = (text: unknown): text is Api => APIS.some((api) => api === text);
export const isFault = (text: unknown): text is Fault => FAULTS.some((fault) => fault === text);

/**
 * Answers a request with the API's current fault. `stopped` ends the delay of a slow response on shutdown. "partial"
 * cuts lists of cases in half, fails one desk of the planner, and makes one procedure's statistics inconsistent.
 * Elsewhere it removes the first field of the last row in the first list. "as-in-the-field" keeps the meaning of every
 * answer and gives a tenth of them the habits of real backends.
 */
export async function withFault(
  faults: Pick<FaultSwitch, 'get' | 'seed'>,
  api: Api,
  request: Request,
  answer: () => Promise<Response>,
  stopped: AbortSignal,
): Promise<Response> {
  switch (faults.get(api)) {
    case 'none':
    case 'foreign':
      return answer();
    case 'down':
      return HttpResponse.error();
    case 'slow':
      await delay(SLOW_MS, undefined, { signal: stopped }).catch(() => undefined);
      return answer();
    case 'error':
      return problem(request, 500);
    case 'malformed':
      return cutOff(await answer());
    case 'partial':
      return partially(api, request, answer);
    case 'as-in-the-field':
      return asInTheField(HABITS[api] ?? NO_HABITS, faults.seed, request, await answer());
  }
}

/** Applies "foreign" and "partial" to the cases API: another applicant's case, and incomplete lists. */
export function caseSpoiler(world: World, faults: FaultSwitch): CaseSpoiler {
  const next = (file: CaseFile) => world.cases[(world.cases.indexOf(file) + 1) % world.cases.length] ?? file;
  const applicantOf = (file: CaseFile) => file.parties[0]?.person.slug;
  return {
    replace: (file) => {
      if (faults.get('cases') !== 'foreign') return file;
      let other = next(file);
      while (applicantOf(other) === applicantOf(file)) other = next(other);
      return other;
    },
    isPartial: () => faults.get('cases') === 'partial',
  };
}

async function cutOff(response: Response): Promise<Response> {
  const text = await response.text();
  return new HttpResponse(text.slice(0, Math.floor(text.length * 0.6)), {
    status: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
  });
}

async function partially(api: Api, request: Request, answer: () => Promise<Response>): Promise<Response> {
  if (api === 'planner') {
    const failing = new URL(request.url).pathname.split('/').includes(FAILING_DESK);
    return failing ? problem(request, 500) : answer();
  }
  const response = await answer();
  if (api === 'statistics') return inverted(request, response);
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const { pathname } = new URL(request.url);
  // The search handler itself truncates a result of several cases.
  if (api === 'cases' && pathname.endsWith('/_zoek') && countOf(body) !== 1) return response;
  if (!response.ok || typeof body !== 'object' || body === null) return response;
  dropField(firstListIn(body)?.at(-1) ?? body);
  return HttpResponse.json(body, { status: response.status });
}

/** Returns well-formed but inconsistent counts: the run-off of `INVERTED_PROCEDURE` decreases over the weeks. */
async function inverted(request: Request, response: Response): Promise<Response> {
  if (!new URL(request.url).pathname.endsWith(`/tables/${INVERTED_PROCEDURE}`) || !response.ok) return response;
  const body = await response.json();
  const runOff: readonly number[][] = body.runOff;
  return HttpResponse.json({ ...body, runOff: runOff.map((row) => [...row.slice(0, 5), ...row.slice(5).reverse()]) });
}

const countOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'count' in body ? body.count : undefined;

function firstListIn(body: object): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  return Object.values(body).find((value): value is unknown[] => Array.isArray(value) && typeof value[0] === 'object');
}

function dropField(row: unknown) {
  const name = typeof row === 'object' && row !== null ? Object.keys(row)[0] : undefined;
  if (name !== undefined && typeof row === 'object' && row !== null) Reflect.deleteProperty(row, name);
}
