import { type Breaker, createBreaker } from '~/platform/breaker';

/** A backend has fewer operations. What is beyond this many shares one breaker, so that odd paths fill no memory. */
const MOST_OPERATIONS = 64;
/** An operation that nobody asked for this long says nothing about the backend's state. */
const QUIET_MS = 60_000;

export interface OperationBreakers {
  /** Whether the backend can be connected to. Shared by all operations. */
  readonly connection: Breaker;
  of(operation: string, now: number): Breaker;
  /** The worst state of the connection and of each operation that was asked in the last minute. */
  state(now: number): Breaker['state'];
}

/** One breaker for each operation of a backend, and one for its connections. Times are epoch milliseconds. */
export function createOperationBreakers(): OperationBreakers {
  const connection = createBreaker();
  const known = new Map<string, { readonly breaker: Breaker; askedAt: number }>();
  return {
    connection,
    of(operation, now) {
      const name = known.has(operation) || known.size < MOST_OPERATIONS ? operation : '(others)';
      const found = known.get(name) ?? { breaker: createBreaker(), askedAt: now };
      found.askedAt = now;
      known.set(name, found);
      return found.breaker;
    },
    state(now) {
      const asked = [...known.values()].filter(({ askedAt }) => now - askedAt < QUIET_MS);
      const states = [connection.state, ...asked.map(({ breaker }) => breaker.state)];
      return (['open', 'trying'] as const).find((state) => states.includes(state)) ?? 'closed';
    },
  };
}

/** A part of a path that names something, and is no key: words, and the number of a version. */
const NAME = /^(?:v\d+|_?[a-z]+(?:[-_][a-z]+)*)$/i;
const LONGEST_NAME = 32;

/** Returns the method and the path without query and keys, such as "GET /statussen/*". */
export function operationOf(method: string, path: string): string {
  const [route = ''] = path.split('?');
  const named = route
    .split('/')
    .map((part) => (part === '' || (part.length <= LONGEST_NAME && NAME.test(part)) ? part : '*'))
    .join('/');
  // A list of all and a list about one case are two operations of the same path.
  const [about] = /(?<=[?&])(?:zaak|zaaktype)(?==)/.exec(path) ?? [];
  return `${method} ${named}${about ? `?${about}` : ''}`;
}
