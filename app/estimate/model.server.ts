import { Worker } from 'node:worker_threads';
import { statisticsTables } from '~/agency/statistics.server';
import { config } from '~/config/config.server';
import { estimate } from '~/model/estimate/estimate';
import { warmUp } from '~/model/estimate/forecast';
import type { Estimate, Situation, StaffSwitch } from '~/model/estimate/model';
import { type Loaded, mapLoaded, type Trouble, unavailable } from '~/model/loaded';
import { daysBetween } from '~/model/time';
import { now, today } from '~/platform/clock.server';
import { alarm, errorName, log } from '~/platform/log.server';
import { claimTraining, dropClaim, keepEstimate, newerEstimate } from '~/store/estimate.server';
import { type Switched, switches } from '~/store/estimate-switch.server';
import { besideLastGood, type Lesson, learn, SHAPE, type Trained } from './training';

/** How often it is looked whether the counts are of a new week, or another portal has trained; sooner at the start. */
const AGAIN_MS = 60_000;
const AGAIN_SOON_MS = 3_000;
/** Counts are weekly: the agency is asked for them this often. */
const ASK_MS = 3_600_000;
/** Counts that are older than this are said to be old. */
const OLD_DAYS = 14;
/** … and this often while another portal trains on them. */
const ASK_SOON_MS = 15_000;

let current: Trained | null = null;
let why: Trouble = 'late';
let inForce: readonly Switched[] = [];
let asked = Number.NEGATIVE_INFINITY;
let timer: NodeJS.Timeout | undefined;
let stopped = true;
/** The week that this portal is training for right now. */
let claimed: string | null = null;

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

/** Keeps the estimate up to date in the background, until `stopTraining`. */
export function keepTraining(): void {
  if (!stopped) return;
  stopped = false;
  const again = async () => {
    try {
      await refresh();
    } catch (error) {
      // The last good one stays.
      alarm('estimate-not-refreshed', { error: errorName(error) });
    }
    if (stopped) return;
    timer = setTimeout(again, current?.complete ? AGAIN_MS : AGAIN_SOON_MS);
    timer.unref();
  };
  void again();
}

/** Ends the background work; a training under way is given back, so that the next portal need not wait for it. */
export async function stopTraining(): Promise<void> {
  stopped = true;
  clearTimeout(timer);
  if (claimed) await dropClaim(claimed);
}

async function refresh(): Promise<void> {
  await refreshSwitches();
  await takeFromStore();
  if (now().epochMilliseconds - asked < (current?.complete ? ASK_MS : ASK_SOON_MS)) return;
  const lesson = await statisticsTables();
  if (lesson.state === 'unavailable') {
    why = lesson.why;
    return;
  }
  why = 'late';
  asked = now().epochMilliseconds;
  const asOf = lesson.value.tables[0]?.asOf ?? '';
  const isKnown = current !== null && (current.asOf > asOf || (current.asOf === asOf && current.complete));
  // A portal that is going claims nothing: others would wait minutes for what it can't finish.
  if (isKnown || stopped || !(await claimTraining(asOf, now()))) return;
  claimed = asOf;
  try {
    if (stopped) return await dropClaim(asOf);
    await train(lesson.value, lesson.state === 'partial' ? lesson.missing : []);
  } catch (error) {
    await dropClaim(asOf);
    throw error;
  } finally {
    claimed = null;
  }
}

async function takeFromStore(): Promise<void> {
  const newer = await newerEstimate(current);
  // Only portals write it, each its own version's shape; one that this version can't read is trained anew.
  if (!newer || !isTrained(newer.body)) return;
  current = newer.body;
  warmUp(current.model);
}

/** `missing`: procedures whose counts were refused or could not be had. */
async function train(lesson: Lesson, missing: readonly string[]): Promise<void> {
  const started = performance.now();
  const last = current;
  for await (const learned of learning(lesson)) {
    const result = besideLastGood(learned, last, missing);
    current = result;
    await keepEstimate({ asOf: result.asOf, complete: result.complete, body: result }, now());
    log('estimate-trained', {
      ms: Math.round(performance.now() - started),
      outcome: result.complete ? 'all' : 'quick',
    });
  }
}

/** In a thread of its own in production; in development, where there is no built thread, right here. */
async function* learning(lesson: Lesson): AsyncGenerator<Trained> {
  if (!config().production) {
    yield* learn(lesson);
    return;
  }
  const built = './training-thread.js';
  const thread = new Worker(new URL(built, import.meta.url), { workerData: lesson });
  thread.unref();
  const results: Trained[] = [];
  let wake = () => {};
  let ended: { readonly error: unknown } | null = null;
  thread.on('message', (result: Trained) => {
    results.push(result);
    wake();
  });
  thread.on('error', (error) => {
    ended = { error };
    wake();
  });
  thread.on('exit', () => {
    ended ??= { error: null };
    wake();
  });
  for (;;) {
    const next = results.shift();
    if (next) yield next;
    else if (ended) break;
    else
      await new Promise<void>((resume) => {
        wake = resume;
      });
  }
  const { error } = ended as { readonly error: unknown };
  if (error) throw error;
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
