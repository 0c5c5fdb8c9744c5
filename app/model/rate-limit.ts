/** How often something may be requested within a window. An absent figure sets no limit. */
export interface RateLimit {
  readonly name: string;
  readonly seconds: number;
  readonly person?: number;
  readonly session?: number;
  readonly network?: number;
}

/** Who is counted. A network is generous: behind one address may be a whole reception centre. */
export type CountedBy = 'person' | 'session' | 'network';

const SIGN_IN: RateLimit = { name: 'sign-in', seconds: 600, session: 30, network: 600 };
const SEARCH: RateLimit = { name: 'search', seconds: 60, person: 90, session: 60, network: 3_000 };
const CODE: RateLimit = { name: 'code', seconds: 600, person: 20, session: 20, network: 600 };
/** Forms of an employee's calls. Wrong codes have limits of their own, per call and per employee. */
const CALL: RateLimit = { name: 'call', seconds: 600, person: 150, session: 150, network: 6_000 };
const MANDATE: RateLimit = { name: 'mandate', seconds: 600, person: 300, session: 300, network: 1_500 };
const MAIL: RateLimit = { name: 'mail', seconds: 600, person: 20, session: 20, network: 600 };
const FEED: RateLimit = { name: 'feed', seconds: 600, network: 600 };
/** For people without an account. The codes are too long to be guessed; a town hall may check all day. */
const CHECK: RateLimit = { name: 'check', seconds: 600, person: 100, session: 100, network: 300 };
/** Of a registry that tells of cases; an own limit counts those with its token. */
const NOTIFIED: RateLimit = { name: 'notified', seconds: 60, network: 6_000 };
/** Files of up to 25 MB, which the process keeps whole while they are sent. */
const LETTER: RateLimit = { name: 'letter', seconds: 600, person: 60, session: 60, network: 3_000 };
/** More than a person has pages to judge. */
const ANSWERED: RateLimit = { name: 'answered', seconds: 600, session: 60, network: 1_200 };
const OTHER_WRITE: RateLimit = { name: 'write', seconds: 60, person: 120, session: 120, network: 3_000 };

/** Method and route pattern → its limit. */
const LIMITS: Readonly<Record<string, RateLimit>> = {
  'POST /:lang/sign-in': SIGN_IN,
  'GET /auth/callback': SIGN_IN,
  'GET /auth/callback/:provider': SIGN_IN,
  'GET /:lang/cases/:case/appointment': SEARCH,
  'GET /:lang/cases/:case/appointment/slots': SEARCH,
  'POST /:lang/helpdesk/with-me': CODE,
  'POST /:lang/helpdesk': CALL,
  'POST /:lang/helpdesk/start': CALL,
  'POST /:lang/helpdesk/calls/:grant': CALL,
  'POST /:lang/mandates': MANDATE,
  'POST /:lang/mandates/:mandate': MANDATE,
  'POST /:lang/advisor/mandates': MANDATE,
  'POST /:lang/advisor/mandates/:mandate/colleague': MANDATE,
  'POST /:lang/advisor/give-back': MANDATE,
  'POST /:lang/cases/:case/watch': MAIL,
  'POST /:lang/e-mail': MAIL,
  'GET /:lang/advisor/calendar/:feed': FEED,
  'POST /notifications': NOTIFIED,
  'GET /:lang/cases/:case/letters/:letter': LETTER,
  'GET /:lang/advisor/clients/:ref/letters/:letter': LETTER,
  'GET /:lang/check/:code': CHECK,
  'POST /:lang/check': CHECK,
  'POST /:lang/cases/:case/statement': CODE,
  'POST /:lang/answered': ANSWERED,
};

/** The limit for a method and route pattern; null for reads that have none. */
export const limitFor = (method: string, pattern: string): RateLimit | null =>
  LIMITS[`${method} ${pattern}`] ?? (method === 'POST' ? OTHER_WRITE : null);

/** Thrown where a limit refuses a request in the middle of making a page. */
export class TooMany extends Error {
  override readonly name = 'TooMany';

  /** @param seconds after how many the next request is allowed */
  constructor(readonly seconds: number) {
    super('too many requests');
  }
}

interface Window {
  readonly endsAt: number;
  count: number;
}

const MOST_KEYS = 100_000;

/**
 * Counts requests in fixed windows, in this process only. At most 100,000 keys are remembered; when there are more, all
 * windows start again.
 *
 * @param clock milliseconds, monotonic
 */
export function createRateCounter(clock: () => number) {
  const windows = new Map<string, Window>();
  /** Counts one request. Returns null, or after how many seconds the next is allowed. */
  function count({ name, seconds, ...most }: RateLimit, by: CountedBy, key: string): number | null {
    const limit = most[by];
    if (limit === undefined) return null;
    const now = clock();
    const id = `${name} ${by} ${key}`;
    let window = windows.get(id);
    if (!window || window.endsAt <= now) {
      if (windows.size >= MOST_KEYS) windows.clear();
      window = { endsAt: now + seconds * 1_000, count: 0 };
      windows.set(id, window);
    }
    window.count += 1;
    return window.count <= limit ? null : Math.max(1, Math.ceil((window.endsAt - now) / 1_000));
  }
  return { count, clear: () => windows.clear() };
}
