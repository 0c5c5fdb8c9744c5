import { AsyncLocalStorage } from 'node:async_hooks';

const deadlines = new AsyncLocalStorage<AbortSignal | null>();

/** Runs `work`: its reads from backends end with `signal`, and with the deadline around it. A write never does. */
export function withDeadline<T>(signal: AbortSignal, work: () => T): T {
  const outer = deadlineNow();
  return deadlines.run(outer ? AbortSignal.any([outer, signal]) : signal, work);
}

/** Runs work whose answer several pages share, so that the end of one page does not end it. */
export const withoutDeadline = <T>(work: () => T): T => deadlines.run(null, work);

/** Aborted when nobody waits for the running code any more; null for background work and shared answers. */
export const deadlineNow = (): AbortSignal | null => deadlines.getStore() ?? null;
