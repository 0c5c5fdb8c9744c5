/**
 * Pays for retries: each call earns a tenth of one, up to ten. A backend that fails all the time so gets a tenth more
 * calls than pages ask for, and a single failure its retry.
 */
export interface RetryBudget {
  called(): void;
  /** Whether a retry may go now; it is paid. */
  spend(): boolean;
}

const EARNED = 0.1;
const MOST = 10;

export function createRetryBudget(): RetryBudget {
  let left = MOST;
  return {
    called() {
      left = Math.min(MOST, left + EARNED);
    },
    spend() {
      // Ten tenths are a little less than one in binary.
      if (left < 1 - EARNED / 2) return false;
      left -= 1;
      return true;
    },
  };
}
