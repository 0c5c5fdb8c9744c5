/** What stands around a page's text on both sides, between two pages, and how narrow the employee's own may be, in rem. */
const PADDING = 2;
const GAP = 1.5;
const OWN_AT_LEAST = 16;
/** Without the caller's size both are as wide, each at least so much. */
const UNKNOWN = 20.5;

/**
 * Rules that make the caller's page in the view as wide as his own, in letters: then its lines break where his do,
 * however large his text is. The employee's page has the rest of his screen.
 *
 * @param pageWidth in rem; null: nobody knows, and there are none
 */
export const callerSize = (pageWidth: number | null): string | null =>
  pageWidth === null
    ? null
    : `:root{--caller:calc(min(${pageWidth}rem, var(--zicht-width)) - ${PADDING}rem)}` +
      `main.frame{max-inline-size:calc(var(--caller) + ${GAP}rem + var(--zicht-width))}`;

/** Media query of the screens on which both pages stand side by side. @param pageWidth as above */
export function roomForTwo(pageWidth: number | null): string {
  const caller = pageWidth === null ? UNKNOWN : pageWidth - PADDING;
  return `(min-width: ${PADDING + caller + GAP + OWN_AT_LEAST}rem)`;
}
