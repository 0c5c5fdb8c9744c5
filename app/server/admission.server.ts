/** Who is let in before whom when the portal is busy, first the most urgent. */
export const KINDS = ['ending', 'signed-in', 'signing-in', 'visitor', 'export'] as const;
export type Kind = (typeof KINDS)[number];

/** Decides when a request is worked on, and refuses it when that would take too long. */
export interface Admission {
  /**
   * Waits for a place. Resolves to the function that leaves it, or to null: too busy, do not work on it.
   *
   * @param from the session that asks; null without one
   * @param isGone whether the client has left meanwhile; its request is dropped then
   */
  enter(kind: Kind, from?: string | null, isGone?: () => boolean): Promise<(() => void) | null>;
  /** To be called when a connection or a request arrives. */
  arrived(): void;
}

/** The event loop as the rule sees it. */
export interface Loop {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Runs it in the loop's next turn, after what has arrived was read. */
  nextTurn(run: () => void): void;
  after(ms: number, run: () => void): void;
}

/** Sign-out, the provider's callbacks, and the end of a view-as session: a full portal must not refuse them. */
const ENDING = /^\/[a-z]{2}\/(sign-out|leave|signed-out)$|^\/auth\//;
const STOP = /^\/[a-z]{2}\/helpdesk\/with-me$/;
const SIGNING_IN = /^\/[a-z]{2}\/sign-in$/;
const EXPORT = /\.(csv|json)$|\/(advisor\/(deadlines|calendar\/[^/]+)|(insight|effect)\/export|draws\/[^/]+)$/;

const ENDING_MOST = 50;
/** Signed-in people have the other places for themselves. */
const VISITORS_SHARE = 0.5;
const EXPORTS_SHARE = 0.1;
/** The longest wait for a place, in milliseconds. */
const PATIENCE_MS = 1_000;
const ENDING_PATIENCE_MS = 5_000;
/** When there was no quiet moment for a second, visitors wait in vain and are told so soon. Signed-in people go first. */
const CROWDED_AFTER_MS = 1_000;
const CROWDED_PATIENCE_MS = { 'signed-in': 800, 'signing-in': 100, visitor: 100, export: 100 };
/** A page that takes longer waits for what others use: its section's own patience is 1.2 s. */
const SLOW_MS = 1_300;
/** So many are always let in, however slow they are. */
const ALWAYS_INSIDE = 25;
/** Turns in a row that only take in what arrives, until a request begins all the same. */
const MOST_TAKING_IN = 64;
/** Requests of one session that wait or are in work: more than browsers send, and too few to fill the portal. */
const MOST_OF_ONE = 50;
/** Requests of one kind that wait; the memory for them is bounded. */
const MOST_WAITING = 500;
const SWEEP_MS = 50;

/** By the path of a request: what it asks for and, for other pages, whether a signed-in person asks. */
export function kindOf(method: string, pathname: string, isSignedIn: () => boolean): Kind {
  if (ENDING.test(pathname) || (method === 'POST' && STOP.test(pathname))) return 'ending';
  if (EXPORT.test(pathname)) return 'export';
  if (isSignedIn()) return 'signed-in';
  return SIGNING_IN.test(pathname) ? 'signing-in' : 'visitor';
}

interface Waiting {
  readonly since: number;
  readonly from: string | null;
  readonly isGone: () => boolean;
  readonly go: (leave: (() => void) | null) => void;
}

/**
 * Lets one request in a turn of the event loop, so that the loop's own pace is the limit. The others wait here, where they
 * can be refused, and not unread in the sockets. The most urgent kind goes first. Within a kind the newest does: under
 * overload some are answered in time instead of all too late.
 *
 * Node accepts one connection in a turn. While some arrive no request begins, or they would wait unaccepted for seconds.
 *
 * At most `most` are in work, and fewer when most pages are slow: then they wait for the backends or the database, and more
 * of them would only wait longer.
 */
