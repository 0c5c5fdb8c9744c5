import type { MandateState } from '~/model/mandate';

/** The groups of mandates, in the order in which they are shown. */
export const PILES = ['waiting', 'now', 'paused', 'before'] as const;
export type Pile = (typeof PILES)[number];

export function pileOf({ state }: { readonly state: MandateState }): Pile {
  if (state === 'pending-client' || state === 'pending-advisor') return 'waiting';
  if (state === 'active') return 'now';
  return state === 'suspended' ? 'paused' : 'before';
}
