import { type Capabilities, type Instead, PRODUCTS } from './appointment';

/**
 * What may be said of several planners at once, before a desk is chosen: only what each of them can, except that the
 * largest party is that of the planner that takes the most, and that any planner's way without a visit is one. Throws
 * where there are none.
 */
export function commonCapabilities(all: readonly Capabilities[]): Capabilities {
  const [first, ...others] = all;
  if (!first) throw new Error('no planner, so nothing that it can');
  return others.reduce(
    (a, b): Capabilities => ({
      hold: weaker(HOLDS, a.hold, b.hold),
      holdSeconds: a.holdSeconds === null || b.holdSeconds === null ? null : Math.min(a.holdSeconds, b.holdSeconds),
      holdRelease: a.holdRelease && b.holdRelease,
      holdExtend: a.holdExtend && b.holdExtend,
      party: {
        max: Math.max(a.party.max, b.party.max),
        identity: weaker(IDENTITIES, a.party.identity, b.party.identity),
      },
      services: weaker(SERVICES, a.services, b.services),
      confirm: weaker(CONFIRMS, a.confirm, b.confirm),
      move: weaker(MOVES, a.move, b.move),
      cancel: weaker(CANCELS, a.cancel, b.cancel),
      find: a.find && b.find,
      search: {
        range: weaker(RANGES, a.search.range, b.search.range),
        maxDays: least(a.search.maxDays, b.search.maxDays),
      },
      instead: either(a.instead, b.instead),
    }),
    first,
  );
}

// Each from the weakest promise to the strongest.
const HOLDS = ['none', 'anonymous', 'owned'] as const;
const IDENTITIES = ['lead', 'each'] as const;
const SERVICES = ['single', 'combinable'] as const;
const CONFIRMS = ['mail-link', 'direct'] as const;
const MOVES = ['none', 'cancel-then-book', 'book-then-cancel'] as const;
const CANCELS = ['no', 'link', 'yes'] as const;
const RANGES = ['none', 'days'] as const;

/** The smaller limit; null is none. */
const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const weaker = <T>(ranks: readonly T[], a: T, b: T): T => (ranks.indexOf(a) <= ranks.indexOf(b) ? a : b);

/** Couriers come first: who has it brought need not go anywhere. */
function either(a: Capabilities['instead'], b: Capabilities['instead']): Capabilities['instead'] {
  const key = ({ kind, url }: Instead) => `${kind} ${url}`;
  const entries = PRODUCTS.flatMap((product) => {
    const all = new Map([...(a[product] ?? []), ...(b[product] ?? [])].map((way) => [key(way), way]));
    const ways = [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way);
    return ways.length > 0 ? [[product, ways] as const] : [];
  });
  return Object.fromEntries(entries);
}
