import { type Slot, slotId } from './appointment';
import { isWanted, type SlotWish } from './watch';

/** A person's entry in the draw of a release. */
export interface Ticket {
  /** Identifies the person. Several tickets of one person count as one. */
  readonly person: string;
  /** Keys of acceptable slots, best first; empty = any. */
  readonly wants: readonly string[];
  /** ISO instant of the request. Only whether it lies in the window counts. */
  readonly at: string;
}

export interface Release {
  readonly slots: readonly string[];
  /** ISO instant. */
  readonly opens: string;
  readonly windowMinutes: number;
  /**
   * Made after the window closes, or committed to before it opens: a seed known early lets people pick a winning
   * identity.
   */
  readonly seed: string;
}

export const WINDOW_MINUTES = 5;

/**
 * Draws which person gets which slot of a release. Each person with a ticket in the window takes part once. The seed
 * alone shuffles them, so being fast does not help and anyone can repeat the draw.
 *
 * @returns person → slot, in the order of the draw
 */
export function drawSlots(
  tickets: readonly Ticket[],
  { slots, opens, windowMinutes, seed }: Release,
): Map<string, string> {
  const from = Date.parse(opens);
  const until = from + windowMinutes * 60_000;
  const onTime = tickets.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until);
  // A person's latest wishes count. They have no influence on the chance.
  const last = new Map([...onTime].sort((a, b) => a.at.localeCompare(b.at)).map((ticket) => [ticket.person, ticket]));
  const left = new Set(slots);
  const drawn = new Map<string, string>();
  for (const person of drawOrder([...last.keys()], seed)) {
    if (left.size === 0) break;
    const wants = last.get(person)?.wants ?? [];
    const slot = wants.length === 0 ? left.values().next().value : wants.find((key) => left.has(key));
    if (slot === undefined) continue;
    left.delete(slot);
    drawn.set(person, slot);
  }
  return drawn;
}

/** The order of the draw. Depends on the numbers and the seed alone, not on how they are listed. */
export const drawOrder = (numbers: readonly string[], seed: string): string[] =>
  shuffle(
    [...new Set(numbers)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    seed,
  );

/**
 * The slot to offer to a ticket: the first free one that suits the wishes, else the first free one, which may be
 * declined.
 */
export function offerFor(
  free: readonly Slot[],
  { desks, weekdays }: Pick<SlotWish, 'desks' | 'weekdays'>,
  taken: ReadonlySet<string>,
): Slot | undefined {
  const left = free.filter((slot) => !taken.has(slotId(slot)));
  return left.find((slot) => isWanted(slot, { desks, weekdays, part: 'any', before: null })) ?? left[0];
}

export type WindowState = 'before' | 'open' | 'closed';

/** Whether tickets are given out; times in epoch milliseconds. */
export function windowState(now: number, opens: number, minutes: number): WindowState {
  if (now < opens) return 'before';
  return now < opens + minutes * 60_000 ? 'open' : 'closed';
}

/** Fisher–Yates shuffle with the seed's random numbers. */
function shuffle<T>(items: readonly T[], seed: string): T[] {
  const all = [...items];
  const random = randomFrom(seed);
  for (let index = all.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [all[index], all[other]];
    if (a !== undefined && b !== undefined) [all[index], all[other]] = [b, a];
  }
  return all;
}

/** Random numbers in [0, 1) from a seed (sfc32, public domain, seeded by an FNV hash). */
export function randomFrom(seed: string): () => number {
  let [a, b, c, count] = [hashOf(`${seed}/a`), hashOf(`${seed}/b`), hashOf(`${seed}/c`), 1];
  const next = () => {
    const sum = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 20; warm += 1) next();
  return next;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
