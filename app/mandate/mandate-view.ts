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

/** The three piles that a mandate can lie on. */
export function pileOf({ state }: Pick<MandateView, 'state'>): 'waiting' | 'now' | 'before' {
  if (state === 'pending-client' || state === 'pending-advisor') return 'waiting';
  return state === 'active' || state === 'suspended' ? 'now' : 'before';
}
