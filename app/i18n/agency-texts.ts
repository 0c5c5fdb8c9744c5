import type { Catalogues } from './read-catalogues';

/** An agency's own texts: language → `namespace:path.to.text` → text. They replace and add to the portal's. */
export type AgencyTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** `file:line: ` of a text of a language, or "". */
export type PlaceOfText = (language: string, key: string) => string;

type Catalogue = Readonly<Record<string, unknown>>;

/** A namespace's catalogue with the agency's texts in it; the same object when there are none. */
export function withAgencyTexts(catalogue: Catalogue, namespace: string, texts: AgencyTexts[string]): Catalogue {
  const own = Object.entries(texts ?? {}).filter(([key]) => key.startsWith(`${namespace}:`));
  return own.reduce((all, [key, text]) => put(all, key.slice(namespace.length + 1).split('.'), text), catalogue);
}

function put(catalogue: Catalogue, [first = '', ...rest]: readonly string[], text: string): Catalogue {
  if (rest.length === 0) return { ...catalogue, [first]: text };
  const inner = catalogue[first];
  return { ...catalogue, [first]: put(isCatalogue(inner) ? inner : {}, rest, text) };
}

/**
 * What is wrong with an agency's texts, one line each: a key that the portal does not have, other placeholders than the
 * portal's text, and a language without words for one of the agency's procedures or stages.
 *
 * @param words the keys of the agency's own words, such as `case:stage.review.name`
 * @param catalogues the portal's own
 */
export function faultsOfAgencyTexts(
  texts: AgencyTexts,
  words: readonly string[],
  catalogues: Catalogues,
  languages: readonly string[],
  placeOf: PlaceOfText = () => '',
): string[] {
  const added = new Set(words);
  return [
    ...Object.entries(texts).flatMap(([language, own]) =>
      Object.entries(own).flatMap(([key, text]) => {
        if (added.has(key)) return [];
        const ours = textAt(catalogues[language], key);
        if (ours === null) return [`${placeOf(language, key)}${language}: the portal has no text ${key}`];
        return placeholdersOf(ours) === placeholdersOf(text)
          ? []
          : [
              `${placeOf(language, key)}${language}: ${key} needs the placeholders of the portal's text: ${placeholdersOf(ours) || 'none'}`,
            ];
      }),
    ),
    ...languages.flatMap((language) =>
      words
        .filter((key) => texts[language]?.[key] === undefined && textAt(catalogues[language], key) === null)
        .map((key) => `${placeOf(language, key)}${language}: has no text ${key}`),
    ),
  ];
}

function textAt(catalogues: Catalogue | undefined, key: string): string | null {
  const [namespace = '', path = ''] = key.split(':');
  let at: unknown = catalogues?.[namespace];
  for (const part of path.split('.')) at = isCatalogue(at) && Object.hasOwn(at, part) ? at[part] : null;
  return typeof at === 'string' ? at : null;
}

const placeholdersOf = (text: string): string => [...new Set(text.match(/\{\{[^}]+\}\}/g) ?? [])].sort().join(' ');

const isCatalogue = (value: unknown): value is Catalogue => typeof value === 'object' && value !== null;
