import type { Clock } from '../world/clock';
import { type Cell, type Desk, type Product, plannedCells, type Slot, slotOf, slotsFor } from './calendar';

/** Consecutive cells that are reserved or booked. */
export interface Place {
  readonly desk: Desk;
  readonly product: Product;
  readonly persons: number;
  readonly slot: Slot;
}

/** The diary of a planner whose holds have owners: a reservation takes the slot. */
export interface OwnedDiary {
  readonly desks: readonly Desk[];
  readonly free: (desk: Desk, product: Product, persons: number) => readonly Slot[];
  /** Takes a slot until `until` (epoch milliseconds; null: for good). Returns null when it is not free. */
  readonly take: (wish: DiaryWish, until: number | null) => Place | null;
  /** Changes until when a place is taken; null: for good. */
  readonly keep: (place: Place, until: number | null) => void;
  readonly reset: () => void;
}

export interface DiaryWish {
  readonly desk: Desk;
  readonly product: Product;
  readonly persons: number;
  /** Wall time. */
  readonly date: string;
  readonly startTime: string;
}

/** The calls are synchronous, so exactly one of two concurrent reservations gets a slot. */
export function createOwnedDiary(clock: Clock, desks: readonly Desk[]): OwnedDiary {
  const takenUntil = new Map<string, number>();
  const isFree = ({ key }: Cell) => (takenUntil.get(key) ?? 0) <= clock.now().epochMilliseconds;
  const cellsOf = ({ desk, product, persons, slot }: Place): readonly Cell[] => {
    const all = plannedCells(desk, product, clock.now());
    const first = all.findIndex(({ key }) => key === slot.key);
    return first < 0 ? [] : all.slice(first, first + persons);
  };
  const keep = (place: Place, until: number | null) => {
    for (const { key } of cellsOf(place)) takenUntil.set(key, until ?? Number.POSITIVE_INFINITY);
  };
  return {
    desks,
    free: (desk, product, persons) => slotsFor(plannedCells(desk, product, clock.now()).filter(isFree), persons),
    take: (wish, until) => {
      const { desk, product, persons, date, startTime } = wish;
      const free = plannedCells(desk, product, clock.now()).filter(isFree);
      const slot = slotsFor(free, persons).find((each) => each.date === date && each.startTime === startTime);
      const cell = slot && free.find(({ key }) => key === slot.key);
      if (!cell) return null;
      const place = { desk, product, persons, slot: slotOf(cell, persons) };
      keep(place, until);
      return place;
    },
    keep,
    reset: () => takenUntil.clear(),
  };
}
