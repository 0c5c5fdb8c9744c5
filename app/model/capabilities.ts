import { type Capabilities, PRODUCTS, type VisitAlternative } from './appointment';

/** Of an agency without a planner: a visit from before can be shown, and nothing else. */
export const NO_CAPABILITIES: Capabilities = {
  hold: 'none',
  holdRelease: false,
  maxParty: 1,
  move: 'none',
  cancel: 'no',
  tells: false,
  instead: {},
};

/**
 * Capabilities of several planners before a desk is chosen: the weakest of each. Exceptions: the largest party of any,
 * and all alternatives to a visit. Throws for an empty list.
 */
export function commonCapabilities(all: readonly Capabilities[]): Capabilities {
  const [first, ...others] = all;
  if (!first) throw new Error('no planner, so no capabilities');
  return others.reduce(
    (a, b): Capabilities => ({
      hold: weaker(HOLDS, a.hold, b.hold),
      holdRelease: a.holdRelease && b.holdRelease,
      maxParty: Math.max(a.maxParty, b.maxParty),
      move: weaker(MOVES, a.move, b.move),
      cancel: weaker(CANCELS, a.cancel, b.cancel),
      tells: a.tells && b.tells,
      instead: mergeAlternatives(a.instead, b.instead),
    }),
    first,
  );
}

// Each list from the weakest to the strongest.
const HOLDS = ['none', 'anonymous', 'owned'] as const;
const MOVES = ['none', 'cancel-then-book', 'book-then-cancel'] as const;
const CANCELS = ['no', 'link', 'yes'] as const;

const weaker = <T>(ranks: readonly T[], a: T, b: T): T => (ranks.indexOf(a) <= ranks.indexOf(b) ? a : b);

/** Couriers first, since a delivery spares a trip. */
function mergeAlternatives(a: Capabilities['instead'], b: Capabilities['instead']): Capabilities['instead'] {
  const key = ({ kind, url }: VisitAlternative) => `${kind} ${url}`;
  const entries = PRODUCTS.flatMap((product) => {
    const all = new Map([...(a[product] ?? []), ...(b[product] ?? [])].map((way) => [key(way), way]));
    const ways = [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, way]) => way);
    return ways.length > 0 ? [[product, ways] as const] : [];
  });
  return Object.fromEntries(entries);
}
