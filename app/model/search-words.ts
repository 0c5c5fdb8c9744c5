/** Letters that have no composed form, and what people type for them. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** A text as a search compares it: without accents, capitals, dashes, apostrophes and dots. */
const searchable = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ıłøđðþßæœ]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[\p{Pd}.'’ʼ`´/_]/gu, '');

/** Whether each word of a search stands somewhere in the texts. */
export function matches(search: string, texts: readonly string[]): boolean {
  const text = texts.map(searchable).join(' ');
  return searchable(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
