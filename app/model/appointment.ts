import type { ForeignText } from './desk-access';
import { addDays } from './time';

/** What a counter visit is for, in the codes of the agency's planner. */
export const PRODUCTS = ['BIO', 'DOC', 'VAA', 'TKV'] as const;
export type ProductCode = (typeof PRODUCTS)[number];

export const isProduct = (text: string): text is ProductCode => (PRODUCTS as readonly string[]).includes(text);

export interface Desk {
  readonly key: string;
  readonly name: string;
  /** Where the planner says that it is; some do not. */
  readonly place?: Place;
  /** What the planner says of it to those who come, in the planner's language. */
  readonly notes?: readonly ForeignText[];
}

/** Where a desk is; the queue API says it where the planner does not. */
export interface Place {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

/** A free moment at a desk. Wall time carries the desk's own zone; `instant` is for ordering and comparing. */
export interface Slot {
  readonly key: string;
  readonly desk: Desk;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly zone: string;
  readonly instant: string;
}

/** ISO local dates of the desk, both included. */
export interface DateRange {
  readonly from: string;
  readonly until: string;
}

/** A way to have a product without coming to a desk: it is brought, or another place gives it out. */
export interface Instead {
  readonly kind: 'courier' | 'place';
  /** Where a person asks for it, or finds the place. */
  readonly url: string;
  /** Of the courier or the place, as people know it. */
  readonly name: string;
}

/** What a planner behind the port can and cannot do; pages ask this, never for a planner's name. */
export interface Capabilities {
  /** `anonymous`: the slot is in nobody else's list, but anybody who knows it may still book it. */
  readonly hold: 'none' | 'anonymous' | 'owned';
  /** Whether a hold can be given back before it expires. */
  readonly holdRelease: boolean;
  /** The most people that one booking may be for. */
  readonly maxParty: number;
  /** No planner moves a booking itself. `cancel-then-book`: it refuses a second open booking, so the old one goes first. */
  readonly move: 'book-then-cancel' | 'cancel-then-book' | 'none';
  /** `link`: only the person can, on a page of the planner's. */
  readonly cancel: 'yes' | 'link' | 'no';
  /** For which products nobody has to come to a desk. */
  readonly instead: Readonly<Partial<Record<ProductCode, readonly Instead[]>>>;
}

/**
 * Why a planner did not do what was asked. `outcome-unknown`: it may have been done, and nobody may say it failed;
 * `could-not-ask`: it certainly was not done.
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
  | 'not-possible'
  | 'could-not-ask'
  | 'outcome-unknown';

export type Planned<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Refusal /** Not before so many seconds. */; readonly retryAfter?: number };

export interface Visitor {
  readonly givenName: string;
  readonly familyName: string;
  readonly vNumber: string;
}

export const isWithin = (date: string, range: DateRange | undefined): boolean =>
  !range || (date >= range.from && date <= range.until);

/** So many days from a date on, that one included. */
export const daysFrom = (from: string, days: number): DateRange => ({ from, until: addDays(from, days - 1) });

export const slotId = (slot: Pick<Slot, 'key' | 'desk'>): string => `${slot.desk.key}.${slot.key}`;

export const bySlotTime = (a: Slot, b: Slot): number =>
  a.instant.localeCompare(b.instant) || a.desk.name.localeCompare(b.desk.name);

export interface Day {
  readonly date: string;
  readonly slots: readonly Slot[];
}

/** Slots by local day, earliest first, times within a day in order. Duplicates of one slot collapse. */
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

/** The free slots nearest in time to one that is gone: same desk first when equally near. */
export function alternativesTo(wanted: Pick<Slot, 'instant' | 'desk'>, free: readonly Slot[], count = 3): Slot[] {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.instant) - Date.parse(wanted.instant));
  const elsewhere = (slot: Slot) => (slot.desk.key === wanted.desk.key ? 0 : 1);
  return [...free].sort((a, b) => distance(a) - distance(b) || elsewhere(a) - elsewhere(b)).slice(0, count);
}

/**
 * Until when a hold can last after an extension asked at `now` (epoch milliseconds): a full period more, but never past
 * the moment that the planner itself lets go. One that has ended can go on as long as the planner still keeps the slot:
 * nobody else could have it. Null when less than a minute can be gained.
 */
export function extendedUntil(now: number, expiresAt: number, plannerUntil: number, periodMs: number): number | null {
  const from = Math.max(now, expiresAt);
  const until = Math.min(from + periodMs, plannerUntil);
  return until - from >= 60_000 ? until : null;
}
