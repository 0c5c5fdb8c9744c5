import { createServer, request } from 'node:http';

export interface PlannerCounter {
  readonly url: string;
  /** Milliseconds (monotonic) of every question for free times, by desk, product and number of people. */
  readonly asked: ReadonlyMap<string, readonly number[]>;
  /** Begins to count anew. */
  forget(): void;
  stop(): Promise<void>;
}

/** Stands before an OAP planner, hands everything on, and writes down when it was asked for free times. */
export async function startPlannerCounter(planner: string): Promise<PlannerCounter> {
  const asked = new Map<string, number[]>();
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url ?? '/', planner);
    const desk = /\/desks\/([^/]+)\/slots\/?$/.exec(address.pathname)?.[1];
    if (desk && incoming.method === 'GET') {
      const key = `${desk} ${address.searchParams.get('productKey')} ${address.searchParams.get('persons')}`;
      asked.set(key, [...(asked.get(key) ?? []), performance.now()]);
    }
    const onward = request(address, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const { pathname } = new URL(planner);
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    asked,
    forget: () => asked.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The most questions that fell into any span of so many milliseconds. */
export function mostWithin(times: readonly number[], spanMs: number): number {
  return times.reduce((most, start) => {
    const within = times.filter((time) => time >= start && time < start + spanMs).length;
    return Math.max(most, within);
  }, 0);
}
