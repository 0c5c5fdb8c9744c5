import { now } from '~/clock.server';
import type { Loaded } from '~/model/loaded';

interface Rules {
  /** For so long an answer is good as new, in milliseconds. */
  readonly freshMs: number;
  /** For so long after that it may be shown as "kept" when the backend can't be asked. */
  readonly keptMs: number;
}

/**
 * Answers that are everybody's (catalogue, waits, statistics): asked once for all who ask at the same time, used again
 * while fresh, kept for when the backend is away. Never for anything personal.
 */
export function shareAnswers<T>(rules: Rules) {
  const answers = new Map<string, { loaded: Loaded<T>; at: number }>();
  const underWay = new Map<string, Promise<Loaded<T>>>();

  async function ask(key: string, question: () => Promise<Loaded<T>>): Promise<Loaded<T>> {
    const known = answers.get(key);
    const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < rules.freshMs) return known.loaded;
    const running = underWay.get(key) ?? start(key, question);
    const loaded = await running;
    if (loaded.state !== 'unavailable' || !known || known.loaded.state === 'unavailable') return loaded;
    if (age >= rules.freshMs + rules.keptMs) return loaded;
    return { state: 'kept', value: known.loaded.value, asOf: known.loaded.asOf, why: loaded.why };
  }

  function start(key: string, question: () => Promise<Loaded<T>>): Promise<Loaded<T>> {
    const running = question()
      .then((loaded) => {
        if (loaded.state === 'fresh' && underWay.get(key) === running) answers.set(key, { loaded, at: Date.now() });
        return loaded;
      })
      .finally(() => {
        if (underWay.get(key) === running) underWay.delete(key);
      });
    underWay.set(key, running);
    return running;
  }

  /** Forgets what is known, so that the next who asks gets a new answer; what is under way is not kept either. */
  function forget(concerns: (key: string) => boolean): void {
    for (const key of answers.keys()) if (concerns(key)) answers.delete(key);
    for (const key of underWay.keys()) if (concerns(key)) underWay.delete(key);
  }

  return { ask, forget };
}

/** The present moment as a page's "as of". */
export const asOfNow = (): string => now().toString();
