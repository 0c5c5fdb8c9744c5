import { type Slot, slotId } from './appointment';
import { isWanted, type SlotWish } from './watch';

/** Somebody who wants one of the slots of a release. */
export interface Ticket {
  /** The same for every try of one person: he has one ticket, however often and however fast he asks. */
  readonly person: string;
  /** Keys of slots that he can use, the best first; empty = any. */
  readonly wants: readonly string[];
  /** ISO instant at which he asked. Only whether it lies in the window counts, never where in it. */
  readonly at: string;
}

export interface Release {
  readonly slots: readonly string[];
  /** ISO instant at which the window opens. */
  readonly opens: string;
  readonly windowMinutes: number;
  /** Made after the window has closed, or committed to before it opens: whoever knows it early could try out persons. */
  readonly seed: string;
}

export const WINDOW_MINUTES = 5;

/**
 * Draws who gets which slot of a release. Everybody who asks within the window has one ticket; the tickets' order is
 * shuffled by the seed alone, so that the first and the last second are worth the same, and anybody can draw it again.
 *
 * @returns person → slot, in the order of the draw
 */
export function drawOf(
  tickets: readonly Ticket[],
  { slots, opens, windowMinutes, seed }: Release,
): Map<string, string> {
  const from = Date.parse(opens);
  const until = from + windowMinutes * 60_000;
  const onTime = tickets.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until);
  // The wish that a person sent last counts; which one that is has no bearing on his chance.
  const last = new Map([...onTime].sort((a, b) => a.at.localeCompare(b.at)).map((ticket) => [ticket.person, ticket]));
  const left = new Set(slots);
  const drawn = new Map<string, string>();
  for (const person of orderOf([...last.keys()], seed)) {
    if (left.size === 0) break;
    const wants = last.get(person)?.wants ?? [];
    const slot = wants.length === 0 ? left.values().next().value : wants.find((key) => left.has(key));
    if (slot === undefined) continue;
    left.delete(slot);
    drawn.set(person, slot);
  }
  return drawn;
}

/** The order in which tickets are drawn: it follows from their numbers and the seed alone, however they are listed. */
export const orderOf = (numbers: readonly string[], seed: string): string[] =>
  shuffled(
    [...new Set(numbers)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    seed,
  );

/**
 * What a ticket is offered of the free slots: the first that suits its person, else the first of all, which he need not
 * take.
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

/** Whether tickets are given now; all times in epoch milliseconds. */
export function windowState(now: number, opens: number, minutes: number): WindowState {
  if (now < opens) return 'before';
  return now < opens + minutes * 60_000 ? 'open' : 'closed';
}

/** Fisher and Yates, with the seed's own random numbers. */
function shuffled<T>(items: readonly T[], seed: string): T[] {
  const all = [...items];
  const random = randomFrom(seed);
  for (let index = all.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [all[index], all[other]];
    if (a !== undefined && b !== undefined) [all[index], all[other]] = [b, a];
  }
  return all;
}

/** Numbers in [0, 1) that follow from the seed (sfc32, of the public domain, seeded by an FNV hash). */
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
