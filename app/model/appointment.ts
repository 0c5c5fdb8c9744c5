/** What a counter visit is for, in the codes of the agency's planner. */
export const PRODUCTS = ['BIO', 'DOC', 'VAA', 'TKV'] as const;
export type ProductCode = (typeof PRODUCTS)[number];

export const isProduct = (text: string): text is ProductCode => (PRODUCTS as readonly string[]).includes(text);

export interface Desk {
  readonly key: string;
  readonly name: string;
}

/** Where a desk is; the planner does not say, the queue API does. */
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

/** What the planner behind the port can and cannot do; pages ask this, never for the planner's name. */
export interface Capabilities {
  readonly maxPartySize: number;
  readonly partialCancel: boolean;
  readonly cancel: boolean;
  readonly hold: 'none' | 'anonymous' | 'owned';
}

/** Why a planner did not do what was asked. `outcome-unknown`: it may have been done, and nobody may say it failed. */
export type Refusal = 'slot-taken' | 'already-has-booking' | 'not-possible' | 'could-not-ask' | 'outcome-unknown';

export type Planned<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Refusal };

export interface Visitor {
  readonly givenName: string;
  readonly familyName: string;
  readonly vNumber: string;
}

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
 * the moment that the planner itself lets go. Null when it has ended, or when less than a minute can be gained.
 */
export function extendedUntil(now: number, expiresAt: number, plannerUntil: number, periodMs: number): number | null {
  const until = Math.min(expiresAt + periodMs, plannerUntil);
  return now < expiresAt && until - expiresAt >= 60_000 ? until : null;
}
