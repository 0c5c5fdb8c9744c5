/** Counts requests in work and decides whether another one may enter. */
export interface Admission {
  /**
   * Enters a request and returns the function that leaves. Null: too busy, do not work on it.
   *
   * @param signedIn visitors without a session are refused first
   */
  enter(pathname: string, signedIn?: boolean): (() => void) | null;
}

export interface AdmissionLimits {
  /** This many may always be in work, however slow they are. */
  readonly always: number;
  readonly most: number;
}

/** Sign-out and the provider's callback have places of their own, so that a full portal does not refuse them. */
const OWN_PLACES = /^\/[a-z]{2}\/(sign-out|leave|signed-out)$|^\/auth\//;
const OWN_MOST = 50;

/** Visitors leave the rest of the places to people who are signed in. */
const VISITORS_SHARE = 0.5;

/** A request that enters should be answered within this time at the pace of the last second. */
const SECONDS_OF_WAITING = 3;

/**
 * Refuses requests when the process is too busy, instead of letting all of them time out. A refusal costs next to
 * nothing, so accepted requests stay fast. The capacity follows from how many requests finished lately.
 *
 * @param clock milliseconds, monotonic
 */
export function createAdmission({ always, most }: AdmissionLimits, clock: () => number): Admission {
  let inside = 0;
  let visitors = 0;
  let own = 0;
  let second = 0;
  let leaving = 0;
  let left = 0;
  const pace = (): number => {
    const current = Math.floor(clock() / 1000);
    if (current !== second) {
      left = current === second + 1 ? leaving : 0;
      leaving = 0;
      second = current;
    }
    return Math.max(left, leaving);
  };
  return {
    enter(pathname, signedIn = true) {
      if (OWN_PLACES.test(pathname)) {
        if (own >= OWN_MOST) return null;
        own += 1;
        return () => {
          own -= 1;
        };
      }
      const room = Math.min(most, Math.max(always, SECONDS_OF_WAITING * pace()));
      const isFull = !signedIn && visitors >= Math.max(1, Math.floor(VISITORS_SHARE * room));
      if (inside >= room || isFull) return null;
      inside += 1;
      if (!signedIn) visitors += 1;
      return () => {
        pace();
        leaving += 1;
        inside -= 1;
        if (!signedIn) visitors -= 1;
      };
    },
  };
}
