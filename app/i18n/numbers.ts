import type { Language } from '~/model/language';

const made = new Map<Language, (value: number) => string>();

/**
 * Numbers as a language writes them, in its own digits. In the browser too, where the data of some languages is missing
 * and the browser's own language would show: those write numbers as English does.
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

/** "9:05" in the language's digits; everything else stays as it is. */
export const inDigitsOf = (language: Language, text: string): string =>
  text.replace(/\d/g, (digit) => numbersOf(language)(Number(digit)));
