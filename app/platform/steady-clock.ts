import { Temporal } from 'temporal-polyfill';

/**
 * A clock that never goes back: when the wall clock is set back it goes on with the time that really passed, so that
 * nothing lasts longer. When the wall clock is set forward it follows, and what expires ends early.
 *
 * @param wall the wall clock
 * @param elapsed milliseconds on a monotonic clock
 */
export function createSteadyClock(wall: () => Temporal.Instant, elapsed: () => number): () => Temporal.Instant {
  let ahead: bigint | undefined;
  return () => {
    const passed = BigInt(Math.round(elapsed() * 1_000_000));
    const offset = wall().epochNanoseconds - passed;
    if (ahead === undefined || offset > ahead) ahead = offset;
    return Temporal.Instant.fromEpochNanoseconds(passed + ahead);
  };
}
