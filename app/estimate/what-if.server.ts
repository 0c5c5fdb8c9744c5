import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type Outlook, statisticsTables } from '~/agency/statistics.server';
import { estimate } from '~/model/estimate/estimate';
import type { Estimate, Model } from '~/model/estimate/model';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { errorName, log } from '~/platform/log.server';
import { trained } from './model.server';
import { type Lesson, learn, type Trained } from './training';
import { outlookOf, type WhatIf } from './what-if';

/** What somebody who applies on a Monday is told of each procedure. */
export interface Outcome {
  readonly procedure: string;
  readonly now: Estimate;
  /** After the what-if, and after as many weeks without any change. */
  readonly after: Estimate;
  readonly unchanged: Estimate;
}

export interface WhatIfResult {
  /** ISO Mondays. */
  readonly from: string;
  readonly until: string;
  readonly outcomes: readonly Outcome[];
}

const MOST_KEPT = 20;
const MOST_WAITED_MS = 12_000;
const kept = new Map<string, Model>();
let keptOf = '';
/** One simulation at a time: it is costly for the agency too. */
let busy: Promise<unknown> = Promise.resolve();

/** Asks the agency's simulation and learns from the counts that it foresees, as the estimate learns from real ones. */
export async function whatIf(asked: WhatIf): Promise<Loaded<WhatIfResult>> {
  const known = trained();
  if (known.state === 'unavailable') return known;
  const now = known.value.model;
  const work = busy.then(async () => ({
    after: await foreseen(outlookOf(asked), now),
    unchanged: await foreseen({ weeks: asked.weeks, inflow: 1, capacity: 1 }, now),
  }));
  busy = work.catch(() => undefined);
  try {
    const models = await Promise.race([work, afterAWhile()]);
    if (models === null) return unavailable('late');
    if (models.after.state === 'unavailable') return models.after;
    if (models.unchanged.state === 'unavailable') return models.unchanged;
    const { value: after } = models.after;
    const { value: unchanged } = models.unchanged;
    const outcomes = Object.keys(after.procedures).map((procedure) => ({
      procedure,
      now: toldToday(now, procedure),
      after: toldToday(after, procedure),
      unchanged: toldToday(unchanged, procedure),
    }));
    return { ...models.after, value: { from: now.asOf, until: after.asOf, outcomes } };
  } catch (error) {
    log('what-if-failed', { error: errorName(error) }, 'warn');
    return unavailable('failed');
  }
}

async function foreseen(outlook: Outlook, now: Model): Promise<Loaded<Model>> {
  if (keptOf !== now.asOf || kept.size > MOST_KEPT) {
    kept.clear();
    keptOf = now.asOf;
  }
  const key = JSON.stringify(outlook);
  const before = kept.get(key);
  if (before) return fresh(before, before.asOf);
  const lesson = await statisticsTables(outlook);
  if (lesson.state === 'unavailable') return lesson;
  const { model } = await learnQuickly(lesson.value);
  const result = withLessonsOf(now, model);
  if (lesson.state === 'fresh') kept.set(key, result);
  return { ...lesson, value: result };
}

/** The past taught how to put the forecast together; the foreseen weeks do not teach that anew. */
function withLessonsOf(now: Model, after: Model): Model {
  const procedures = Object.entries(after.procedures).map(([name, own]) => {
    const taught = now.procedures[name];
    if (!taught) return [name, own] as const;
    const { stageWeight, queueTrust, lowShare, highShare, coverage, recentCoverage } = taught;
    const byStage = own.stages.map(
      (code, stage) => taught.byStage[taught.stages.indexOf(code)] ?? own.byStage[stage] ?? taught,
    );
    return [name, { ...own, stageWeight, queueTrust, lowShare, highShare, byStage, coverage, recentCoverage }] as const;
  });
  return { ...after, procedures: Object.fromEntries(procedures) };
}

function toldToday(model: Model, procedure: string): Estimate {
  const stage = model.procedures[procedure]?.stages[0] ?? '';
  return estimate(model, { procedure, stage, inStageDays: 0, ageDays: 0 });
}

const BUILT = './training-thread.js';

/** Only the first lesson, the ranges; in a thread of its own where the build made one, so that no page waits. */
async function learnQuickly(lesson: Lesson): Promise<Trained> {
  const built = new URL(BUILT, import.meta.url);
  if (!existsSync(built)) {
    const [first] = learn(lesson);
    if (!first) throw new Error('nothing was counted');
    return first;
  }
  const thread = new Worker(built, { workerData: lesson });
  thread.unref();
  try {
    return await new Promise<Trained>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('nothing was counted')));
    });
  } finally {
    void thread.terminate();
  }
}

function afterAWhile(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, MOST_WAITED_MS, null).unref();
  });
}
