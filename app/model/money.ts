const symbols = new Map<string, string>();

/** The sign of a currency, or its code where it has none. */
export function symbolOf(currency: string): string {
  let symbol = symbols.get(currency);
  if (symbol === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    symbol = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
    symbols.set(currency, symbol);
  }
  return symbol;
}

/** Digits in groups of three, perhaps cents, and ",-" for none. */
const AMOUNT =
  /^(?<whole>\d{1,3}(?:(?<mark>[.,'’\s])\d{3}(?:\k<mark>\d{3})*)?|\d+)(?:[.,](?<cents>\d\d))?(?:[.,]?[-–—]{1,2})?$/u;

/**
 * The amount that a registry wrote, such as "350", "€ 1.325,50", "1,325.50 EUR" or "243,-". Null for nothing, anything else,
 * and another currency than the agency's.
 *
 * @param currency ISO 4217 code
 */
export function amountIn(text: string, currency: string): number | null {
  const marks = [currency, symbolOf(currency), ...(currency === 'EUR' ? ['euro'] : [])];
  const bare = marks.reduce((rest, mark) => removedAtAnEnd(rest, mark), text.normalize('NFKC').trim()).trim();
  const { whole = '', cents = '00' } = AMOUNT.exec(bare)?.groups ?? {};
  const amount = Number(`${whole.replace(/\D/g, '')}.${cents}`);
  return whole !== '' && amount > 0 ? amount : null;
}

function removedAtAnEnd(text: string, mark: string): string {
  const lower = text.toLowerCase();
  if (lower.startsWith(mark.toLowerCase())) return text.slice(mark.length).trim();
  return lower.endsWith(mark.toLowerCase()) ? text.slice(0, -mark.length).trim() : text;
}
