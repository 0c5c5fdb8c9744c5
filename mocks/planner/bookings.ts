import type { Clock } from '../world/clock';
import { digestOf } from '../world/seed';
import {
  type Cell,
  DESKS,
  type Desk,
  deskWith,
  PRODUCTS,
  type Product,
  plannedCells,
  SLOT_MINUTES,
  type Slot,
  slotOf,
  slotsFor,
} from './calendar';

export interface Customer {
  readonly vNumber: string;
  readonly bsn: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface Booking {
  readonly key: string;
  /** The visitor shows it at the counter. */
  readonly code: string;
  readonly desk: string;
  readonly product: Product;
  readonly slot: Slot;
  readonly email: string;
  readonly phone: string;
  readonly language: string;
  readonly customers: readonly Customer[];
}

export type PlannerError = 'APT_TAKEN' | 'SIMILAR_APT_EXISTS' | 'UNKNOWN_SLOT' | 'UNKNOWN_APT';

export interface Planner {
  readonly slots: (desk: Desk, product: Product, persons: number) => readonly Slot[];
  /** Holds a slot for HOLD_MINUTES of the simulated clock. The hold has no owner and no token. */
  readonly hold: (desk: string, key: string, persons: number) => Slot | PlannerError;
  readonly book: (
    desk: string,
    key: string,
    wish: Omit<Booking, 'key' | 'code' | 'desk' | 'slot'>,
  ) => Booking | PlannerError;
  readonly cancel: (key: string) => Booking | PlannerError;
  readonly bookings: () => readonly Booking[];
  /** Takes the slot for somebody else, even when it is held. Returns false for an unknown slot. */
  readonly take: (desk: string, key: string) => boolean;
  /** With true, no desk has a free slot for the product. */
  readonly empty: (product: Product, none: boolean) => void;
  readonly reset: () => void;
}

const HOLD_MINUTES = 15;

export interface PlannerRules {
  /** Whether a person or e-mail address may have a second open booking for a product. The real rule is not known. */
  readonly secondBooking?: 'refused' | 'allowed';
}

/** The agency's diary. Its calls are synchronous, so exactly one of two concurrent bookings gets a slot. */
export function createPlanner(clock: Clock, { secondBooking = 'refused' }: PlannerRules = {}): Planner {
  const bookings = new Map<string, Booking>();
  const gone = new Set<string>();
  const holds = new Map<string, number>();
  const emptied = new Set<Product>();
  let made = 0;

  const held = (key: string) => (holds.get(key) ?? 0) > clock.now().epochMilliseconds;
  const unbooked = (desk: Desk, product: Product) =>
    emptied.has(product) ? [] : plannedCells(desk, product, clock.now()).filter(({ key }) => !gone.has(key));

  /** The cells of a slot for `persons` people; empty for an unknown or past slot. */
  const cellsFrom = (desk: Desk, key: string, persons: number): readonly Cell[] => {
    for (const product of PRODUCTS) {
      const all = plannedCells(desk, product, clock.now());
      const first = all.findIndex((cell) => cell.key === key);
      const start = all[first];
      if (start === undefined) continue;
      const cells = all.slice(first, first + persons);
      const unbroken = cells.every(
        ({ date, minute }, place) => date === start.date && minute === start.minute + place * SLOT_MINUTES,
      );
      return cells.length === persons && unbroken ? cells : [];
    }
    return [];
  };
  const isGone = (cell: Cell) => gone.has(cell.key) || emptied.has(cell.product);

  return {
    slots: (desk, product, persons) =>
      slotsFor(
        unbooked(desk, product).filter(({ key }) => !held(key)),
        persons,
      ),
    hold: (deskKey, key, persons) => {
      const desk = deskWith(deskKey);
      const cells = desk === undefined ? [] : cellsFrom(desk, key, persons);
      const [first] = cells;
      if (first === undefined) return 'UNKNOWN_SLOT';
      if (cells.some((cell) => isGone(cell) || held(cell.key))) return 'APT_TAKEN';
      const until = clock.now().epochMilliseconds + HOLD_MINUTES * 60_000;
      for (const cell of cells) holds.set(cell.key, until);
      return slotOf(first, persons);
    },
    book: (deskKey, key, wish) => {
      const desk = deskWith(deskKey);
      const cells = desk === undefined ? [] : cellsFrom(desk, key, wish.customers.length);
      const [first] = cells;
      if (first === undefined || first.product !== wish.product) return 'UNKNOWN_SLOT';
      // The real order of these checks is not known. With this one, repeating a booking reports the existing one.
      if (secondBooking === 'refused' && [...bookings.values()].some((other) => isSimilar(other, wish)))
        return 'SIMILAR_APT_EXISTS';
      if (cells.some(isGone)) return 'APT_TAKEN';
      for (const cell of cells) {
        gone.add(cell.key);
        holds.delete(cell.key);
      }
      made += 1;
      const code = digestOf('code', key, String(made)).slice(0, 8).toUpperCase();
      const slot = slotOf(first, wish.customers.length);
      const booking = { ...wish, key: digestOf('booking', key, String(made)), code, desk: deskKey, slot };
      bookings.set(booking.key, booking);
      return booking;
    },
    cancel: (key) => {
      const booking = bookings.get(key);
      const desk = booking && deskWith(booking.desk);
      if (booking === undefined || desk === undefined) return 'UNKNOWN_APT';
      bookings.delete(key);
      for (const cell of cellsFrom(desk, booking.slot.key, booking.customers.length)) gone.delete(cell.key);
      return booking;
    },
    bookings: () => [...bookings.values()],
    take: (deskKey, key) => {
      const desk = deskWith(deskKey);
      const [cell] = desk === undefined ? [] : cellsFrom(desk, key, 1);
      if (cell === undefined) return false;
      gone.add(cell.key);
      return true;
    },
    empty: (product, none) => void (none ? emptied.add(product) : emptied.delete(product)),
    reset: () => {
      for (const state of [bookings, gone, holds, emptied]) state.clear();
      made = 0;
    },
  };
}

/** Whether both bookings are for the same product and the same e-mail address or person. */
const isSimilar = (other: Booking, wish: Pick<Booking, 'product' | 'email' | 'customers'>) =>
  other.product === wish.product &&
  ((wish.email !== '' && other.email.toLowerCase() === wish.email.toLowerCase()) ||
    other.customers.some(
      ({ vNumber }) => vNumber !== '' && wish.customers.some((customer) => customer.vNumber === vNumber),
    ));

export const desksFor = (product: Product): readonly Desk[] =>
  DESKS.filter((desk) => desk.products[product] !== undefined);
