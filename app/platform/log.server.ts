import { config } from '~/config/config.server';

/**
 * What may stand in the log, and nothing else: no address, no name, no number, no text of a person's. A field that is
 * not here does not compile, and does not come out.
 */
export interface LogFields {
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  /** The route's pattern, never the address that was asked for. */
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly ms?: number | undefined;
  readonly backend?: string | undefined;
  /** The name of a background job. */
  readonly job?: string | undefined;
  readonly outcome?: string | undefined;
  readonly count?: number | undefined;
  /** The name of an error's class and where it was thrown; never its message, which may quote a person's data. */
  readonly error?: string | undefined;
}

const FIELDS = ['requestId', 'method', 'route', 'status', 'ms', 'backend', 'job', 'outcome', 'count', 'error'] as const;
const RANK = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 };

/** One JSON line on standard output. */
export function log(event: string, fields: LogFields = {}, level: 'error' | 'warn' | 'info' | 'debug' = 'info'): void {
  if (RANK[level] > RANK[config().LOG_LEVEL]) return;
  const line: Record<string, unknown> = { time: new Date().toISOString(), level, event };
  for (const field of FIELDS) {
    if (fields[field] !== undefined) line[field] = fields[field];
  }
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Something that somebody must be woken for. */
export const alarm = (event: string, fields: LogFields = {}): void => log(event, fields, 'error');

/** An error as far as the log may know it. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const [, where = ''] = (error.stack ?? '').split('\n').filter((line) => line.includes(' at '));
  return `${error.name} ${where.trim()}`.trim();
}
