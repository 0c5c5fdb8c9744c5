const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** The nine digits of a BSN that came with eight or nine. Null when the length or the eleven-test is wrong. */
export function bsnOf(text: string): string | null {
  if (!/^\d{8,9}$/.test(text)) return null;
  const bsn = text.padStart(9, '0');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(bsn[index]), 0);
  return sum > 0 && sum % 11 === 0 ? bsn : null;
}
