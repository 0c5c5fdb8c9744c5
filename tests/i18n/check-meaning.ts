import { textsOf } from '~/commands/texts';
import type { Catalogues } from '~/i18n/read-catalogues';

/** language → words that no text says: they point at a place on the page, or deny a deadline. */
export type ForbiddenWords = Readonly<Record<string, readonly string[]>>;

/** Their scripts join words, so a word is searched within others. */
const JOINED = ['ar', 'fa', 'ti', 'zh'];

/** Finds forbidden words. Returns one line a fault. */
export function checkForbiddenWords(catalogues: Catalogues, forbidden: ForbiddenWords): string[] {
  return Object.entries(forbidden).flatMap(([language, words]) =>
    textsIn(catalogues, language).flatMap(({ key, text }) =>
      words.filter((word) => says(language, text, word)).map((word) => `${language}/${key} says "${word}": ${text}`),
    ),
  );
}

function says(language: string, text: string, word: string): boolean {
  if (JOINED.includes(language)) return text.includes(word);
  return new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu').test(text);
}

/**
 * Finds English duties that lack "must" or their last day. The other languages have English's placeholders, so a day
 * that stands in English stands in each of them.
 */
export function checkDuties(catalogues: Catalogues): string[] {
  return textsIn(catalogues, 'en').flatMap(({ key, text }) => [
    ...(/^case:next\.\w+Until$/.test(key) && !/\bmust\b.*\{\{date\}\}/.test(text)
      ? [`${key} does not say "must" with {{date}}: ${text}`]
      : []),
    ...(/\bmust\b[^.?!]*\bby (?!law\b|then\b|\{\{)/.test(text) ? [`${key} gives no date after "by": ${text}`] : []),
  ]);
}

/** Finds names of pages and buttons that a translation quotes otherwise than its own pages have them. */
export function checkQuotedNames(catalogues: Catalogues): string[] {
  const english = textsIn(catalogues, 'en');
  const keysOf = new Map<string, string[]>();
  for (const { key, text } of english) keysOf.set(text, [...(keysOf.get(text) ?? []), key]);
  const quotes = english.flatMap(({ key, text }) =>
    [...text.matchAll(/“([^”]+)”/g)].flatMap(([, name = '']) => (keysOf.has(name) ? [{ key, name }] : [])),
  );
  return Object.keys(catalogues).flatMap((language) => {
    const own = new Map(textsIn(catalogues, language).map(({ key, text }) => [key, text]));
    return quotes
      .filter(({ key, name }) => {
        const names = [name, ...(keysOf.get(name) ?? []).flatMap((named) => own.get(named) ?? [])];
        return !names.some((one) => own.get(key)?.includes(one));
      })
      .map(({ key, name }) => `${language}/${key} does not quote its own name for "${name}": ${own.get(key)}`);
  });
}

const textsIn = (catalogues: Catalogues, language: string) =>
  Object.entries(catalogues[language] ?? {}).flatMap(([namespace, catalogue]) =>
    textsOf(catalogue).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
  );