export function createAdmission(most: number, loop: Loop): Admission {
  const line: Record<Kind, Waiting[]> = { ending: [], 'signed-in': [], 'signing-in': [], visitor: [], export: [] };
  const inside: Record<Kind, number> = { ending: 0, 'signed-in': 0, 'signing-in': 0, visitor: 0, export: 0 };
  let isArmed = false;
  let isSweeping = false;
  let hasArrived = false;
  let takingIn = 0;
  let quietAt = 0;
  let room = Math.min(ALWAYS_INSIDE, most);
  let [quick, slow] = [0, 0];
  let lastBegun: Kind | undefined;

  const ofOne = new Map<string, number>();
  const weightOf = (one: Waiting | undefined) => (one?.from ? (ofOne.get(one.from) ?? 0) : 1);

  const waiting = () => KINDS.reduce((sum, kind) => sum + line[kind].length, 0);
  const share = (part: number) => Math.max(1, Math.floor(part * room));

  function hasRoom(kind: Kind): boolean {
    if (kind === 'ending') return inside.ending < ENDING_MOST;
    const { export: exports, visitor, 'signing-in': signingIn } = inside;
    const public_ = visitor + signingIn + exports;
    if (public_ + inside['signed-in'] >= room) return false;
    if (kind === 'signed-in') return true;
    return public_ < share(VISITORS_SHARE) && (kind !== 'export' || exports < share(EXPORTS_SHARE));
  }

  function patienceOf(kind: Kind, now: number): number {
    if (kind === 'ending') return ENDING_PATIENCE_MS;
    return now - quietAt < CROWDED_AFTER_MS ? PATIENCE_MS : CROWDED_PATIENCE_MS[kind];
  }

  /** Refuses those who waited too long; each line is in the order of arrival. */
  function refuseLate(now: number): void {
    for (const kind of KINDS) {
      const patience = patienceOf(kind, now);
      const inTime = line[kind].findIndex(({ since }) => now - since < patience);
      const late = line[kind].splice(0, inTime < 0 ? line[kind].length : inTime);
      for (const { go } of late) go(null);
    }
  }

  function arm(): void {
    if (isArmed) return;
    isArmed = true;
    loop.nextTurn(turn);
  }

  function turn(): void {
    isArmed = false;
    if (hasArrived && takingIn < MOST_TAKING_IN) {
      hasArrived = false;
      takingIn += 1;
      arm();
      return;
    }
    takingIn = 0;
    refuseLate(loop.now());
    const [first, second] = KINDS.filter((kind) => line[kind].length > 0 && hasRoom(kind));
    // Anybody can ask for what ends something, so a flood of it gets every second turn.
    const next = first === 'ending' && lastBegun === 'ending' ? (second ?? first) : first;
    if (next !== undefined) begin(next);
    lastBegun = next;
    if (waiting() === 0) quietAt = loop.now();
    else if (next !== undefined) arm();
    else sweepLater();
  }

  /** The newest, of the sessions that have the fewest here: who floods the portal waits for everybody else. */
  function takeFrom(all: Waiting[]): Waiting {
    let best = all.length - 1;
    for (let index = best - 1; index >= 0; index--) if (weightOf(all[index]) < weightOf(all[best])) best = index;
    return all.splice(best, 1)[0] as Waiting;
  }

  function begin(kind: Kind): void {
    const { isGone, go } = takeFrom(line[kind]);
    if (isGone()) {
      go(null);
      return;
    }
    inside[kind] += 1;
    const since = loop.now();
    go(() => {
      inside[kind] -= 1;
      // Others wait for the provider or make a large file.
      if (kind === 'signed-in' || kind === 'visitor') learn(loop.now() - since);
      if (waiting() > 0) arm();
    });
  }

  /** Doubles the room in the time of a page while pages are quick and others wait, and halves it when most are slow. */
  function learn(ms: number): void {
    if (ms > SLOW_MS) slow += 1;
    else quick += 1;
    if (slow >= 5 && slow > quick) {
      room = Math.max(Math.min(ALWAYS_INSIDE, most), Math.floor(room / 2));
      [quick, slow] = [0, 0];
    } else if (ms <= SLOW_MS && waiting() > 0) room = Math.min(most, room + 1);
    if (quick + slow >= 50) [quick, slow] = [quick / 2, slow / 2];
  }

  /** While nothing leaves, the line is looked at for those who waited too long. */
  function sweepLater(): void {
    if (isSweeping) return;
    isSweeping = true;
    loop.after(SWEEP_MS, () => {
      isSweeping = false;
      if (waiting() > 0) arm();
    });
  }

  function waitFor(kind: Kind, from: string | null, isGone: () => boolean): Promise<(() => void) | null> {
    return new Promise((go) => {
      if (waiting() === 0) quietAt = loop.now();
      if (line[kind].length >= MOST_WAITING) line[kind].shift()?.go(null);
      line[kind].push({ since: loop.now(), from, isGone, go });
      arm();
    });
  }

  const count = (from: string, change: 1 | -1) => {
    const left = (ofOne.get(from) ?? 0) + change;
    if (left > 0) ofOne.set(from, left);
    else ofOne.delete(from);
  };

  return {
    arrived() {
      hasArrived = true;
    },
    async enter(kind, from = null, isGone = () => false) {
      if (from === null || kind === 'ending') return waitFor(kind, from, isGone);
      if ((ofOne.get(from) ?? 0) >= MOST_OF_ONE) return null;
      count(from, 1);
      const leave = await waitFor(kind, from, isGone);
      if (leave === null) count(from, -1);
      return (
        leave &&
        (() => {
          count(from, -1);
          leave();
        })
      );
    },
  };
}

/** Node's own event loop. */
export const NODE_LOOP: Loop = {
  now: () => performance.now(),
  nextTurn: (run) => void setImmediate(run),
  after: (ms, run) => void setTimeout(run, ms).unref(),
};
