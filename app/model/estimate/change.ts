import { daysBetween } from '../time';
import type { Unrest } from './model';

/** The range shown on some day. ISO dates; null where that side was open or no range was shown. */
export interface ShownRange {
  readonly stage: string;
  readonly paused: boolean;
  readonly lowOn: string | null;
  readonly highOn: string | null;
}

export type Cause = 'stage' | 'paused' | 'resumed' | Unrest | 'figures';

export interface Change {
  /** Where the late side went. `opened`: it has none any more; `closed`: it has one again. */
  readonly shift: 'later' | 'earlier' | 'opened' | 'closed' | 'same';
  /** Days by which the late side shifted, never negative; 0 where it opened or closed. */
  readonly days: number;
  /** Known causes, the person's own case first. Never empty after a shift. */
  readonly causes: readonly Cause[];
}

/** A smaller shift is no news. */
const LEAST_SHIFT_DAYS = 7;

/** Compares a range with the one shown before. @param unrest signs in the counts now */
export function whatChanged(before: ShownRange, now: ShownRange, unrest: readonly Unrest[]): Change {
  const { shift, days } = shiftBetween(before.highOn, now.highOn);
  const own: Cause[] = [];
  if (before.stage !== now.stage) own.push('stage');
  if (!before.paused && now.paused) own.push('paused');
  if (before.paused && !now.paused) own.push('resumed');
  if (shift === 'same') return { shift, days, causes: own };
  const fitting = unrest.filter(
    (sign) => directionOf(sign) === (shift === 'later' || shift === 'opened' ? 'later' : 'earlier'),
  );
  const causes = [...own, ...fitting];
  return { shift, days, causes: causes.length > 0 ? causes : ['figures'] };
}

function shiftBetween(before: string | null, now: string | null): Pick<Change, 'shift' | 'days'> {
  if (before === null && now === null) return { shift: 'same', days: 0 };
  if (before === null) return { shift: 'closed', days: 0 };
  if (now === null) return { shift: 'opened', days: 0 };
  const days = daysBetween(before, now);
  if (Math.abs(days) < LEAST_SHIFT_DAYS) return { shift: 'same', days: 0 };
  return { shift: days > 0 ? 'later' : 'earlier', days: Math.abs(days) };
}

const directionOf = (sign: Unrest): 'later' | 'earlier' =>
  sign === 'inflow-up' || sign === 'fewer-decisions' || sign === 'stock-up' ? 'later' : 'earlier';
