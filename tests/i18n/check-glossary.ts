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
  return Object.keys(catalogues).flatMap((language) => {
    const own = textsByKey(catalogues[language]);
    return Object.entries(glossary).flatMap(([concept, { terms }]) => {
      const [source, term] = [terms.en, terms[language]];
      if (!source || !term) return [`glossary: ${concept} has no term in ${source ? language : 'en'}`];
      const otherWords = [...own].flatMap(([key, text]) => otherWordsIn(language, key, text, term));
      if (language === 'en') return otherWords;
      const missing = [...english]
        .filter(([key, text]) => says(text, source) && !term.not?.includes(key))
        .filter(([key, text]) => own.get(key) !== text && !saysIn(language, own.get(key) ?? '', term))
        .map(([key]) => `${language}/${key} does not say "${term.term}" (${concept}): ${own.get(key) ?? ''}`);
      return [...otherWords, ...missing];
    });
  });
}

/** English: whole words, with a plural. */
function says(whole: string, { term, forms = [] }: Term): boolean {
  const text = whole.replace(/\{\{.*?\}\}/g, '');
  return [term, ...forms].some((form) => new RegExp(`(?<![\\w-])${escaped(form)}(?:e?s)?(?![\\w-])`, 'i').test(text));
}

/** Other languages join and bend words, so a stem is enough. */
function saysIn(language: string, text: string, { term, forms = [] }: Term): boolean {
  const whole = text.toLocaleLowerCase(language);
  return [term, ...forms].some((form) => whole.includes(form.toLocaleLowerCase(language)));
}

function otherWordsIn(language: string, key: string, text: string, { term, never = [], not = [] }: Term): string[] {
  const whole = text.replace(/\{\{.*?\}\}/g, '').toLocaleLowerCase(language);
  return never
    .filter((word) => !not.includes(key) && whole.includes(word.toLocaleLowerCase(language)))
    .map((word) => `${language}/${key} says "${word}"; the glossary has "${term}": ${text}`);
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
