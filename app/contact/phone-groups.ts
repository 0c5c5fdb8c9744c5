/**
 * A number in the groups of another one, as people read it out: `+31880430440` like `+31 88 043 0430` is `+31 88 043 0440`.
 * Returns it unchanged when its country, area or length differs.
 */
export function groupedLike(model: string, number: string): string {
  const digits = number.replace(/\D/g, '');
  let used = 0;
  const grouped = model.replace(/\d/g, () => digits[used++] ?? '');
  return used === digits.length && areaOf(grouped) === areaOf(model) ? grouped : number;
}

const areaOf = (number: string): string => number.split(' ').slice(0, 2).join(' ');
