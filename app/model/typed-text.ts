/** Characters that nobody sees: zero-width and bidi marks, soft hyphens, variation selectors, byte order marks. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Control characters but tabs and line breaks. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
const DIGITS = /[^\P{Nd}0-9]/gu;

/**
 * A text as people type and paste it, for every field of a form and every part of an address: in Unicode's composed form,
 * without invisible characters, with Western digits. Null when it has a control character such as NUL.
 */
export function typedText(text: string): string | null {
  const visible = text
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(DIGITS, westernDigit);
  return CONTROL.test(visible) ? null : visible;
}

/** Unicode has the ten digits of each script in a row, beginning with its nought. */
function westernDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let first = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((point - first) % 10);
}

/**
 * The usual letters and marks for those of full width, ligatures and the like. Numbers in circles, fractions and raised ones
 * stay what they are: none is a digit of a number that somebody copied.
 */
export const plainForms = (text: string): string =>
  text.normalize('NFC').replace(/[^\p{No}\p{Nl}]/gu, (character) => character.normalize('NFKC'));

/**
 * A number or code in Western digits, without invisible characters, and without the spaces, dots, dashes, slashes and quotes
 * by which people and systems group it.
 */
export const ungrouped = (text: string): string =>
  plainForms(text)
    .replace(INVISIBLE, '')
    .replace(DIGITS, westernDigit)
    .replace(/[\s\p{Pd}.,/'’·٬٫_]/gu, '');

/** A date as ISO; also "31-12-2026" and "2026/12/31". Null when it is none. */
export function typedDate(text: string): string | null {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text.trim()) ?? [];
  const [, lastDay, ofMonth, ofYear] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text.trim()) ?? [];
  const parts = [year ?? ofYear, month ?? ofMonth, day ?? lastDay].map((part) => part?.padStart(2, '0'));
  return parts.includes(undefined) ? null : parts.join('-');
}
