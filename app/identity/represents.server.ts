import { z } from 'zod';

/**
 * One party of OIDC-NLGOV's claim `represents`: whom the signed-in person represents, and in it whom that one
 * represents. The innermost party is the one whose data it is about.
 */
const party = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  sub_id_type: z.string().min(1),
  get represents() {
    return party.optional();
  },
});

const MOST_PARTIES = 5;
const BSN = 'urn:nl-eid-gdi:1.0:id:BSN';

/** Who is signed in for whom. */
interface Representation {
  /** The BSN of the innermost party. */
  readonly subject: string;
  /** The `sub` of each intermediary, from the signed-in person on. */
  readonly chain: readonly string[];
}

/**
 * Reads the claim `represents`. Null when people sign in for themselves. Throws when the claim is there and is not
 * understood: the signed-in person's own file would be the wrong one.
 */
export function representationOf(claim: unknown): Representation | null {
  if (claim === undefined) return null;
  const chain: string[] = [];
  let current = party.parse(claim);
  while (current.represents) {
    chain.push(current.sub);
    if (chain.length >= MOST_PARTIES) throw new Error('represents: too many parties');
    current = current.represents;
  }
  if (current.sub_id_type !== BSN) throw new Error('represents: not a kind of number that we know');
  return { subject: current.sub, chain };
}
