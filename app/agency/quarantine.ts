/**
 * Closes a backend that answers about other people than those it is asked about. Each such answer is refused anyway. When
 * they come for two people and for a tenth of those who ask, the next answer may be one that can't be told, so nobody
 * gets one for a while. Times are epoch milliseconds, given by the caller.
 */
export interface Quarantine {
  permits(now: number): boolean;
  /** @param actor who asked @param isForeign whether the answer was about somebody else */
  answered(now: number, actor: string, isForeign: boolean): void;
}

const WINDOW_MS = 5 * 60_000;
const CLOSED_MS = 30_000;
const LEAST = 2;
const SHARE = 0.1;

export function createQuarantine(): Quarantine {
  let begun = 0;
  let closedUntil = 0;
  let asked = new Set<string>();
  let misled = new Set<string>();
  return {
    permits: (now) => now >= closedUntil,
    answered(now, actor, isForeign) {
      if (now - begun > WINDOW_MS) {
        begun = now;
        asked = new Set();
        misled = new Set();
      }
      asked.add(actor);
      if (!isForeign) return;
      misled.add(actor);
      if (misled.size >= LEAST && misled.size >= asked.size * SHARE) closedUntil = now + CLOSED_MS;
    },
  };
}
