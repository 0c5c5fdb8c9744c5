import type { Temporal } from 'temporal-polyfill';
import { AGENCY_ZONE } from '../world/clock';
import { between, digestOf, randomFrom } from '../world/seed';

export const PRODUCTS = ['BIO', 'DOC', 'VAA', 'TKV'] as const;
export type Product = (typeof PRODUCTS)[number];

export interface Desk {
  readonly key: string;
  readonly name: string;
  /** Products on offer. With false the desk lists the product but never has a free slot. */
  readonly products: Readonly<Partial<Record<Product, boolean>>>;
  /** Minutes since midnight, wall time. */
  readonly opens: number;
  readonly closes: number;
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[];
}

export const DESKS: readonly Desk[] = [
  {
    key: 'AM',
    name: 'Amsterdam',
    products: { BIO: true, DOC: true, VAA: true, TKV: true },
    opens: 9 * 60,
    closes: 16 * 60,
    weekdays: [1, 2, 3, 4, 5],
  },
  {
    key: 'DH',
    name: 'Den Haag',
    products: { BIO: true, DOC: true, VAA: true },
    opens: 9 * 60,
    closes: 16 * 60 + 30,
    weekdays: [1, 2, 3, 4, 5],
  },
  {
    key: 'ZW',
    name: 'Zwolle',
    products: { BIO: true, DOC: true, TKV: true },
    opens: 9 * 60 + 30,
    closes: 15 * 60,
    weekdays: [1, 2, 4],
  },
  {
    key: 'DB',
    name: "'s-Hertogenbosch",
    products: { BIO: true, DOC: true, TKV: false },
    opens: 9 * 60,
    closes: 15 * 60 + 30,
    weekdays: [1, 3, 4, 5],
  },
];

export const SLOT_MINUTES = 10;
export const MAX_PERSONS = 6;
const WEEKS_AHEAD = 8;

/** Ten minutes at a desk for a product, free by the plan. Wall time of the desk, which the API does not name. */
export interface Cell {
  readonly key: string;
  readonly desk: string;
  readonly product: Product;
  readonly date: string;
  readonly minute: number;
  /** The cell is taken when its day is nearer than this many days, since near days are fuller. */
  readonly goesAt: number;
}

/** A free slot as the planner's API shows it. */
export interface Slot {
  readonly key: string;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly parts: number;
}

export const isProduct = (text: unknown): text is Product => PRODUCTS.some((product) => product === text);
export const deskWith = (key: string): Desk | undefined => DESKS.find((desk) => desk.key === key);

/** The cells that a desk's plan leaves free for a product from `now` on, ascending. The first days have fewer. */
export function plannedCells(desk: Desk, product: Product, now: Temporal.Instant): Cell[] {
  if (desk.products[product] !== true) return [];
  const here = now.toZonedDateTimeISO(AGENCY_ZONE);
  const present = here.hour * 60 + here.minute;
  return Array.from({ length: WEEKS_AHEAD * 7 }, (_, ahead) => here.toPlainDate().add({ days: ahead })).flatMap(
    (day, ahead) =>
      cellsOn(desk, product, day).filter((cell) => cell.goesAt <= ahead && (ahead > 0 || cell.minute > present)),
  );
}

const plans = new Map<string, readonly Cell[]>();

/** The cells of a day that can be free: some runs of one to six. The same desk and date always give the same cells. */
function cellsOn(desk: Desk, product: Product, day: Temporal.PlainDate): readonly Cell[] {
  const name = `${desk.key} ${product} ${day}`;
  const known = plans.get(name);
  if (known !== undefined) return known;
  const made = desk.weekdays.includes(day.dayOfWeek) ? planDay(desk, product, day.toString()) : [];
  plans.set(name, made);
  return made;
}

function planDay(desk: Desk, product: Product, date: string): Cell[] {
  const random = randomFrom(`plan ${desk.key} ${product} ${date}`);
  const rows = Math.floor((desk.closes - desk.opens) / SLOT_MINUTES);
  const goesAt = new Map<number, number>();
  const runs = between(random, 0, 2);
  for (let run = 0; run < runs; run += 1) {
    const first = between(random, 0, rows - 1);
    const length = between(random, 1, MAX_PERSONS);
    const goes = between(random, 0, 21);
    for (let row = first; row < Math.min(rows, first + length); row += 1) goesAt.set(row, goes);
  }
  return [...goesAt]
    .sort(([a], [b]) => a - b)
    .map(([row, goes]) => {
      const minute = desk.opens + row * SLOT_MINUTES;
      const key = digestOf('slot', desk.key, product, date, String(minute));
      return { key, desk: desk.key, product, date, minute, goesAt: goes };
    });
}

/** The starts of `persons` consecutive cells in the ascending list. */
export function slotsFor(cells: readonly Cell[], persons: number): Slot[] {
  return cells.flatMap((cell, index) => {
    const row = cells.slice(index, index + persons);
    const unbroken = row.every(
      ({ date, minute }, place) => date === cell.date && minute === cell.minute + place * SLOT_MINUTES,
    );
    return row.length === persons && unbroken ? [slotOf(cell, persons)] : [];
  });
}

/** A slot for `persons` people that starts at a cell and has its key. */
export const slotOf = (cell: Cell, persons: number): Slot => ({
  key: cell.key,
  date: cell.date,
  startTime: clockTime(cell.minute),
  endTime: clockTime(cell.minute + persons * SLOT_MINUTES),
  parts: 1,
});

/** Formats minutes since midnight as HH:mm. */
export const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
