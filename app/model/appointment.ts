import type { ForeignText } from './desk-access';
import { addDays } from './time';

/** What a counter visit is for, in the codes of the agency's planner. */
export const PRODUCTS = ['BIO', 'DOC', 'VAA', 'TKV'] as const;
export type ProductCode = (typeof PRODUCTS)[number];

export const isProduct = (text: string): text is ProductCode => (PRODUCTS as readonly string[]).includes(text);

export interface Desk {
  readonly key: string;
  readonly name: string;
  /** As far as the planner knows it. */
  readonly place?: Place;
  /** The planner's own notes for visitors, in the planner's language. */
  readonly notes?: readonly ForeignText[];
  /** The planner's own page, where people can look for a time themselves. */
  readonly page?: string;
  /** What it wants to know of a visitor; left out: an address and a number, both optional. */
  readonly asks?: DeskAsks;
}

/** What a desk wants to know of a visitor beside name and V-number. */
export interface DeskAsks {
  readonly email: Wanted;
  readonly phone: Wanted;
  /** The planner's own fields that a visitor must fill in. */
  readonly own: readonly OwnField[];
}

/** `unused`: the planner has no place for it, so it is neither asked nor sent. */
export type Wanted = 'required' | 'optional' | 'unused';

export interface OwnField {
  /** The planner's name of the field, the key of the answer in a booking request. */
  readonly name: string;
  /** The planner's own words, or a thing for which the portal has words in each language. */
  readonly label: ForeignText | UsualQuestion;
  readonly maxLength: number;
}

/** What planners ask of a visitor by a name that needs no words of their own. A date of birth is an ISO date. */
export const USUAL_QUESTIONS = ['birthDate', 'street', 'houseNumber', 'postcode', 'city'] as const;
export type UsualQuestion = (typeof USUAL_QUESTIONS)[number];

export const USUAL_ASKS: DeskAsks = { email: 'optional', phone: 'optional', own: [] };

/** A desk's address; taken from the queue API where the planner has none. */
export interface Place {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

/**
 * A free moment at a desk. Date and times are wall times in the desk's zone; `instant` is for ordering and comparing.
 */
export interface Slot {
  readonly key: string;
  readonly desk: Desk;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly zone: string;
  readonly instant: string;
}

/** ISO dates in the desk's zone, both included. */
export interface DateRange {
  readonly from: string;
  readonly until: string;
}

/** A way to get a product without a visit: it is delivered, or another place issues it. */
export interface VisitAlternative {
  readonly kind: 'courier' | 'place';
  /** Where a person requests the delivery, or finds the place. */
  readonly url: string;
  /** Name of the courier or the place. */
  readonly name: string;
}

/** What a planner can do. Pages ask this, never which planner it is. */
export interface Capabilities {
  /** `anonymous`: others no longer see the slot, but anyone who knows its key may still book it. */
  readonly hold: 'none' | 'anonymous' | 'owned';
  /** Whether a hold can be released before it expires. */
  readonly holdRelease: boolean;
  /** Most people in one booking. */
  readonly maxParty: number;
  /**
   * No planner moves a booking itself. `cancel-then-book`: it refuses a second open booking, so the old one goes first.
   */
  readonly move: 'book-then-cancel' | 'cancel-then-book' | 'none';
  /** `link`: only the person can cancel, on the planner's own page. */
  readonly cancel: 'yes' | 'link' | 'no';
  /** Whether it tells how a booking stands, after others cancelled or moved it there. */
  readonly tells: boolean;
  /** Products that can be had without a visit. */
  readonly instead: Readonly<Partial<Record<ProductCode, readonly VisitAlternative[]>>>;
}

/**
 * Why a planner refused. `outcome-unknown`: it may have been done, so never report it as failed. `could-not-ask`: it
 * certainly was not done.
 */
export type Refusal =
  | 'slot-taken'
  | 'hold-expired'
  | 'already-has-booking'
  | 'party-too-large'
  | 'too-late'
  | 'challenge-needed'
  | 'slow-down'
  | 'needs-email'
  | 'needs-phone'
  /** The planner does not take this address or number, though a person has it. */
  | 'email-refused'
  | 'phone-refused'
  /** The planner wants an answer to a question of its own. */
  | 'needs-answer'
  | 'not-possible'
  | 'could-not-ask'
  | 'outcome-unknown';

export type PlannerResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Refusal /** Seconds to wait before a retry. */; readonly retryAfter?: number };

export interface Visitor {
  readonly givenName: string;
  readonly familyName: string;
  readonly vNumber: string;
}

export const isWithin = (date: string, range: DateRange | undefined): boolean =>
  !range || (date >= range.from && date <= range.until);

/** The range of `days` days that starts on `from`. */
export const daysFrom = (from: string, days: number): DateRange => ({ from, until: addDays(from, days - 1) });

export const slotId = (slot: Pick<Slot, 'key' | 'desk'>): string => `${slot.desk.key}.${slot.key}`;

export const bySlotTime = (a: Slot, b: Slot): number =>
  a.instant.localeCompare(b.instant) || a.desk.name.localeCompare(b.desk.name);

export interface Day {
  readonly date: string;
  readonly slots: readonly Slot[];
}

/** Groups slots by local day, days and times ascending. Duplicates collapse. */
export function daysOf(slots: readonly Slot[]): Day[] {
  const unique = [...new Map(slots.map((slot) => [slotId(slot), slot])).values()].sort(bySlotTime);
  const days = new Map<string, Slot[]>();
  for (const slot of unique) {
    const day = days.get(slot.date);
    if (day) day.push(slot);
    else days.set(slot.date, [slot]);
  }
  return [...days].sort(([a], [b]) => a.localeCompare(b)).map(([date, ofDay]) => ({ date, slots: ofDay }));
}

/** The free slots nearest in time to one that is gone; the same desk wins a tie. */
export function alternativesTo(wanted: Pick<Slot, 'instant' | 'desk'>, free: readonly Slot[], count = 3): Slot[] {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.instant) - Date.parse(wanted.instant));
  const elsewhere = (slot: Slot) => (slot.desk.key === wanted.desk.key ? 0 : 1);
  return [...free].sort((a, b) => distance(a) - distance(b) || elsewhere(a) - elsewhere(b)).slice(0, count);
}

/**
 * The new end of a hold that is extended at `now`; all times in epoch milliseconds. One full period more, but never
 * past the planner's own end. An expired hold can be extended while the planner still keeps the slot. Null when the
 * gain is less than a minute.
 */
export function extendedUntil(now: number, expiresAt: number, plannerUntil: number, periodMs: number): number | null {
  const from = Math.max(now, expiresAt);
  const until = Math.min(from + periodMs, plannerUntil);
  return until - from >= 60_000 ? until : null;
}
