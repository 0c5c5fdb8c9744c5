import { setTimeout as sleep } from 'node:timers/promises';

/** Requests as libraries make them: they add further options, which are passed on. */
interface Sent {
  readonly method?: string | undefined;
  readonly signal?: AbortSignal | null | undefined;
}
type Fetch = (address: string, options: Sent) => Promise<Response>;

const MOST_TRIES = 3;
/**
 * A `fetch` for a provider that has just started or is busy, and answers its first request late. A GET that fails or is
 * not answered soon is sent again, and the first good answer counts, within the time of the given signal. Other methods
 * are sent once: a code and a client assertion hold for one request.
 *
 * @param againMs after how many milliseconds without an answer a request is sent again, beside the one that waits
 * @param pauseMs milliseconds between a failed request and the next
 */
export const patiently =
  (ask: (address: string, options: object) => Promise<Response>, againMs = 2_000, pauseMs = 300): Fetch =>
  async (address, options) => {
    if ((options.method ?? 'GET') !== 'GET') return ask(address, options);
    const tries: Promise<Response>[] = [];
    while (tries.length < MOST_TRIES) {
      const latest = ask(address, options).then(goodOne);
      tries.push(latest);
      const first = await Promise.race([anyOf(tries), failureOf(latest), sleep(againMs, null, { ref: false })]);
      if (first) return first;
      if (options.signal?.aborted) break;
      await Promise.race([anyOf(tries), sleep(pauseMs, null, { ref: false })]);
    }
    return Promise.any(tries).catch(({ errors }: AggregateError) => {
      const last: unknown = errors.at(-1);
      if (last instanceof ServerFault) return last.answer;
      throw last;
    });
  };

/** The first good answer; never settles when all fail. */
const anyOf = (tries: readonly Promise<Response>[]): Promise<Response> =>
  Promise.any(tries).catch(() => new Promise<never>(() => {}));

/** Null once a request has failed; never settles when it is answered. */
const failureOf = (answer: Promise<Response>): Promise<null> =>
  new Promise((resolve) => {
    answer.catch(() => resolve(null));
  });

class ServerFault extends Error {
  constructor(readonly answer: Response) {
    super('the provider failed');
  }
}

function goodOne(answer: Response): Response {
  if (answer.status >= 500) throw new ServerFault(answer);
  return answer;
}
