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
}

/** The three piles that a mandate can lie on. */
export function pileOf({ state }: Pick<MandateView, 'state'>): 'waiting' | 'now' | 'before' {
  if (state === 'pending-client' || state === 'pending-advisor') return 'waiting';
  return state === 'active' || state === 'suspended' ? 'now' : 'before';
}
