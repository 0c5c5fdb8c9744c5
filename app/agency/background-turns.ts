/**
 * Turns for background work, so that it never takes all connections to a backend. Work beyond `most` waits, first come
 * first served.
 */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((turn) => waiting.push(turn));
      try {
        return await work();
      } finally {
        // The next one gets this turn, so a newcomer can't overtake it.
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
