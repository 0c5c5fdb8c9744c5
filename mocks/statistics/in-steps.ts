import { setImmediate } from 'node:timers/promises';

/** How long a calculation may block the process, in milliseconds. */
const STEP_MS = 15;

/** Runs all steps of a calculation without a break. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs a calculation in steps and lets the process answer other requests in between. */
export async function inSteps<T>(steps: Generator<void, T>): Promise<T> {
  for (let since = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < STEP_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
