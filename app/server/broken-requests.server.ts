import { type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node's parser says of a request that it can't read, and the status for it. */
const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Gives the answers that Node would give by itself the security headers of all others: to requests that can't be parsed,
 * come too slowly, or expect what we do not offer.
 *
 * @param refused is told the status of each
 */
export function answerBrokenRequests(
  server: Server,
  headers: Readonly<Record<string, string>>,
  refused: (status: number) => void,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = STATUS[error.code ?? ''] ?? 400;
    refused(status);
    socket.end(rawAnswer(status, headers));
  });
  server.on('checkExpectation', (_request, response) => {
    response.writeHead(417, { ...headers, 'cache-control': 'no-store', connection: 'close' });
    response.end();
  });
}

function rawAnswer(status: number, headers: Readonly<Record<string, string>>): string {
  const all = { ...headers, 'cache-control': 'no-store', connection: 'close', 'content-length': '0' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n');
}
