/** How many requests are being answered, and whether one more may come in. */
export interface Crowd {
  /** Counts one in; what it gives counts it out again. Null: it is too full, and the request is not to be worked on. */
  enter(pathname: string): (() => void) | null;
}

export interface CrowdLimits {
  /** So many may always be inside, however slow things are. */
  readonly always: number;
  /** So many are never exceeded. */
  readonly most: number;
}

/** Ends that nobody may be kept from, however many want to come in. */
const NEVER_REFUSED = /^\/[a-z]{2}\/(sign-out|signed-out)$|^\/auth\//;

/** Whoever comes in should be answered within about this time at the pace of the last second. */
const SECONDS_OF_WAITING = 3;

/**
 * A full house says so at once, instead of letting everybody wait until all have given up: what is refused costs next
 * to nothing, so those inside are answered as fast as ever. How many fit in follows from how many left lately.
 *
 * @param clock milliseconds, never going back
 */
export function createCrowd({ always, most }: CrowdLimits, clock: () => number): Crowd {
  let inside = 0;
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
    enter(pathname) {
      const room = Math.min(most, Math.max(always, SECONDS_OF_WAITING * pace()));
      if (inside >= room && !NEVER_REFUSED.test(pathname)) return null;
      inside += 1;
      return () => {
        pace();
        leaving += 1;
        inside -= 1;
      };
    },
  };
}
