import { asOfNow } from '~/agency/shared-answer.server';
import { statisticsTables } from '~/agency/statistics.server';
import { alarm, errorName, log } from '~/log.server';
import type { Model } from '~/model/estimate/model';
import { train } from '~/model/estimate/train';
import { type Loaded, unavailable } from '~/model/loaded';

const HOUR_MS = 3_600_000;
/** Retrained when the counts are of a new week, looked for every hour; sooner when there is no model at all. */
const AGAIN_MS = HOUR_MS;
const AGAIN_SOON_MS = 5_000;

let current: Loaded<Model> = unavailable('late');
let timer: NodeJS.Timeout | undefined;

/** The last good model. Nobody's page ever waits for one: until the first is there the wait is "late". */
export const currentModel = (): Loaded<Model> => current;

/** Trains a model from the agency's counts, now and again in the background, until the process ends. */
export function keepTraining(): void {
  if (timer) return;
  const again = async () => {
    const known = await trainOnce();
    timer = setTimeout(again, known ? AGAIN_MS : AGAIN_SOON_MS);
    timer.unref();
  };
  timer = setTimeout(again, 0);
}

export function stopTraining(): void {
  clearTimeout(timer);
  timer = undefined;
}

async function trainOnce(): Promise<boolean> {
  try {
    const tables = await statisticsTables();
    if (tables.state === 'unavailable') {
      current = current.state === 'unavailable' ? tables : { ...current, state: 'kept', why: tables.why };
      return current.state !== 'unavailable';
    }
    const [first] = tables.value;
    if (!first || (current.state === 'fresh' && current.value.asOf === first.asOf)) return true;
    const started = performance.now();
    current = { state: 'fresh', value: train(tables.value, first.asOf), asOf: asOfNow() };
    log('estimate-trained', { ms: Math.round(performance.now() - started), count: tables.value.length });
    return true;
  } catch (error) {
    // The last good model stays.
    alarm('estimate-not-trained', { error: errorName(error) });
    return current.state !== 'unavailable';
  }
}
