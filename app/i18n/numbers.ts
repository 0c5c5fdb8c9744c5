import type { Language } from '~/model/language';

const made = new Map<Language, (value: number) => string>();

/**
 * Numbers in a language's own digits and grouping, also in the browser. Languages that browsers have no data for get
 * English numbers, instead of the browser's own language.
 */
export function numbersOf(language: Language): (value: number) => string {
  let write = made.get(language);
  if (!write) {
    const known = Intl.NumberFormat.supportedLocalesOf([language]).length > 0;
    const format = new Intl.NumberFormat(known ? language : 'en');
    write = (value) => format.format(value);
    made.set(language, write);
  }
  return write;
}

/** "9:05" in the language's digits; other characters stay. */
export const inDigitsOf = (language: Language, text: string): string =>
  text.replace(/\d/g, (digit) => numbersOf(language)(Number(digit)));
