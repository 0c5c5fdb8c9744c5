import { createHash } from 'node:crypto';

/** The same text gives the same UUID (RFC 9562 version 8) in every run, so addresses stay the same. */
export function uuidOf(...parts: readonly string[]): string {
  const hex = digestOf(...parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 32 hex digits derived from the text: an opaque key. */
export const digestOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32);

/** A number in [0, 1) derived from the text. */
export const chanceOf = (...parts: readonly string[]): number =>
  Number.parseInt(digestOf(...parts).slice(0, 12), 16) / 2 ** 48;

/** An endless series of numbers in [0, 1) (mulberry32), determined by its seed. */
export function randomFrom(seed: string): () => number {
  let state = Number.parseInt(digestOf(seed).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, inclusive. */
export const between = (random: () => number, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** An item of a list that is not empty. */
export function pick<T>(random: () => number, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}
