import type { IncomingMessage } from 'node:http';
import { log } from '~/platform/log.server';
import { policyViolations } from '~/platform/metrics.server';
import { readBody } from './guards.server';

/** Where browsers report what a page's content security policy has stopped. */
export const REPORTS = '/csp-reports';

const BODY_MS = 2_000;
const MOST_AT_ONCE = 10;
const LINES_A_MINUTE = 10;
const DIRECTIVES =
  /^(default|script|style|img|font|connect|manifest|worker|frame|object|media)-src(-elem|-attr)?$|^(form-action|base-uri|frame-ancestors|require-trusted-types-for|trusted-types)$/;

let reading = 0;
let minute = 0;
let lines = 0;

/**
 * Counts a report by its directive, and logs the first ten of a minute. Nothing else of it is kept: its addresses are
 * those of somebody's pages, and anybody may have made it up. Returns the status to answer with.
 */
export async function takeReport(request: IncomingMessage): Promise<204 | 503> {
  if (reading >= MOST_AT_ONCE) return 503;
  reading += 1;
  try {
    const body = await readBody(request, BODY_MS);
    if (Buffer.isBuffer(body)) for (const directive of directivesIn(body)) note(directive);
    return 204;
  } finally {
    reading -= 1;
  }
}

function note(directive: string): void {
  policyViolations.inc({ directive });
  const current = Math.floor(performance.now() / 60_000);
  if (current !== minute) [minute, lines] = [current, 0];
  lines += 1;
  if (lines <= LINES_A_MINUTE) log('policy-violation', { outcome: directive }, 'warn');
}

/** The directives of both kinds of report: of the Reporting API, and the older single one. */
function directivesIn(body: Buffer): string[] {
  let read: unknown;
  try {
    read = JSON.parse(body.toString('utf8'));
  } catch {
    return [];
  }
  const all: unknown[] = Array.isArray(read) ? read.slice(0, 20) : [read];
  return all.flatMap((one) => {
    const directive = text(one, 'body', 'effectiveDirective') ?? text(one, 'csp-report', 'violated-directive');
    const [name = ''] = (directive ?? '').split(' ');
    return DIRECTIVES.test(name) ? [name] : [];
  });
}

function text(value: unknown, ...path: readonly string[]): string | null {
  let inner: unknown = value;
  for (const key of path)
    inner = typeof inner === 'object' && inner !== null ? new Map(Object.entries(inner)).get(key) : undefined;
  return typeof inner === 'string' ? inner : null;
}
