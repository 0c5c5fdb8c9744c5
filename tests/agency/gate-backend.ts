import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Asking, type Gate, type GateOptions, openGate, type Question } from '../../app/agency/gate.server';
import { VIEWER } from './planner';

/** Enough for an answer on a busy machine, and short enough to wait for. */
const PATIENT = { attemptMs: 5_000, connectMs: 5_000 };
export const HURRIED = { attemptMs: 250 };
/** Far below the client's own timeout. */
export const SOON = 3_000;
export const schema = z.object({ n: z.number() });
const opened: { server: Server; gate: Gate }[] = [];

/** A real HTTP backend with a scripted answer, a gate to it, and the requests it received. */
export async function backend(answer: RequestListener, options: Partial<GateOptions> = {}) {
  const asked: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const gate = openGate({ name: 'test', baseUrl: `http://127.0.0.1:${port}/api/v1`, ...PATIENT, ...options });
  opened.push({ server, gate });
  const ask = (question: GateQuestion = {}) => gate.ask(questionOf(question));
  return { server, gate, asked, ask, stop: () => stop(server) };
}

export interface GateQuestion extends Partial<Asking<{ n: number }>> {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly safe?: boolean;
}

/** A request of a person about their own data. */
function questionOf({ method = 'GET', safe = method === 'GET', ...rest }: GateQuestion): Question<{ n: number }> {
  const whole = { path: '/x', schema, by: VIEWER, ...rest };
  if (method === 'GET') return { ...whole, method, safe };
  return method === 'POST' && safe ? { ...whole, method, safe } : { ...whole, method };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

export const answering =
  (status: number, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

/** To be called after each test. */
export async function closeBackends(): Promise<void> {
  for (const { server, gate } of opened.splice(0)) {
    await stop(server);
    await gate.close();
  }
}
