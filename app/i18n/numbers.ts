import type { Language } from '~/model/language';

type Write = (value: number) => string;

const made = new Map<Language, Write>();

/**
 * Numbers in a language's own digits and grouping, also in the browser. Languages that browsers have no data for get
 * English numbers, instead of the browser's own language.
 */
export function numbersOf(language: Language): Write {
  let write = made.get(language);
  if (!write) {
    const format = formatOf(language, {});
    write = (value) => format.format(value);
    made.set(language, write);
  }
  return write;
}

/** The same for an amount of money: with two decimals, or none where it has no cents. */
export function moneyOf(language: Language): Write {
  const decimals = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
  return (amount) => formatOf(language, decimals(Number.isInteger(amount) ? 0 : 2)).format(amount);
}

function formatOf(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const known = Intl.NumberFormat.supportedLocalesOf([language]).length > 0;
  return new Intl.NumberFormat(known ? language : 'en', options);
}

/** "9:05" in the language's digits; other characters stay. */
export const inDigitsOf = (language: Language, text: string): string =>
  text.replace(/\d/g, (digit) => numbersOf(language)(Number(digit)));
