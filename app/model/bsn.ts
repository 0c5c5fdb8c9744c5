const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/**
 * The nine digits of a BSN. Null when the length is wrong, or when nine digits fail the eleven-test. Eight digits come
 * from systems that keep a BSN as a number: they get their zero back and are looked up even when they fail the test.
 * Such a number is nobody's in a real register, but registers for tests hold some.
 */
export function bsnOf(text: string): string | null {
  if (/^\d{8}$/.test(text)) return Number(text) > 0 ? `0${text}` : null;
  if (!/^\d{9}$/.test(text)) return null;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return sum > 0 && sum % 11 === 0 ? text : null;
}
