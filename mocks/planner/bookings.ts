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
  /** What the visitor shows at the counter. */
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
  /** Keeps a time off the list for HOLD_MINUTES of the world's clock. It knows no holder and gives no token. */
  readonly hold: (desk: string, key: string, persons: number) => Slot | PlannerError;
  readonly book: (
    desk: string,
    key: string,
    wish: Omit<Booking, 'key' | 'code' | 'desk' | 'slot'>,
  ) => Booking | PlannerError;
  readonly cancel: (key: string) => Booking | PlannerError;
  readonly bookings: () => readonly Booking[];
  /** Somebody else takes the time, whatever is held; false where there is no such time. */
  readonly take: (desk: string, key: string) => boolean;
  /** With true, no desk has a free time for the product any more. */
  readonly empty: (product: Product, none: boolean) => void;
  readonly reset: () => void;
}

const HOLD_MINUTES = 15;

export interface PlannerRules {
  /** Whether one person or address may have a second open booking for a product. What the real one does is not known. */
  readonly secondBooking?: 'refused' | 'allowed';
}

/**
 * The agency's diary. Each call runs to its end before the next begins (no await inside), so of two that want the same
 * time exactly one gets it.
 */
export function createPlanner(clock: Clock, { secondBooking = 'refused' }: PlannerRules = {}): Planner {
  const bookings = new Map<string, Booking>();
  const gone = new Set<string>();
  const holds = new Map<string, number>();
  const emptied = new Set<Product>();
  let made = 0;

  const held = (key: string) => (holds.get(key) ?? 0) > clock.now().epochMilliseconds;
  const unbooked = (desk: Desk, product: Product) =>
    emptied.has(product) ? [] : plannedCells(desk, product, clock.now()).filter(({ key }) => !gone.has(key));

  /** The cells that a time for `persons` people takes: none where it never was one or lies in the past. */
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
      // Which of the two it looks for first is not known. So asking again for one's own time says that one has it.
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

/** The planner refuses a second open appointment for the same product by the same address or person. */
const isSimilar = (other: Booking, wish: Pick<Booking, 'product' | 'email' | 'customers'>) =>
  other.product === wish.product &&
  ((wish.email !== '' && other.email.toLowerCase() === wish.email.toLowerCase()) ||
    other.customers.some(
      ({ vNumber }) => vNumber !== '' && wish.customers.some((customer) => customer.vNumber === vNumber),
    ));

export const desksFor = (product: Product): readonly Desk[] =>
  DESKS.filter((desk) => desk.products[product] !== undefined);
