import type { MandateState } from '~/model/mandate';

/** A mandate as either side's page shows it. Dates are words already. */
export interface MandateView {
  readonly id: string;
  readonly state: MandateState;
  /** The other side: the advisor for a client, the client for an advisor. */
  readonly who: string;
  readonly firm: string;
  readonly references: readonly string[];
  readonly until: string | null;
  readonly answerBefore: string;
  readonly months: number;
  /** Whether the client lets a colleague stand in. */
  readonly maySub: boolean;
  /** For a colleague's: the advisor whose client it is. */
  readonly standsInFor: string | null;
  /** Who stands in under it at this moment, as words; null: nobody. */
  readonly colleagues: string | null;
}

/** An advisor's own, with what he gave to colleagues. */
export interface AdvisorMandateView extends MandateView {
  readonly mayShare: boolean;
  readonly given: readonly MandateView[];
}

/** The piles that a mandate can lie on, in the order in which they are shown. */
export const PILES = ['waiting', 'now', 'paused', 'before'] as const;
export type Pile = (typeof PILES)[number];

export function pileOf({ state }: Pick<MandateView, 'state'>): Pile {
  if (state === 'pending-client' || state === 'pending-advisor') return 'waiting';
  if (state === 'active') return 'now';
  return state === 'suspended' ? 'paused' : 'before';
}
