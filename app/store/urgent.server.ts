import { setImmediate as afterEvents, setTimeout as sleep } from 'node:timers/promises';
import { createBreaker } from '~/platform/breaker';
import { isStoreFailure, StoreTimeout } from '~/platform/store-failure';

/** Queries on which every signed-in page waits. */
export interface Urgency {
  /** Rejects with a `StoreTimeout` when the answer is late, and at once while the database is known to be silent. */
  run<T>(query: () => PromiseLike<T>): Promise<T>;
  /** To be called when the database answers anything. */
  answered(): void;
}

/**
 * One failure is enough where nothing else was answered either: the next query would wait as long. One query a second tries
 * whether the database is back.
 */
const RULES = { windowMs: 10_000, minimumCalls: 1, failureShare: 0, retryAfterMs: 1_000 };

/** @param urgentMs after which a query fails: long enough for a loaded database, short enough for who waits for a page */
export function createUrgency(urgentMs: number): Urgency {
  const breaker = createBreaker(RULES);
  let answeredAt = Number.NEGATIVE_INFINITY;

  async function tooLong(signal: AbortSignal): Promise<never> {
    await passed(urgentMs, signal);
    throw new StoreTimeout();
  }

  return {
    answered() {
      answeredAt = performance.now();
    },
    async run(query) {
      const since = performance.now();
      if (!breaker.permits(since)) throw new StoreTimeout();
      const over = new AbortController();
      const late = tooLong(over.signal);
      late.catch(() => {});
      try {
        const result = await Promise.race([query(), late]);
        breaker.succeeded();
        return result;
      } catch (error) {
        if (!isStoreFailure(error)) breaker.succeeded();
        else if (answeredAt < since) breaker.failed(performance.now());
        throw error;
      } finally {
        over.abort();
      }
    },
  };
}

/** An answer that arrived while the process was busy is read before the time counts as passed. */
async function passed(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
  await afterEvents();
}
