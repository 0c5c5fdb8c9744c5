import { config } from '~/config/config.server';

/**
 * The only fields that may be logged: no address, name, number or text of a person. Any other field does not compile,
 * and is dropped at run time.
 */
export interface LogFields {
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  /** The route's pattern, never the requested address. */
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly backend?: string | undefined;
  readonly job?: string | undefined;
  readonly outcome?: string | undefined;
  readonly count?: number | undefined;
  /** The error's class and where it was thrown; never its message, which may quote personal data. */
  readonly error?: string | undefined;
}

const FIELDS = ['requestId', 'method', 'route', 'status', 'ms', 'backend', 'job', 'outcome', 'count', 'error'] as const;
const RANK = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };

export function log(event: string, fields: LogFields = {}, level: 'error' | 'warn' | 'info' | 'debug' = 'info'): void {
  if (RANK[level] > RANK[config().LOG_LEVEL]) return;
  const line: Record<string, unknown> = { time: new Date().toISOString(), level, event };
  for (const field of FIELDS) {
    if (fields[field] !== undefined) line[field] = fields[field];
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** An event for which an operator must be woken. */
export const alarm = (event: string, fields: LogFields = {}): void => log(event, fields, 'error');

export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const [, where = ''] = (error.stack ?? '').split('\n').filter((line) => line.includes(' at '));
  return `${error.name} ${where.trim()}`.trim();
}
