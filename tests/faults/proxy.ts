import { createServer as createHttpServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a proxy does to the connections through it. Times are in milliseconds. */
export type ProxyFault =
  | { readonly kind: 'none' | 'refuse' | 'blackhole' }
  /** Every answer comes so much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The answer comes byte by byte. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** The connection breaks after this many bytes of the answer. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** HTTP only: the body ends early, as if it were whole. */
  | { readonly kind: 'truncate'; readonly share: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'mutate'; readonly change: (body: string) => string }
  /** HTTP only: the header `Date` of the answer. */
  | { readonly kind: 'date'; readonly shiftMs: number };

export interface FaultProxy {
  readonly port: number;
  /** Sets the fault of all calls from now on, and breaks the connections that are open. */
  set(fault: ProxyFault): void;
  stop(): Promise<void>;
}

/** Faults that need to understand HTTP. The others also suit a database or a mail server. */
const HTTP_KINDS: ReadonlySet<ProxyFault['kind']> = new Set(['truncate', 'status', 'mutate', 'date']);

/** A proxy before one server on this machine. */
export async function startFaultProxy(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
  let fault: ProxyFault = { kind: 'none' };
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
    return socket;
  };
  const http = createHttpServer((incoming, outgoing) => forward(target, fault, incoming, outgoing));
  const server = createServer((client) => {
    keep(client);
    if (fault.kind === 'refuse') return client.resetAndDestroy();
    if (fault.kind === 'blackhole') return client.pause();
    if (HTTP_KINDS.has(fault.kind)) return http.emit('connection', client);
    const behind = keep(connect(target));
    client.pipe(behind);
    client.on('close', () => behind.destroy());
    behind.on('close', () => client.end());
    pass(behind, client, fault);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      fault = next;
      breakAll();
    },
    async stop() {
      const closed = new Promise((done) => server.close(done));
      breakAll();
      await closed;
    },
  };
}

/** Passes on the bytes of an answer as the fault says. */
function pass(behind: Socket, client: Socket, fault: ProxyFault): void {
  let left = fault.kind === 'reset' ? fault.afterBytes : 0;
  behind.on('data', (piece: Buffer) => {
    if (fault.kind === 'latency') setTimeout(() => client.write(piece), fault.ms);
    else if (fault.kind === 'drip') drip(client, piece, fault.ms);
    else if (fault.kind !== 'reset') client.write(piece);
    else if (piece.length < left) {
      left -= piece.length;
      client.write(piece);
    } else client.write(piece.subarray(0, left), () => client.resetAndDestroy());
  });
}

function drip(client: Socket, piece: Buffer, ms: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (client.destroyed || at >= piece.length) return clearInterval(timer);
    client.write(piece.subarray(at, ++at));
  }, ms);
}

function forward(
  target: { readonly host: string; readonly port: number },
  fault: ProxyFault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { method, url, headers } = incoming;
  const call = request({ ...target, method, path: url, headers }, async (answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    let body = Buffer.concat(chunks);
    const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers;
    if (fault.kind === 'truncate') body = body.subarray(0, Math.floor(body.length * fault.share));
    if (fault.kind === 'mutate') body = Buffer.from(fault.change(`${body}`));
    if (fault.kind === 'date') kept.date = new Date(Date.now() + fault.shiftMs).toUTCString();
    const status = fault.kind === 'status' ? fault.status : answer.statusCode;
    outgoing.writeHead(status ?? 502, { ...kept, 'content-length': body.length }).end(body);
  });
  call.on('error', () => outgoing.destroy());
  incoming.pipe(call);
}
