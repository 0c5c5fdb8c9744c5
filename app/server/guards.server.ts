import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why a request is refused: the status, and a title for JSON clients. */
export interface Refused {
  readonly status: 400 | 403 | 404 | 405 | 408 | 413 | 414 | 415 | 503;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const URL_LIMIT = 4_096;
/** Bytes of a form, unless BODY_KIB says otherwise. */
const BODY_LIMIT = 64 * 1024;
/** Where other machines send to, and in which form. What proves them is in the request, and no cookie is looked at. */
const MACHINES: Readonly<Record<string, 'form' | 'json'>> = {
  '/auth/backchannel-logout': 'form',
  '/notifications': 'json',
  '/notify': 'json',
};
/** A mail program's button, in any form (RFC 8058, §3.2): the address says it all, and the body is not read. */
const STOP = /^\/stop-messages\/[\w.-]+$/;
const machineOf = (url: string) => (STOP.test(url) ? 'any' : MACHINES[url]);
const METHODS = ['GET', 'HEAD', 'POST'];

/** Checks a request's first line and headers. `origin` is the portal's own. Null: the request may pass. */
export function refusalOf(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  origin: string,
  bodyLimit = BODY_LIMIT,
): Refused | null {
  const { method = '', url = '', headers } = request;
  if (!METHODS.includes(method))
    return { status: 405, title: 'Method not allowed', headers: { allow: METHODS.join(', ') } };
  if (url.length > URL_LIMIT) return { status: 414, title: 'Address too long' };
  if (!isOwnPath(url)) return { status: 400, title: 'Bad address' };
  if (isFrameworks(url)) return { status: 404, title: 'Not found' };
  if (Number(headers['content-length'] ?? 0) > bodyLimit) return { status: 413, title: 'Too much was sent' };
  const machine = machineOf(url);
  if (method === 'POST' && !machine && !comesFromUs(headers, origin))
    return { status: 403, title: 'Sent from another site' };
  if (method === 'POST' && machine !== 'any' && !(machine === 'json' ? isJson : isForm)(headers))
    return { status: 415, title: machine === 'json' ? 'Not JSON' : 'Not a form' };
  // A speculative request of the browser must not open a file or leave a look in the audit log.
  if (isSpeculative(headers) && headers.cookie?.includes('__Host-'))
    return { status: 503, title: 'Not ahead of time', headers: { 'retry-after': '0' } };
  return null;
}

/**
 * Reads the whole body: 413 once it exceeds the limit (bytes), whatever was announced, and 408 when it is not there in time.
 *
 * @param ms the time for the whole body, however it is cut into pieces
 */
export async function readBody(
  request: AsyncIterable<Buffer>,
  ms: number,
  limit = BODY_LIMIT,
): Promise<Buffer | Refused> {
  const deadline = new AbortController();
  const late = sleep(ms, 'late' as const, { signal: deadline.signal }).catch(() => 'late' as const);
  try {
    const read = whole(request, limit);
    const body = await Promise.race([read, late]);
    if (body !== 'late') return body;
    read.catch(() => {});
    return { status: 408, title: 'Sent too slowly' };
  } finally {
    deadline.abort();
  }
}

async function whole(request: AsyncIterable<Buffer>, limit: number): Promise<Buffer | Refused> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) return { status: 413, title: 'Too much was sent' };
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Current browsers send where a form came from, older ones at least its origin; a request with neither is refused. */
function comesFromUs(headers: IncomingMessage['headers'], origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin === undefined || headers.origin === 'null') return site === 'same-origin';
  return headers.origin === origin;
}

/** The content types that our pages send; a missing type is read as a form. */
const isForm = ({ 'content-type': type }: IncomingMessage['headers']): boolean =>
  type === undefined || /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);

/** What is no form is not read as one. */
export const isNoForm = (url: string): boolean => ['json', 'any'].includes(machineOf(url) ?? '');

const isJson = ({ 'content-type': type }: IncomingMessage['headers']): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type ?? '');

/** Headers of older browsers and mail programs for speculative requests. */
function isSpeculative(headers: IncomingMessage['headers']): boolean {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name] ?? '').join(' ');
  return /\b(prefetch|prerender|preview)\b/i.test(purposes);
}

/** The data endpoints that the framework opens beside each page, which no page of ours uses. */
function isFrameworks(url: string): boolean {
  const [path = '', search = ''] = url.split('?', 2);
  return path.endsWith('.data') || path === '/__manifest' || new URLSearchParams(search).has('_data');
}

/** A decodable path of our own: no other host, no `//host`, no broken percent signs, no control characters. */
function isOwnPath(url: string): boolean {
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('\\')) return false;
  try {
    const [path = ''] = url.split('?');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
    return !/[\u0000-\u001f\u007f]/.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
