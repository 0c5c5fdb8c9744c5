import type { Catalogues } from '~/i18n/read-catalogues';
import { type Text, textsOf } from './texts';

/** The language that texts are written in first. It decides which keys and placeholders exist. */
const SOURCE = 'en';

/** Names, the same in every language. */
const NAMES = ['Zicht', 'IND'];

/** Whole texts that are right although they equal the English. */
const SAME_WORDS: Readonly<Record<string, readonly string[]>> = {
  nl: ['Contact', '{{count}} week', 'Postcode'],
  de: ['Name', 'Tablet', 'Ukraine'],
  es: ['No'],
  fr: ['Contact', 'Ukraine', 'Client', 'Documents'],
};

/**
 * Checks the translations. Returns one line a fault, none if all is well. Every language must have English's
 * namespaces, keys and placeholders, its own text for each, and exactly the plural forms that `Intl.PluralRules` gives
 * the language (i18next JSON v4: `key_one`, `key_other`).
 */
export function checkCatalogues(catalogues: Catalogues): string[] {
  const source = catalogues[SOURCE];
  if (!source) return [`there are no catalogues of the source language, ${SOURCE}`];
  return Object.entries(catalogues).flatMap(([language, own]) => {
    if (Intl.PluralRules.supportedLocalesOf([language]).length === 0)
      return [`${language}: its plural forms are not known`];
    const namespaces = new Set([...Object.keys(source), ...Object.keys(own)]);
    return [...namespaces].flatMap((namespace) => {
      const file = `${language}/${namespace}.json`;
      if (!(namespace in own)) return [`${file}: the file is missing`];
      if (!(namespace in source)) return [`${file}: ${SOURCE} has no such file`];
      return checkFile(language, own[namespace], source[namespace]).map((fault) => `${file}: ${fault}`);
    });
  });
}

function checkFile(language: string, ownCatalogue: unknown, sourceCatalogue: unknown): string[] {
  const faults: string[] = [];
  const own = byKey(textsOf(ownCatalogue, (key) => faults.push(`${key} is no text`)));
  const source = byKey(textsOf(sourceCatalogue));
  for (const key of source.keys()) if (!own.has(key)) faults.push(`${key} is missing`);
  for (const [key, texts] of own) {
    const sourceTexts = source.get(key);
    if (sourceTexts) faults.push(...checkForms(language, key, texts, sourceTexts));
    else faults.push(`${key} is extra: ${SOURCE} does not have it`);
    for (const text of texts) faults.push(...checkText(language, text, sourceTexts ?? []));
  }
  return faults;
}

function checkForms(language: string, key: string, texts: readonly Text[], sourceTexts: readonly Text[]): string[] {
  const wanted: (string | null)[] = sourceTexts.some(({ form }) => form !== null) ? categoriesOf(language) : [null];
  const found = texts.map(({ form }) => form);
  const called = (form: string | null) =>
    form === null ? `${key} without a plural form` : `the plural form ${key}_${form}`;
  return [
    ...wanted.filter((form) => !found.includes(form)).map((form) => `${called(form)} is missing`),
    ...found.filter((form) => !wanted.includes(form)).map((form) => `${called(form)} is extra`),
  ];
}

function checkText(language: string, { key, form, text }: Text, sourceTexts: readonly Text[]): string[] {
  const name = form === null ? key : `${key}_${form}`;
  if (text.trim() === '') return [`${name} is empty`];
  const other = sourceTexts.find((one) => one.form === 'other');
  const same = sourceTexts.find((one) => one.form === form) ?? other;
  const model = other ?? same; // A form for one number need not show the count, in English either.
  if (!same || !model) return [];
  const faults: string[] = [];
  if (language !== SOURCE && text === same.text && !maySayTheSame(language, text))
    faults.push(`${name} is the same as in ${SOURCE}`);
  const [has, needs] = [placeholdersOf(text), placeholdersOf(model.text)];
  const spelledOut = form !== null && isOneNumber(language, form) ? '{{count}}' : null;
  for (const one of needs) if (!has.has(one) && one !== spelledOut) faults.push(`${name} lacks ${one}`);
  for (const one of has) if (!needs.has(one)) faults.push(`${name} has ${one}, which ${SOURCE} does not have`);
  // Where the page adds a value after a text, the space between them belongs to the text.
  if (/\s$/.test(text) !== /\s$/.test(model.text)) faults.push(`${name} ends with a space, or ${SOURCE} does`);
  return faults;
}

function byKey(texts: readonly Text[]): Map<string, Text[]> {
  const found = new Map<string, Text[]>();
  for (const text of texts) found.set(text.key, [...(found.get(text.key) ?? []), text]);
  return found;
}

const categoriesOf = (language: string): string[] => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

/** Whether a plural form means one number only, such as two in Arabic. Then the text may spell it out. */
function isOneNumber(language: string, form: string): boolean {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 201 }, (_, count) => count).filter((count) => rules.select(count) === form).length === 1;
}

const placeholdersOf = (text: string): Set<string> => new Set(text.match(/\{\{.*?\}\}/g));

function maySayTheSame(language: string, text: string): boolean {
  if (SAME_WORDS[language]?.includes(text)) return true;
  const words = text.replace(/\{\{.*?\}\}/g, ' ').match(/\p{L}+/gu) ?? [];
  return words.every((word) => NAMES.includes(word));
}
