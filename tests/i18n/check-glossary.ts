import { textsOf } from '~/commands/texts';
import type { Catalogues } from '~/i18n/read-catalogues';

export interface Term {
  readonly term: string;
  /** Other forms of the word, or their stems: cases, plurals, verbs of the same root. */
  readonly forms?: readonly string[] | undefined;
  /** "usual", or a source with a quotation: `ind.nl/page: “uw referent”`. */
  readonly source: string;
  /** Synonyms, or their stems. Texts keep to one term, so these are faults. */
  readonly never?: readonly string[] | undefined;
  /** Keys (`case:period.title`) whose text rightly uses another word. */
  readonly not?: readonly string[] | undefined;
}

/** A concept of the field: its meaning in English, and its term in each language. */
export interface Concept {
  readonly meaning: string;
  readonly terms: Readonly<Record<string, Term>>;
}

export type Glossary = Readonly<Record<string, Concept>>;

/**
 * Checks the glossary and the texts' use of it. Returns one line a fault. Every concept has a term in every language;
 * where the English text has the English term, the translation has its own; no text has a synonym that the glossary
 * rules out.
 */
export function checkGlossary(glossary: Glossary, catalogues: Catalogues): string[] {
  const english = textsByKey(catalogues.en);
  // Each concept is looked for once, not again for each language.
  const keysOf = new Map(
    Object.entries(glossary).map(([concept, { terms }]) => {
      const words = terms.en && wordsOf(terms.en);
      return [concept, [...english].flatMap(([key, text]) => (words?.test(withoutPlaceholders(text)) ? [key] : []))];
    }),
  );
  return Object.keys(catalogues).flatMap((language) => {
    const own = textsByKey(catalogues[language]);
    const lower = [...own].map(([key, text]) => [key, withoutPlaceholders(text).toLocaleLowerCase(language)] as const);
    return Object.entries(glossary).flatMap(([concept, { terms }]) => {
      const [source, term] = [terms.en, terms[language]];
      if (!source || !term) return [`glossary: ${concept} has no term in ${source ? language : 'en'}`];
      const otherWords = otherWordsIn(language, lower, term).map(
        ([key, word]) => `${language}/${key} says "${word}"; the glossary has "${term.term}": ${own.get(key)}`,
      );
      if (language === 'en') return otherWords;
      const missing = (keysOf.get(concept) ?? [])
        .filter((key) => !term.not?.includes(key))
        .filter((key) => own.get(key) !== english.get(key) && !saysIn(language, own.get(key) ?? '', term))
        .map((key) => `${language}/${key} does not say "${term.term}" (${concept}): ${own.get(key) ?? ''}`);
      return [...otherWords, ...missing];
    });
  });
}

/** English: whole words, with a plural. */
function wordsOf({ term, forms = [] }: Term): RegExp {
  return new RegExp(`(?<![\\w-])(?:${[term, ...forms].map(escaped).join('|')})(?:e?s)?(?![\\w-])`, 'i');
}

const withoutPlaceholders = (text: string): string => text.replace(/\{\{.*?\}\}/g, '');

/** Other languages join and bend words, so a stem is enough. */
function saysIn(language: string, text: string, { term, forms = [] }: Term): boolean {
  const whole = text.toLocaleLowerCase(language);
  return [term, ...forms].some((form) => whole.includes(form.toLocaleLowerCase(language)));
}

/** The texts with a ruled-out synonym, as key and word. */
function otherWordsIn(
  language: string,
  texts: readonly (readonly [string, string])[],
  { never = [], not = [] }: Term,
): [string, string][] {
  return never.flatMap((word) => {
    const wanted = word.toLocaleLowerCase(language);
    return texts.flatMap(([key, text]): [string, string][] =>
      text.includes(wanted) && !not.includes(key) ? [[key, word]] : [],
    );
  });
}

/** `namespace:key` → all its plural forms, joined by spaces. */
function textsByKey(language: Catalogues[string] | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const [namespace, catalogue] of Object.entries(language ?? {}))
    for (const { key, text } of textsOf(catalogue))
      found.set(`${namespace}:${key}`, `${found.get(`${namespace}:${key}`) ?? ''} ${text}`.trim());
  return found;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
