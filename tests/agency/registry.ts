import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './zaak';

/** What a scripted registry received. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
}

/** A body with 200, or a status with one. Null: 404. */
export type Reply = Json | readonly unknown[] | { readonly status: number; readonly body?: unknown } | null;

export interface Registry {
  readonly url: string;
  readonly asked: Received[];
  answer: (received: Received) => Reply;
  close(): Promise<void>;
}

/** A ZGW registry and catalogue over real HTTP, which answers what a test says. Set it as ZAKEN_URL and CATALOGI_URL. */
export async function startRegistry(): Promise<Registry> {
  const asked: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://registry');
    const received = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      body: text ? JSON.parse(text) : {},
    };
    asked.push(received);
    const reply = registry.answer(received);
    const status = reply && 'status' in reply && typeof reply.status === 'number' ? reply.status : reply ? 200 : 404;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: Registry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: () => null,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  return registry;
}

/** A page of a list. */
export const page = (results: readonly unknown[], given: Json = {}): Json => ({
  count: results.length,
  next: null,
  previous: null,
  results,
  ...given,
});
