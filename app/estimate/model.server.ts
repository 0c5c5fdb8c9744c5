import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { hasStatistics, lookForCollected, newestCounts, statisticsTables } from '~/agency/statistics.server';
import { warmUp } from '~/model/estimate/forecast';
import type { Estimate, Situation, StaffSwitch } from '~/model/estimate/model';
import { type Loaded, mapLoaded, type Trouble, unavailable } from '~/model/loaded';
import { daysBetween } from '~/model/time';
import { onClearCaches } from '~/platform/caches.server';
import { agencyDay, now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { keepEstimate, newerEstimate } from '~/store/estimate.server';
import { type Switched, switches } from '~/store/estimate-switch.server';
import { isStoreOpen } from '~/store/store.server';
import { cachePerModel } from './cache-per-model';
import { caseEstimate } from './case-estimate';
import { newestWeek, SHAPE, type Trained, type TrainingInput, withLastGoodFigures } from './training';

export { hasStatistics };

/** Older counts are marked as stale on pages. */
const STALE_DAYS = 14;
let current: Trained | null = null;
let why: Trouble = 'late';
let activeSwitches: readonly Switched[] = [];

/**
 * The last good estimate; `late` until there is a first one that was checked against the past. Pages never wait for it.
 */
export function trained(): Loaded<Trained> {
  if (!current?.complete) return unavailable(why);
  const { asOf } = current;
  return isStale(asOf) ? { state: 'kept', value: current, asOf, why } : { state: 'fresh', value: current, asOf };
}

/** Counts are weekly, so one failed request does not make them stale. */
const isStale = (asOf: string): boolean => daysBetween(asOf, agencyDay()) > STALE_DAYS;

/** The expected wait of a situation, subject to the staff switch of its procedure. */
export function expectedWait(situation: Situation): Loaded<Estimate> {
  const staff = staffSwitch(situation.procedure);
  const loaded = mapLoaded(trained(), (known) => cachedEstimate(known, situation, staff?.trust ?? null));
  if (loaded.state !== 'fresh' || !isStale(loaded.value.asOf)) return loaded;
  // The agency counts other procedures still, and this one no longer.
  return { state: 'kept', value: loaded.value, asOf: loaded.value.asOf, why };
}

/** The staff switch of a procedure and its reason; null when it is off. */
export function staffSwitch(procedure: string): { trust: StaffSwitch['trust']; reason: Switched['reason'] } | null {
  const active = activeSwitches.find((one) => one.procedure === procedure);
  return active?.trust ? { trust: active.trust, reason: active.reason } : null;
}

/** Reloads the switches, so that a change is in force at once. */
export async function refreshSwitches(): Promise<void> {
  activeSwitches = await switches(now());
}

/** Seconds until the next look for a newer estimate in the store: short until the first is complete. */
export const refreshSeconds = (): number => (current?.complete ? 60 : 3);

/** Loads what other processes trained and what staff switched. */
export async function refreshEstimate(): Promise<void> {
  await Promise.all([refreshSwitches(), lookForCollected()]);
  await loadFromStore();
}

onClearCaches(async () => {
  if (!isStoreOpen()) return;
  await refreshSwitches();
  // Replaced in one step: without an estimate, a training round in between would start anew.
  const stored = await newerEstimate(null);
  current = stored && isTrained(stored.body) ? stored.body : null;
});

/** Seconds until the next request for the agency's weekly counts. */
export const trainSeconds = (): number => (current?.complete ? 3_600 : 15);

/** Requests the agency's counts, and trains when they are newer than the estimate. */
export async function trainWhenNewer(signal: AbortSignal): Promise<void> {
  if (!hasStatistics()) return;
  await loadFromStore();
  // All tables are megabytes, which only a training needs.
  if (current?.complete && ((await newestCounts()) ?? '9999') <= current.asOf) return;
  const counts = await statisticsTables();
  why = counts.state === 'unavailable' ? counts.why : 'late';
  if (counts.state === 'unavailable') return;
  const asOf = newestWeek(counts.value.tables) ?? '';
  const isKnown = current !== null && (current.asOf > asOf || (current.asOf === asOf && current.complete));
  if (isKnown) return;
  signal.throwIfAborted();
  await trainAndStore(counts.value, counts.state === 'partial' ? counts.missing : [], signal);
}

async function loadFromStore(): Promise<void> {
  const newer = await newerEstimate(current);
  // Written by portals only. A body in another version's shape is ignored and trained again.
  if (!newer || !isTrained(newer.body)) return;
  current = newer.body;
  warmUp(current.model);
}

/** `missing`: procedures whose counts were refused or unavailable. */
async function trainAndStore(input: TrainingInput, missing: readonly string[], signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const last = current;
  for await (const step of trainInThread(input, signal)) {
    if (!step.complete) continue;
    const result = withLastGoodFigures(step, last, missing);
    current = result;
    await keepEstimate({ asOf: result.asOf, complete: result.complete, body: result }, now());
    log('estimate-trained', { ms: Math.round(performance.now() - started) });
  }
}

/** Trains in a separate thread, so that pages stay fast. The thread ends with the signal. */
async function* trainInThread(input: TrainingInput, signal: AbortSignal): AsyncGenerator<Trained> {
  // Beside the built server; a literal address would be bundled.
  const built = './training-thread.js';
  const thread = new Worker(new URL(built, import.meta.url), { workerData: input });
  thread.unref();
  try {
    for await (const [trained] of on(thread, 'message', { close: ['exit'], signal })) yield trained;
  } finally {
    await thread.terminate();
  }
}

const isTrained = (body: unknown): body is Trained =>
  typeof body === 'object' && body !== null && 'shape' in body && body.shape === SHAPE;

const cached = cachePerModel<Estimate>(20_000);

/** Many people share a situation, and a forecast costs up to a millisecond. */
function cachedEstimate(known: Trained, situation: Situation, trust: StaffSwitch['trust'] | null): Estimate {
  const key = `${situation.procedure} ${situation.stage} ${situation.inStageDays} ${situation.ageDays} ${trust}`;
  return cached(known, key, () => caseEstimate(known, situation, trust ? { trust } : undefined));
}
