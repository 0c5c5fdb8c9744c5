import { z } from 'zod';
import { headersFromList } from './headers-from-list.server';

const whole = (least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: 'is no number' })
    .int('is no whole number')
    .min(least, `is less than ${least}`)
    .max(most, `is more than ${most}`)
    .default(fallback);

const collector = z
  .url({ protocol: /^https?$/, error: 'is no http(s) URL' })
  .transform((url) => url.replace(/\/+$/, ''));

/** How the process runs: its database, its limits, and what it tells an operator. Part of the portal's settings. */
export const operationSettings = {
  /** Whether a starting portal migrates the database; off: `npm run migrate` does, and the portal only checks. */
  MIGRATE_AT_START: z.enum(['on', 'off'], { error: "is neither 'on' nor 'off'" }).default('on'),
  /** The most connections of one process to the database. */
  DATABASE_CONNECTIONS: whole(2, 200, 10),
  /** The longest statement of a page or a job, in seconds; a migration has no limit. */
  DATABASE_SECONDS: whole(1, 60, 2),
  /** The largest form, in KiB. */
  BODY_KIB: whole(16, 1_024, 64),
  /** The time in which a form must have come completely, in seconds. */
  BODY_SECONDS: whole(1, 120, 5),
  /** The longest time for making a page, in seconds; then the person is asked to try again. */
  ANSWER_SECONDS: whole(2, 120, 20),
  /** How long running requests get when the portal stops, in seconds. */
  DRAIN_SECONDS: whole(1, 300, 25),
  /** How long a stopping portal still takes requests while `/readyz` fails, in seconds. On a local ORIGIN 0, else 3. */
  DRAIN_NOTICE_SECONDS: z.coerce.number({ error: 'is no number' }).int().min(0).max(120).optional(),
  /** A collector of traces (OTLP over HTTP), without /v1/traces; without it none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  /** Headers for it: `name=value`, with commas between. */
  OTEL_EXPORTER_OTLP_HEADERS: headersFromList.prefault(''),
  /** The share of requests that are traced unless the caller decided, 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number({ error: 'is no number' }).min(0).max(1).default(1),
  OTEL_SERVICE_NAME: z.string().trim().min(1).default('zicht'),
  /** At what time of the agency's zone the portal counts the registry's cases itself; without it none of its processes does. */
  STATISTICS_COLLECT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 02:00')
    .optional(),
  /** Bearer token for /metrics and /health; without it only a portal on a local origin answers there. */
  METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
};
