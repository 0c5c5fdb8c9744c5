import { setImmediate } from 'node:timers/promises';

/** For so long a calculation may keep the process, in milliseconds. */
const STEP_MS = 15;

/** Does all steps of a calculation at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the steps of a calculation and lets the process answer other requests in between. */
export async function inSteps<T>(steps: Generator<void, T>): Promise<T> {
  for (let since = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < STEP_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
