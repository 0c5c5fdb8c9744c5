import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SMALLEST = 512;
// Long enough for a page at 16 kbit/s. A reader slower than that would keep the answer in memory.
const WHOLE_MS = 60_000;
const LONGEST_MS = 900_000;
/** 16 kbit/s. */
const BYTES_A_MS = 2;
const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json|javascript|manifest\+json)|image\/svg)/;

/** An answer as sent: complete, and compressed when that is worth it. */
export interface Whole {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
}

/** Why the framework gave no page that can be sent, and after how many seconds to try again. */
export interface NoPage {
  readonly why: 'broken' | 'tooMany';
  readonly retryAfter: number;
}

const late = new WeakMap<ServerResponse, NodeJS.Timeout>();

/** Closes the connection when the answer has not been sent in time. @param bytes its size: a large file gets longer */
export function closeWhenLate(response: ServerResponse, bytes = 0): void {
  const known = late.get(response);
  if (known && bytes <= WHOLE_MS * BYTES_A_MS) return;
  clearTimeout(known);
  const timer = setTimeout(() => response.destroy(), Math.min(LONGEST_MS, WHOLE_MS + bytes / BYTES_A_MS));
  late.set(response, timer);
  if (!known) response.on('close', () => clearTimeout(late.get(response)));
}

/** Reads a web `Response` completely. `no-store` unless the answer itself says otherwise. */
export async function wholeOf(answer: Response, request: IncomingMessage): Promise<Whole> {
  const body = Buffer.from(await answer.arrayBuffer());
  const encoding = encodingFor(request, answer, body);
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
  if (!answer.headers.has('cache-control')) headers.push(['cache-control', 'no-store']);
  if (COMPRESSIBLE.test(answer.headers.get('content-type') ?? '')) headers.push(['vary', 'accept-encoding']);
  if (encoding !== null) headers.push(['content-encoding', encoding]);
  const bytes = encoding === null ? body : compress[encoding](body);
  return { status: answer.status, headers, cookies: answer.headers.getSetCookie(), bytes };
}

export function send({ status, headers, cookies, bytes }: Whole, request: IncomingMessage, response: ServerResponse) {
  response.statusCode = status;
  for (const [name, value] of headers) {
    if (name === 'vary') response.appendHeader(name, value);
    else response.setHeader(name, value);
  }
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (status !== 204 && status !== 304 && request.method !== 'HEAD') response.setHeader('content-length', bytes.length);
  closeWhenLate(response, bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

// Synchronous: a page takes a tenth of a millisecond, less than a thread hand-over. The small window fits a page and
// saves the encoder megabytes of memory.
const compress = {
  br: (body: Buffer) =>
    brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_LGWIN]: 16,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body: Buffer) => gzipSync(body, { level: 6 }),
};

function encodingFor(request: IncomingMessage, answer: Response, body: Buffer): 'br' | 'gzip' | null {
  if (body.length < SMALLEST || answer.headers.has('content-encoding')) return null;
  if (!COMPRESSIBLE.test(answer.headers.get('content-type') ?? '')) return null;
  const accepted = `${request.headers['accept-encoding'] ?? ''}`
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : null;
}
