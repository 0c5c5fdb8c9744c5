/** Words that stand in the secrets of examples and demos. */
const DEMO = /demo|example|changeme|change-me|secret|password/i;
const LEAST_BITS = 100;
const LONGEST_RUN = 7;

/** Whether a secret is one of a demo or an example. */
export const isDemo = (secret: string): boolean => DEMO.test(secret);

/**
 * Whether somebody could guess a key of ours: its characters carry fewer than 100 bits, repeat one after the other, or
 * are a shorter text over and over. 32 random letters and digits carry about 140 bits.
 */
export function isWeak(secret: string): boolean {
  const repeated = new RegExp(`(.)\\1{${LONGEST_RUN},}`).test(secret);
  return repeated || isCycle(secret) || bitsOf(secret) < LEAST_BITS;
}

/** Shannon's entropy of the characters as they occur, in bits, for the whole text. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length);
  return bits;
}

const isCycle = (text: string): boolean => `${text}${text}`.indexOf(text, 1) < text.length;
