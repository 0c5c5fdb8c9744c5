/** What is known of either booking of a move. */
export type MovedState =
  | 'confirming'
  | 'awaiting-mail'
  | 'booked'
  | 'cancelling'
  | 'cancelled'
  | 'unknown'
  | 'refused'
  | 'over'
  /** Taken back: the planner made nothing of it. */
  | 'gone';

/**
 * `booking`: it is not certain yet that the new one stands. `cancelling`: it stands, the old one still has to go.
 * `failed`: no new one, the old one stands. `lost`: the old one had to go first, and then there was no new one.
 */
export type MoveState = 'booking' | 'cancelling' | 'done' | 'failed' | 'lost';

export type MoveStep =
  | 'cancel-old'
  /** Ask the planner to make it, for the first time or after it certainly was not made. */
  | 'book-new'
  /** Asked already, or perhaps: find out. */
  | 'look-for-new'
  /** Nothing to do but let the person follow the link in his mail. */
  | 'wait'
  | { readonly end: 'done' | 'failed' | 'lost' };

export interface MoveNow {
  /** Which of the two steps comes first. `old` only where the planner refuses a second booking. */
  readonly goesFirst: 'new' | 'old';
  readonly new: MovedState;
  readonly old: MovedState;
}

const isGone = (state: MovedState) => ['cancelled', 'refused', 'over', 'gone'].includes(state);

/**
 * What to do next to a move, from what is known alone: so it may be asked again after a crash at any point. With the
 * new one first nothing is ever cancelled before the new one is known to stand.
 */
export function nextMoveStep({ goesFirst, new: made, old }: MoveNow): MoveStep {
  if (isGone(made) || made === 'cancelling') return { end: isGone(old) ? 'lost' : 'failed' };
  if (made === 'booked') return isGone(old) ? { end: 'done' } : 'cancel-old';
  if (goesFirst === 'old' && !isGone(old) && made === 'confirming') return 'cancel-old';
  if (made === 'awaiting-mail') return 'wait';
  return goesFirst === 'old' && made === 'confirming' ? 'book-new' : 'look-for-new';
}

/** Where a move stands, in the words of its record. */
export function moveStateOf(now: MoveNow): MoveState {
  const step = nextMoveStep(now);
  if (typeof step === 'object') return step.end;
  return now.new === 'booked' ? 'cancelling' : 'booking';
}

const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 600;

/** Seconds until something that failed so many times (from 1) is tried again: 5, 10, 20 … at most 600. */
export const waitBefore = (attempt: number): number =>
  Math.min(FIRST_WAIT_SECONDS * 2 ** Math.max(0, attempt - 1), LONGEST_WAIT_SECONDS);
