import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The registry behind /metrics: process, event loop, garbage collection, and the measures below. */
export const register = new Registry();
collectDefaultMetrics({ register });

/** Observe in seconds. `route` is a route's pattern, never an address; `status` is a class such as `2xx`. */
export const requestSeconds = new Histogram({
  name: 'zicht_request_seconds',
  help: 'Time from the first byte of a request to the last of its answer.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [register],
});

/** Observe in seconds. `outcome`: `done`, `failed`, or `aborted` because the process stopped or lost its lease. */
export const jobSeconds = new Histogram({
  name: 'zicht_job_seconds',
  help: 'Duration of a round of a background job.',
  labelNames: ['job', 'outcome'],
  buckets: [0.01, 0.1, 1, 10, 60],
  registers: [register],
});

/** Reports of browsers, which anybody may make up: look for a rise, not at a number. */
export const policyViolations = new Counter({
  name: 'zicht_policy_violations_total',
  help: 'What browsers say that the content security policy has stopped, by its directive.',
  labelNames: ['directive'],
  registers: [register],
});
