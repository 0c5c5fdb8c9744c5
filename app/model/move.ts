/**
 * `unknown`: the planner's answer was lost. `refused`: the planner refused. `awaiting-mail`: the person must follow a
 * link in the planner's mail. `over`: its time has passed.
 */
export type BookingState =
  | 'confirming'
  | 'awaiting-mail'
  | 'booked'
  | 'cancelling'
  | 'cancelled'
  | 'unknown'
  | 'refused'
  | 'over';

/** What is known of the old or the new booking of a move. `gone`: the planner reported that it never made it. */
export type MovedBookingState = BookingState | 'gone';

/**
 * `booking`: not certain yet that the new one stands. `cancelling`: it stands and the old one still has to go.
 * `failed`: no new one, and the old one stands. `lost`: the old one had to go first and no new one followed.
 */
export type MoveState = 'booking' | 'cancelling' | 'done' | 'failed' | 'lost';

export type MoveStep =
  | 'cancel-old'
  /** For the first time, or after it certainly was not made. */
  | 'book-new'
  /** The planner may have it already: find out. */
  | 'look-for-new'
  /** Nothing, until the person follows the link in the planner's mail. */
  | 'wait'
  | { readonly end: 'done' | 'failed' | 'lost' };

export interface MoveFacts {
  /** Which step comes first. `old` only where the planner refuses a second booking. */
  readonly goesFirst: 'new' | 'old';
  readonly new: MovedBookingState;
  readonly old: MovedBookingState;
}

const isGone = (state: MovedBookingState) => ['cancelled', 'refused', 'over', 'gone'].includes(state);

/**
 * The next step of a move, derived from what is known alone, so it can be repeated after a crash at any point. With
 * `new` first, the old booking is cancelled only once the new one stands.
 */
export function nextMoveStep({ goesFirst, new: made, old }: MoveFacts): MoveStep {
  if (isGone(made) || made === 'cancelling') return { end: isGone(old) ? 'lost' : 'failed' };
  if (made === 'booked') return isGone(old) ? { end: 'done' } : 'cancel-old';
  if (goesFirst === 'old' && !isGone(old) && made === 'confirming') return 'cancel-old';
  if (made === 'awaiting-mail') return 'wait';
  return goesFirst === 'old' && made === 'confirming' ? 'book-new' : 'look-for-new';
}

/** The state of a move as it is stored. */
export function moveStateOf(now: MoveFacts): MoveState {
  const step = nextMoveStep(now);
  if (typeof step === 'object') return step.end;
  return now.new === 'booked' ? 'cancelling' : 'booking';
}

const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 600;

/** Seconds before the next retry after `attempt` failures (from 1): 5, 10, 20 … at most 600. */
export const retryDelaySeconds = (attempt: number): number =>
  Math.min(FIRST_DELAY_SECONDS * 2 ** Math.max(0, attempt - 1), LONGEST_DELAY_SECONDS);
