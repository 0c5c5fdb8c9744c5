import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Listening {
  readonly port: number;
  /** Closes the server and its open connections. */
  readonly close: () => Promise<void>;
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Listens on `host`; port 0 takes any free port. Rejects when the port is taken. */
export function listen(answer: Answer, port: number, host: string): Promise<Listening> {
  const server = createServer(answer);
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: taken, close });
    });
  });
}

/** Serves a function from web request to web response with node:http. A network-error response resets the socket. */
export function bridge(answer: (request: Request) => Promise<Response>, origin: (host: string) => string): Answer {
  return (incoming, outgoing) => {
    read(incoming)
      .then((body) => {
        const { method = 'GET', url = '/', headers } = incoming;
        const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
          value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
        );
        const init: RequestInit = { method, headers: pairs };
        if (body.length > 0) init.body = new Uint8Array(body);
        return answer(new Request(new URL(url, origin(headers.host ?? 'localhost')), init));
      })
      .then((response) => write(response, outgoing))
      .catch((error: unknown) => {
        console.error(error);
        outgoing.destroy();
      });
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function write(response: Response, outgoing: ServerResponse) {
  if (response.type === 'error') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.end(body);
}
