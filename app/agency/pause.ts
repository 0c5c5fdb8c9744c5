/** The time for which a backend asked to be left alone. Times are epoch milliseconds, given by the caller. */
export interface Pause {
  /** Whole seconds before the next call may go; 0 = now. */
  secondsLeft(now: number): number;
  start(seconds: number, now: number): void;
}

export function createPause(): Pause {
  let until = 0;
  return {
    secondsLeft: (now) => Math.max(0, Math.ceil((until - now) / 1000)),
    start: (seconds, now) => {
      until = Math.max(until, now + seconds * 1000);
    },
  };
}

/** A backend that says nothing is left alone for so many seconds after a 429. */
const UNSAID_SECONDS = 2;
/** No backend is left alone longer than this many seconds at once. */
const LONGEST_SECONDS = 300;

/**
 * The seconds that an answer asks to wait (RFC 9110 §10.2.3), at most 300; null when it asks for none.
 *
 * @param header seconds or an HTTP date
 */
export function waitAskedFor(status: number, header: string | undefined, now: number): number | null {
  if (status !== 429 && (status !== 503 || header === undefined)) return null;
  const text = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  if (Number.isNaN(seconds)) return status === 429 ? UNSAID_SECONDS : null;
  return Math.min(Math.max(1, Math.ceil(seconds)), LONGEST_SECONDS);
}
