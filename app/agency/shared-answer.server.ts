import type { Loaded } from '~/model/loaded';
import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { withoutDeadline } from './deadline.server';

interface Rules {
  /** How long an answer counts as fresh, in milliseconds. */
  readonly freshMs: number;
  /** How long after that it may be shown as "kept" when the backend is down. */
  readonly keptMs: number;
  /** How long a failure is reused, so that many visitors don't hammer a broken backend; absent = not at all. */
  readonly failedMs?: number;
  /** An answer that is old or has rows that can't be read is cached like any other: asking again would not mend it. */
  readonly partly?: true;
  /** Most keys in the cache; the oldest answer is evicted first. */
  readonly most?: number;
}

const MOST_KEYS = 1_000;

interface Timed<T> {
  readonly loaded: Loaded<T>;
  readonly at: number;
}

/** How long a planner's failure is reused, in milliseconds: hardly longer than it takes to press "try again". */
export const PLANNER_FAILED_MS = 1_500;

/** How long a planner's desks and services are kept: they rarely change, and help while it is down. */
export const PLANNER_CATALOGUE = {
  freshMs: 10 * 60_000,
  keptMs: 24 * 60 * 60_000,
  failedMs: PLANNER_FAILED_MS,
} as const;

/**
 * A cache for answers that are the same for everybody (catalogue, waits, statistics): one request for concurrent
 * callers, reused while fresh, kept for when the backend is down. Never for anything personal.
 */
export function shareAnswers<T>(rules: Rules) {
  const answers = new Map<string, Timed<T>>();
  const failures = new Map<string, Timed<T>>();
  const underWay = new Map<string, Promise<Loaded<T>>>();

  async function ask(key: string, question: () => Promise<Loaded<T>>): Promise<Loaded<T>> {
    const known = answers.get(key);
    const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < rules.freshMs) return known.loaded;
    const loaded = recentFailure(key) ?? (await (underWay.get(key) ?? start(key, question)));
    if (loaded.state !== 'unavailable' || !known || known.loaded.state === 'unavailable') return loaded;
    if (age >= rules.freshMs + rules.keptMs) return loaded;
    return { state: 'kept', value: known.loaded.value, asOf: known.loaded.asOf, why: loaded.why };
  }

  function recentFailure(key: string): Loaded<T> | null {
    const failure = failures.get(key);
    return failure && Date.now() - failure.at < (rules.failedMs ?? 0) ? failure.loaded : null;
  }

  function start(key: string, question: () => Promise<Loaded<T>>): Promise<Loaded<T>> {
    const running = withoutDeadline(question)
      .then((loaded) => {
        if (underWay.get(key) !== running) return loaded;
        const keeps = loaded.state === 'fresh' || (loaded.state !== 'unavailable' && rules.partly);
        if (keeps) keep(answers, key, loaded);
        if (loaded.state === 'unavailable') keep(failures, key, loaded);
        else failures.delete(key);
        return loaded;
      })
      .finally(() => {
        if (underWay.get(key) === running) underWay.delete(key);
      });
    underWay.set(key, running);
    return running;
  }

  /** A Map keeps the order in which keys were set, so its first key is the oldest. */
  function keep(known: Map<string, Timed<T>>, key: string, loaded: Loaded<T>): void {
    known.delete(key);
    known.set(key, { loaded, at: Date.now() });
    for (const oldest of known.keys()) {
      if (known.size <= (rules.most ?? MOST_KEYS)) break;
      known.delete(oldest);
    }
  }

  /** Drops the cached answer and ignores one that is still on its way. */
  function forget(concerns: (key: string) => boolean): void {
    for (const known of [answers, failures, underWay])
      for (const key of known.keys()) if (concerns(key)) known.delete(key);
  }

  onClearCaches(() => forget(() => true));
  return { ask, forget };
}

export const asOfNow = (): string => now().toString();
