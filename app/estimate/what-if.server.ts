import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { hasProjections, type Outlook, statisticsTables } from '~/agency/statistics.server';
import { estimate } from '~/model/estimate/estimate';
import type { Estimate, Model } from '~/model/estimate/model';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { errorName, log } from '~/platform/log.server';
import { trained } from './model.server';
import { type Trained, type TrainingInput, trainInSteps } from './training';
import { outlookOf, type WhatIf } from './what-if';

/** Estimates for a person who applies on a Monday. */
export interface Outcome {
  readonly procedure: string;
  readonly now: Estimate;
  /** After the scenario, and after the same time without a change. */
  readonly after: Estimate;
  readonly unchanged: Estimate;
}

export interface WhatIfResult {
  /** ISO Mondays. */
  readonly from: string;
  readonly until: string;
  readonly outcomes: readonly Outcome[];
}

const MOST_CACHED = 20;
const TIMEOUT_MS = 12_000;
const modelCache = new Map<string, Model>();
let cachedFor = '';
/** One simulation at a time, since it is costly for the agency too. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Requests the agency's simulation and trains on its counts. Also trains on a simulation without changes, to compare.
 */
export async function whatIf(scenario: WhatIf): Promise<Loaded<WhatIfResult>> {
  const known = trained();
  if (known.state === 'unavailable') return known;
  const now = known.value.model;
  const work = queue.then(async () => ({
    after: await trainOnOutlook(outlookOf(scenario), now),
    unchanged: await trainOnOutlook({ weeks: scenario.weeks, inflow: 1, capacity: 1 }, now),
  }));
  queue = work.catch(() => undefined);
  try {
    const models = await Promise.race([work, timeout()]);
    if (models === null) return unavailable('late');
    if (models.after.state === 'unavailable') return models.after;
    if (models.unchanged.state === 'unavailable') return models.unchanged;
    const { value: after } = models.after;
    const { value: unchanged } = models.unchanged;
    const outcomes = Object.keys(after.procedures).map((procedure) => ({
      procedure,
      now: estimateForNewApplicant(now, procedure),
      after: estimateForNewApplicant(after, procedure),
      unchanged: estimateForNewApplicant(unchanged, procedure),
    }));
    return { ...models.after, value: { from: now.asOf, until: after.asOf, outcomes } };
  } catch (error) {
    log('what-if-failed', { error: errorName(error) }, 'warn');
    return unavailable('failed');
  }
}

async function trainOnOutlook(outlook: Outlook, now: Model): Promise<Loaded<Model>> {
  if (cachedFor !== now.asOf || modelCache.size > MOST_CACHED) {
    modelCache.clear();
    cachedFor = now.asOf;
  }
  const key = JSON.stringify(outlook);
  const before = modelCache.get(key);
  if (before) return fresh(before, before.asOf);
  if (!hasProjections()) return unavailable('failed');
  const counts = await statisticsTables(outlook);
  if (counts.state === 'unavailable') return counts;
  const { model } = await trainQuickly(counts.value);
  const result = withCalibrationOf(now, model);
  if (counts.state === 'fresh') modelCache.set(key, result);
  return { ...counts, value: result };
}

/** Keeps the calibration on the real past; simulated weeks add nothing to it. */
function withCalibrationOf(now: Model, after: Model): Model {
  const procedures = Object.entries(after.procedures).map(([name, own]) => {
    const calibrated = now.procedures[name];
    if (!calibrated) return [name, own] as const;
    const { stageWeight, queueTrust, lowShare, highShare, coverage, recentCoverage } = calibrated;
    const byStage = own.stages.map(
      (code, stage) => calibrated.byStage[calibrated.stages.indexOf(code)] ?? own.byStage[stage] ?? calibrated,
    );
    return [name, { ...own, stageWeight, queueTrust, lowShare, highShare, byStage, coverage, recentCoverage }] as const;
  });
  return { ...after, procedures: Object.fromEntries(procedures) };
}

function estimateForNewApplicant(model: Model, procedure: string): Estimate {
  const stage = model.procedures[procedure]?.stages[0] ?? '';
  return estimate(model, { procedure, stage, inStageDays: 0, ageDays: 0 });
}

const BUILT = './training-thread.js';

/** Trains the ranges only, without a replay; in a thread when there is a built one. */
async function trainQuickly(input: TrainingInput): Promise<Trained> {
  const built = new URL(BUILT, import.meta.url);
  if (!existsSync(built)) {
    const [first] = trainInSteps(input);
    if (!first) throw new Error('nothing was counted');
    return first;
  }
  const thread = new Worker(built, { workerData: input });
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

function timeout(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, TIMEOUT_MS, null).unref();
  });
}
