/** `npm run test:deep` runs every variant of a test. `npm test` runs those that differ most from each other. */
export const DEEP = process.env.DEEP === '1';

/** Returns all variants in a deep run, and otherwise those at these positions. */
export const variants = <T>(all: readonly T[], usual: readonly number[]): readonly T[] =>
  DEEP ? all : all.filter((_, index) => usual.includes(index));

/** Language and JavaScript. Usual: Dutch with, and Arabic without. */
export const READERS = variants(
  [
    ['nl', true],
    ['ar', false],
    ['nl', false],
    ['ar', true],
  ] as const,
  [0, 1],
);
