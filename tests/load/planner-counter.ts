import { createServer, request } from 'node:http';

export interface PlannerCounter {
  readonly url: string;
  /** Milliseconds (monotonic) of every question for free times, by what it asks for. */
  readonly asked: ReadonlyMap<string, readonly number[]>;
  /** Begins to count anew. */
  forget(): void;
  stop(): Promise<void>;
}

export type PlannerKind = 'oap' | 'zms' | 'qmatic';

/**
 * What a question for free times asks for: desk, product and number of people. ZMS has one question for all desks;
 * Qmatic has one for the days of a desk, and one for each day.
 */
const QUESTION: Readonly<Record<PlannerKind, (address: URL) => string | null>> = {
  oap: ({ pathname, searchParams }) => {
    const desk = /\/desks\/([^/]+)\/slots\/?$/.exec(pathname)?.[1];
    return desk ? `${desk} ${searchParams.get('productKey')} ${searchParams.get('persons')}` : null;
  },
  zms: ({ pathname, searchParams }) =>
    pathname.includes('/available-calendar')
      ? `zms ${searchParams.get('serviceIds')} ${searchParams.get('serviceCounts')}`
      : null,
  qmatic: ({ pathname }) => {
    const [, desk, of, count] = /\/branches\/([^/]+)\/dates(\/[^/;]+\/times)?.*=(\d+)$/.exec(pathname) ?? [];
    return desk ? `qmatic ${desk} ${of ?? 'dates'} ${pathname.split('Id=')[1]?.split(';')[0]} ${count}` : null;
  },
};

/** Stands before a planner, hands everything on, and writes down when it was asked for free times. */
export async function startPlannerCounter(planner: string, kind: PlannerKind): Promise<PlannerCounter> {
  const asked = new Map<string, number[]>();
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url ?? '/', planner);
    const question = incoming.method === 'GET' ? QUESTION[kind](address) : null;
    if (question) asked.set(question, [...(asked.get(question) ?? []), performance.now()]);
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
