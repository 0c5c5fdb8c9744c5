/**
 * A circuit breaker. After too many failures in a short time calls are blocked, and one call at a time may test the
 * backend. Times are epoch milliseconds, given by the caller.
 */
export interface Breaker {
  /** Whether a call may go now. In the half-open state only one may. */
  permits(now: number): boolean;
  succeeded(): void;
  /** @param person whose data the call was about: each person's failures count once in a window */
  failed(now: number, person?: string): void;
  readonly state: 'closed' | 'open' | 'trying';
}

interface Rules {
  /** The window over which outcomes are counted. */
  readonly windowMs: number;
  /** The breaker opens when the window has at least this many calls … */
  readonly minimumCalls: number;
  /** … and at least this share of them failed. */
  readonly failureShare: number;
  /** How long it stays open before a trial call. */
  readonly retryAfterMs: number;
}

export const DEFAULT_RULES: Rules = { windowMs: 10_000, minimumCalls: 6, failureShare: 0.5, retryAfterMs: 2_000 };

export function createBreaker(rules: Rules = DEFAULT_RULES): Breaker {
  let state: Breaker['state'] = 'closed';
  let openedAt = 0;
  let spanStart = 0;
  let calls = 0;
  let failures = 0;
  const troubled = new Set<string>();

  const forget = (now: number) => {
    spanStart = now;
    calls = 0;
    failures = 0;
    troubled.clear();
  };
  return {
    get state() {
      return state;
    },
    permits(now) {
      if (state === 'closed') return true;
      // Only one trial at a time. If its outcome never comes, the next trial is permitted in time.
      if (now - openedAt < rules.retryAfterMs) return false;
      state = 'trying';
      openedAt = now;
      return true;
    },
    succeeded() {
      if (state !== 'closed') {
        state = 'closed';
        calls = 0;
        failures = 0;
        troubled.clear();
      }
      calls += 1;
    },
    failed(now, person) {
      if (state === 'trying') {
        state = 'open';
        openedAt = now;
        return;
      }
      if (now - spanStart > rules.windowMs) forget(now);
      if (person !== undefined && troubled.has(person)) return;
      if (person !== undefined) troubled.add(person);
      calls += 1;
      failures += 1;
      if (calls >= rules.minimumCalls && failures / calls >= rules.failureShare) {
        state = 'open';
        openedAt = now;
      }
    },
  };
}
