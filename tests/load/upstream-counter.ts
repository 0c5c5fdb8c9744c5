import { createServer, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export interface UpstreamCounter {
  readonly url: string;
  /** Method and path of each request since the last `forget`. */
  readonly requests: readonly string[];
  /** Response bytes since the last `forget`. */
  readonly bytes: () => number;
  forget(): void;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * Starts a proxy before the agency's APIs that records the requests. It caches searches and answers a repeated one
 * after `latencyMs`, so that the simulated agency's own CPU time is not measured.
 */
export async function startUpstreamCounter(agency: string, latencyMs: number): Promise<UpstreamCounter> {
  const requests: string[] = [];
  const known = new Map<string, Answer>();
  let bytes = 0;
  const server = createServer(async (incoming, outgoing) => {
    const came = performance.now();
    const { method = 'GET', url = '/' } = incoming;
    const sent = await wholeOf(incoming);
    requests.push(`${method} ${new URL(url, agency).pathname}`);
    const key = `${method} ${url} ${sent}`;
    const before = known.get(key);
    const answer = before ?? (await ask(new URL(url, agency), incoming, sent).catch(() => null));
    if (!answer) return outgoing.destroy();
    if (before) await delay(Math.max(0, latencyMs - (performance.now() - came)));
    else if (answer.status === 200 && url.endsWith('/_zoek')) known.set(key, answer);
    bytes += answer.body.length;
    outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    outgoing.end(answer.body);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    bytes: () => bytes,
    forget: () => {
      requests.length = 0;
      bytes = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function ask(address: URL, { method, headers }: IncomingMessage, sent: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = request(address, { method, headers }, (answer) => {
      const { 'transfer-encoding': _, ...kept } = answer.headers;
      wholeOf(answer).then((body) => resolve({ status: answer.statusCode ?? 502, headers: kept, body }), reject);
    });
    onward.on('error', reject);
    onward.end(sent);
  });
}

async function wholeOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
