import type { ServerResponse } from 'node:http';
import type { Config } from '~/config/config.server';
import type { Language } from '~/model/language';
import { failurePage, failurePolicy, type Why } from './failure-page.server';
import { setHeaders } from './headers.server';

/** The answer to a refused request, as problem details (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function sendProblem(response: ServerResponse, { status, title, headers = {} }: Problem): void {
  response.statusCode = status;
  setHeaders(response, { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers });
  // An unread body would block the next request on the same connection.
  if (status === 408 || status === 413) response.setHeader('connection', 'close');
  response.end(JSON.stringify({ type: 'about:blank', status, title }));
}

export function sendRedirect(response: ServerResponse, location: string): void {
  response.statusCode = 307;
  setHeaders(response, { location, 'cache-control': 'no-store' });
  response.end();
}

/** Why there is no page, and after how many seconds to try again. Unknown without `retryAfter`. */
export interface Failure {
  readonly why: Exclude<Why, 'offline'>;
  readonly language: Language;
  readonly retryAfter?: number;
  readonly values?: Readonly<Record<string, string>>;
}

const STATUS: Partial<Record<Why, number>> = { tooMany: 429, unreadable: 422 };

/** The plain page that needs no framework; an answer that has begun can only be broken off. */
export function sendFailure(response: ServerResponse, failure: Failure, config: Config): void {
  const { why, language, retryAfter, values } = failure;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = STATUS[why] ?? (retryAfter === undefined ? 500 : 503);
  for (const name of ['content-encoding', 'content-length', 'set-cookie']) response.removeHeader(name);
  setHeaders(response, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': failurePolicy(config),
  });
  // The rest of a body that was not read would block the next request on the same connection.
  if (why === 'unreadable') response.setHeader('connection', 'close');
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  response.end(failurePage(language, why, config, values));
}
