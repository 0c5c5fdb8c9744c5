/** In rem: a page's padding on both sides, the gap between two pages, and the employee's narrowest page. */
const PADDING = 2;
const GAP = 1.5;
const OWN_AT_LEAST = 16;
/** In rem: the least width of both pages when the caller's is not known. */
const UNKNOWN = 20.5;

/**
 * Makes the caller's page as wide as on the caller's own screen, in rem, so that lines break in the same places at any
 * text size. The employee's page takes the rest of the screen.
 *
 * @param pageWidth in rem; null when not known, then there are no rules
 */
export const callerSize = (pageWidth: number | null): string | null =>
  pageWidth === null
    ? null
    : `:root{--caller:calc(min(${pageWidth}rem, var(--zicht-width)) - ${PADDING}rem)}` +
      `main.frame{max-inline-size:calc(var(--caller) + ${GAP}rem + var(--zicht-width))}`;

/** Media query of the screens that are wide enough for both pages. @param pageWidth as above */
export function roomForTwo(pageWidth: number | null): string {
  const caller = pageWidth === null ? UNKNOWN : pageWidth - PADDING;
  return `(min-width: ${PADDING + caller + GAP + OWN_AT_LEAST}rem)`;
}
