import { config } from '~/config/config.server';
import { describeError } from './error-place.server';
import { logLines } from './metrics.server';
import { requestContext } from './request-context.server';

/**
 * The only fields that may be logged: no address, name, number or text of a person. Any other field does not compile,
 * and is dropped at run time.
 */
export interface LogFields {
  /** Of the running request or job, unless another is given. */
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  /** The route's pattern, never the requested address. That of the running request, unless another is given. */
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly backend?: string | undefined;
  readonly job?: string | undefined;
  readonly outcome?: string | undefined;
  readonly count?: number | undefined;
  /** The path of a malformed field, never its value. */
  readonly field?: string | undefined;
  /** The error's class and where it came up; never its message, which may quote personal data. */
  readonly error?: string | undefined;
}

const FIELDS = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'backend',
  'job',
  'outcome',
  'count',
  'field',
  'error',
] as const;
const RANK = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };

export function log(event: string, fields: LogFields = {}, level: 'error' | 'warn' | 'info' | 'debug' = 'info'): void {
  if (RANK[level] <= RANK.warn) logLines.inc({ event, level });
  if (RANK[level] > RANK[config().LOG_LEVEL]) return;
  const line: Record<string, unknown> = { time: new Date().toISOString(), level, event };
  const all: LogFields = { ...whoseFields(), ...fields };
  for (const field of FIELDS) {
    if (all[field] !== undefined) line[field] = all[field];
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function whoseFields(): LogFields {
  const context = requestContext();
  return context ? { requestId: context.requestId, route: context.route } : {};
}

/** An event for which an operator must be woken. */
export const alarm = (event: string, fields: LogFields = {}): void => log(event, fields, 'error');

/** An error's class and place, for the field `error`. */
export const errorName = describeError;
