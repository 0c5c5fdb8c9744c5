import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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

/** Observe in seconds, each attempt. `outcome`: `ok`, `abandoned` with its page, or why there is no answer, such as `late`. */
export const backendSeconds = new Histogram({
  name: 'zicht_backend_seconds',
  help: 'Duration of one call to a backend, with its body.',
  labelNames: ['backend', 'outcome'],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [register],
});

const BREAKER = { closed: 0, trying: 1, open: 2 };

/** The worst state of each backend's circuit breakers, by the backend's name. */
export const breakers = new Map<string, () => keyof typeof BREAKER>();

new Gauge({
  name: 'zicht_backend_breaker',
  help: 'Worst circuit breaker of a backend: 0 closed, 1 trying one call, 2 open.',
  labelNames: ['backend'],
  registers: [register],
  collect() {
    for (const [backend, state] of breakers) this.set({ backend }, BREAKER[state()]);
  },
});

/** The connections of the database's pool; set by the store while it is open. */
export const pool: { count: (() => Readonly<Record<'busy' | 'idle' | 'waiting' | 'most', number>>) | null } = {
  count: null,
};

new Gauge({
  name: 'zicht_pool_connections',
  help: 'Connections to the database: busy, idle, the most allowed, and queries that wait for one.',
  labelNames: ['state'],
  registers: [register],
  collect() {
    for (const [state, count] of Object.entries(pool.count?.() ?? {})) this.set({ state }, count);
  },
});

/** Whether the database answers, and whether it takes changes. */
export const databaseUsable = new Gauge({
  name: 'zicht_database_usable',
  help: 'Whether the database can be read and written, as of the last check: 1 or 0.',
  labelNames: ['access'],
  registers: [register],
});

/** Each line of the log at the levels `warn` and `error`, also those that LOG_LEVEL hides. */
export const logLines = new Counter({
  name: 'zicht_log_lines_total',
  help: 'Lines of the log that warn or report an error, by what happened.',
  labelNames: ['event', 'level'],
  registers: [register],
});

// An alert asks for a rise, and a series that begins with its first event has none.
for (const event of [
  'audit-unavailable',
  'another-person-signed-in-again',
  'database-older',
  'look-tried-to-write',
  'mail-sealed',
  'not-in-the-policy',
  'subject-mismatch',
])
  logLines.inc({ event, level: 'error' }, 0);
logLines.inc({ event: 'backend-malformed', level: 'warn' }, 0);

/** `kind`: `procedure`, `stage` or `result`. People then read the registry's own words instead of the agency's explanation. */
export const unnamedValues = new Counter({
  name: 'zicht_unnamed_values_total',
  help: "Cases that were read with a value that the agency's folder does not name, by its kind.",
  labelNames: ['kind'],
  registers: [register],
});

/** `outcome`: `counted`, or `skipped` because its steps could not be read whole. */
export const countedCases = new Counter({
  name: 'zicht_counted_cases_total',
  help: 'Cases that were read for the count tables.',
  labelNames: ['outcome'],
  registers: [register],
});

/** `outcome`: `done`, `failed`, `cancelled` by the person, or `unavailable` (the provider was not reached). */
export const signIns = new Counter({
  name: 'zicht_sign_ins_total',
  help: 'Sign-ins that came to an end, by how.',
  labelNames: ['outcome'],
  registers: [register],
});

for (const outcome of ['done', 'failed', 'cancelled', 'unavailable']) signIns.inc({ outcome }, 0);

/** What readers said at the foot of pages. `answer`: `yes`, `no`, or what they missed. */
export const pageAnswers = new Counter({
  name: 'zicht_page_answers_total',
  help: 'Answers to the question whether a page answered, by the kind of page.',
  labelNames: ['page', 'answer'],
  registers: [register],
});

/** `state`: `due` (also what was tried and not taken), `later`, or `parked` until somebody looked at it. */
export const outboxMails = new Gauge({
  name: 'zicht_outbox_mails',
  help: 'E-mails that wait in the outbox.',
  labelNames: ['state'],
  registers: [register],
});

/** `state`: `due`, or `parked` until somebody looked at it. */
export const contactsWaiting = new Gauge({
  name: 'zicht_contacts_waiting',
  help: 'Calls that are still to be written to the register of contacts.',
  labelNames: ['state'],
  registers: [register],
});

const instant = (name: string, help: string) => new Gauge({ name, help, registers: [register] });

// Instants and not ages, in seconds since 1970: an age stands still when the measuring does. 0: none yet.
export const outboxOldest = instant(
  'zicht_outbox_oldest_timestamp_seconds',
  'When the oldest waiting e-mail was made.',
);
export const auditNewest = instant('zicht_audit_entry_timestamp_seconds', 'When the newest audit entry was written.');
export const auditKept = instant(
  'zicht_audit_anchor_timestamp_seconds',
  'When the head of the audit log was last stored outside the database, or found unchanged.',
);
export const estimateAsOf = instant(
  'zicht_estimate_as_of_timestamp_seconds',
  'The date of the counts of the estimate.',
);
export const measuredAt = instant(
  'zicht_measured_timestamp_seconds',
  'When outbox, audit log and estimate were measured.',
);

/** Set once at the start. */
export const buildInfo = new Gauge({
  name: 'zicht_build_info',
  help: 'Always 1; the labels tell which build runs.',
  labelNames: ['version', 'build', 'node'],
  registers: [register],
});
