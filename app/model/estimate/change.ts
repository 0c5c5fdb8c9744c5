import { daysBetween } from '../time';
import type { Unrest } from './model';

/** A range as it was told on a day. Dates are ISO; null where that side was open or nothing was told. */
export interface Told {
  readonly stage: string;
  readonly paused: boolean;
  readonly lowOn: string | null;
  readonly highOn: string | null;
}

export type Cause = 'stage' | 'paused' | 'resumed' | Unrest | 'figures';

export interface Change {
  /** Where the late side went; `opened`: there is none any more, `closed`: there is one again. */
  readonly moved: 'later' | 'earlier' | 'opened' | 'closed' | 'same';
  /** Days by which the late side moved, never negative; 0 where that can't be said. */
  readonly days: number;
  /** What is known to have changed, the person's own case first. Never empty when something moved. */
  readonly causes: readonly Cause[];
}

/** Less than this is no news, days. */
const WORTH_TELLING = 7;

/** What became of a range since it was last told, and why as far as that is known. @param unrest signs in the counts now */
export function whatChanged(before: Told, now: Told, unrest: readonly Unrest[]): Change {
  const { moved, days } = moveOf(before.highOn, now.highOn);
  const own: Cause[] = [];
  if (before.stage !== now.stage) own.push('stage');
  if (!before.paused && now.paused) own.push('paused');
  if (before.paused && !now.paused) own.push('resumed');
  if (moved === 'same') return { moved, days, causes: own };
  const fitting = unrest.filter(
    (sign) => pushes(sign) === (moved === 'later' || moved === 'opened' ? 'later' : 'earlier'),
  );
  const causes = [...own, ...fitting];
  return { moved, days, causes: causes.length > 0 ? causes : ['figures'] };
}

function moveOf(before: string | null, now: string | null): Pick<Change, 'moved' | 'days'> {
  if (before === null && now === null) return { moved: 'same', days: 0 };
  if (before === null) return { moved: 'closed', days: 0 };
  if (now === null) return { moved: 'opened', days: 0 };
  const days = daysBetween(before, now);
  if (Math.abs(days) < WORTH_TELLING) return { moved: 'same', days: 0 };
  return { moved: days > 0 ? 'later' : 'earlier', days: Math.abs(days) };
}

const pushes = (sign: Unrest): 'later' | 'earlier' =>
  sign === 'inflow-up' || sign === 'fewer-decisions' || sign === 'stock-up' ? 'later' : 'earlier';
