/** How many requests are being answered, and whether one more may come in. */
export interface Crowd {
  /** Counts one in; what it gives counts it out again. Null: it is too full, and the request is not to be worked on. */
  enter(pathname: string): (() => void) | null;
}

/** Ends that nobody may be kept from, however many want to come in. */
const NEVER_REFUSED = /^\/[a-z]{2}\/(sign-out|signed-out)$|^\/auth\//;

/**
 * A full house says so at once, instead of letting everybody wait until all have given up: what is refused costs next
 * to nothing, so those inside are answered as fast as ever.
 *
 * @param most requests in work at the same time
 */
export function createCrowd(most: number): Crowd {
  let inside = 0;
  return {
    enter(pathname) {
      if (inside >= most && !NEVER_REFUSED.test(pathname)) return null;
      inside += 1;
      return () => {
        inside -= 1;
      };
    },
  };
}
