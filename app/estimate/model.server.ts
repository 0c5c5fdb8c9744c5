import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { statisticsTables } from '~/agency/statistics.server';
import { config } from '~/config/config.server';
import { estimate } from '~/model/estimate/estimate';
import { warmUp } from '~/model/estimate/forecast';
import type { Estimate, Situation, StaffSwitch } from '~/model/estimate/model';
import { type Loaded, mapLoaded, type Trouble, unavailable } from '~/model/loaded';
import { daysBetween } from '~/model/time';
import { now, today } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { keepEstimate, newerEstimate } from '~/store/estimate.server';
import { type Switched, switches } from '~/store/estimate-switch.server';
import { besideLastGood, type Lesson, SHAPE, type Trained } from './training';

/** Counts that are older than this are said to be old. */
const OLD_DAYS = 14;
let current: Trained | null = null;
let why: Trouble = 'late';
let inForce: readonly Switched[] = [];

/** The last good estimate. Nobody's page ever waits for one: until the first is there the wait is "late". */
export function trained(): Loaded<Trained> {
  if (!current) return unavailable(why);
  const { asOf } = current;
  // Counts are weekly: one question that failed makes them no older than they are.
  const isOld = daysBetween(asOf, today(config().AGENCY_ZONE).toString()) > OLD_DAYS;
  return isOld ? { state: 'kept', value: current, asOf, why } : { state: 'fresh', value: current, asOf };
}

/** The expected wait of a situation, with what staff has switched for its procedure. */
export function expectedWait(situation: Situation): Loaded<Estimate> {
  const staff = staffSwitch(situation.procedure);
  return mapLoaded(trained(), (known) => remembered(known, situation, staff?.trust ?? null));
}

/** What staff has switched for a procedure, and why; null when nothing. */
export function staffSwitch(procedure: string): { trust: StaffSwitch['trust']; reason: Switched['reason'] } | null {
  const found = inForce.find((one) => one.procedure === procedure);
  return found?.trust ? { trust: found.trust, reason: found.reason } : null;
}

/** Reads the switches anew: after a change, so that whoever made it sees it at once. */
export async function refreshSwitches(): Promise<void> {
  inForce = await switches();
}

/** Seconds until the store is asked again for a newer estimate: often until the first one is complete. */
export const refreshSeconds = (): number => (current?.complete ? 60 : 3);

/** Takes over what other processes trained and what staff switched. */
export async function refreshEstimate(): Promise<void> {
  await refreshSwitches();
  await takeFromStore();
}

/** Seconds until the agency is asked again for its counts, which are weekly. */
export const trainSeconds = (): number => (current?.complete ? 3_600 : 15);

/** Asks the agency for its counts, and trains when they are newer than the estimate. */
export async function trainWhenNewer(signal: AbortSignal): Promise<void> {
  await takeFromStore();
  const lesson = await statisticsTables();
  why = lesson.state === 'unavailable' ? lesson.why : 'late';
  if (lesson.state === 'unavailable') return;
  const asOf = lesson.value.tables[0]?.asOf ?? '';
  const isKnown = current !== null && (current.asOf > asOf || (current.asOf === asOf && current.complete));
  if (isKnown) return;
  signal.throwIfAborted();
  await train(lesson.value, lesson.state === 'partial' ? lesson.missing : [], signal);
}

async function takeFromStore(): Promise<void> {
  const newer = await newerEstimate(current);
  // Only portals write it, each its own version's shape; one that this version can't read is trained anew.
  if (!newer || !isTrained(newer.body)) return;
  current = newer.body;
  warmUp(current.model);
}

/** `missing`: procedures whose counts were refused or could not be had. */
async function train(lesson: Lesson, missing: readonly string[], signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const last = current;
  for await (const learned of learning(lesson, signal)) {
    const result = besideLastGood(learned, last, missing);
    current = result;
    await keepEstimate({ asOf: result.asOf, complete: result.complete, body: result }, now());
    log('estimate-trained', {
      ms: Math.round(performance.now() - started),
      outcome: result.complete ? 'all' : 'quick',
    });
  }
}

/** Learns in a thread of its own, so that no page waits. The thread ends with the signal. */
async function* learning(lesson: Lesson, signal: AbortSignal): AsyncGenerator<Trained> {
  // Beside the built server; a literal address would be bundled.
  const built = './training-thread.js';
  const thread = new Worker(new URL(built, import.meta.url), { workerData: lesson });
  thread.unref();
  try {
    for await (const [trained] of on(thread, 'message', { close: ['exit'], signal })) yield trained;
  } finally {
    await thread.terminate();
  }
}

const isTrained = (body: unknown): body is Trained =>
  typeof body === 'object' && body !== null && 'shape' in body && body.shape === SHAPE;

const MOST_REMEMBERED = 20_000;
const memory = new Map<string, Estimate>();
let memoryOf: Trained | null = null;

/** Many people are in the same situation; a forecast costs up to a millisecond. */
function remembered(known: Trained, situation: Situation, trust: StaffSwitch['trust'] | null): Estimate {
  if (memoryOf !== known || memory.size > MOST_REMEMBERED) {
    memory.clear();
    memoryOf = known;
  }
  const key = `${situation.procedure} ${situation.stage} ${situation.inStageDays} ${situation.ageDays} ${trust}`;
  let result = memory.get(key);
  if (!result) {
    result = estimate(known.model, situation, trust ? { trust } : undefined);
    memory.set(key, result);
  }
  return result;
}
