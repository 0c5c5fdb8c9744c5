import { createServer, request } from 'node:http';

export interface PlannerCounter {
  readonly url: string;
  /** Times (monotonic, milliseconds) of the requests for free slots, by what they ask for. */
  readonly requests: ReadonlyMap<string, readonly number[]>;
  /** Clears the counts. */
  forget(): void;
  stop(): Promise<void>;
}

export type PlannerKind = 'oap' | 'zms' | 'qmatic' | 'jcc';

/**
 * Names what a request for free slots asks for: desk, product and party size. Null for other requests. ZMS has one
 * request for all desks. Qmatic has one for a desk's days and one for each day.
 */
const TARGET: Readonly<Record<PlannerKind, (address: URL) => string | null>> = {
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
  jcc: ({ pathname, searchParams: query }) =>
    pathname.endsWith('/availabletimelist')
      ? `jcc ${query.get('locationId')} ${query.get('activityId')} ${query.get('amount')} ${query.get('fromDate')}`
      : null,
};

/** Starts a proxy before a planner that records the times of its requests for free slots. */
export async function startPlannerCounter(planner: string, kind: PlannerKind): Promise<PlannerCounter> {
  const requests = new Map<string, number[]>();
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url ?? '/', planner);
    const target = incoming.method === 'GET' ? TARGET[kind](address) : null;
    if (target) requests.set(target, [...(requests.get(target) ?? []), performance.now()]);
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
    requests,
    forget: () => requests.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The largest number of requests within any span of `spanMs` milliseconds. */
export function mostWithin(times: readonly number[], spanMs: number): number {
  return times.reduce((most, start) => {
    const within = times.filter((time) => time >= start && time < start + spanMs).length;
    return Math.max(most, within);
  }, 0);
}
