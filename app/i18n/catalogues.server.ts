import { createHash } from 'node:crypto';
import type { Resource } from 'i18next';
import { LANGUAGES, type Language } from '~/model/language';
import { type AgencyTexts, faultsOfAgencyTexts, type PlaceOfText, withAgencyTexts } from './agency-texts';
import { createTranslate } from './instance';
import type { Namespace, Translate } from './keys';
import { type Catalogues, readCatalogues } from './read-catalogues';
import { shownLanguages } from './shown-languages.server';

const texts = import.meta.glob<Record<string, unknown>>('/locales/*/*.json', { eager: true, import: 'default' });
const addresses = import.meta.glob<string>('/locales/*/*.json', {
  eager: true,
  query: '?url&no-inline',
  import: 'default',
});

let others: Catalogues | null = null;

export function takeTextsFrom(folder: string): void {
  others = readCatalogues(folder);
}

let ofAgency: AgencyTexts = {};

/**
 * Takes the agency's texts for the whole process, or none of them when one has a fault. Returns the faults.
 * @param words keys of the agency's own words, which every language that it offers needs
 */
export function takeAgencyTexts(
  texts: AgencyTexts,
  words: readonly string[],
  placeOf?: PlaceOfText,
): readonly string[] {
  const own = Object.fromEntries(LANGUAGES.map((language) => [language, others?.[language] ?? cataloguesOf(language)]));
  const faults = faultsOfAgencyTexts(texts, words, own, shownLanguages(), placeOf);
  if (faults.length === 0) {
    ofAgency = texts;
    translators.clear();
    served.clear();
  }
  return faults;
}

const translators = new Map<Language, Translate>();

/** The translator of a language, one for the whole process. */
export function translatorOf(language: Language): Translate {
  let translate = translators.get(language);
  if (!translate) {
    translate = createTranslate(language, inForce(language) as Resource[string]);
    translators.set(language, translate);
  }
  return translate;
}

/** The address of a catalogue for the browser: a hashed, cacheable file. */
export function catalogueAddress(language: Language, namespace: Namespace): string {
  const own = hasAgencyTexts(language, namespace) ? servedCatalogue(language, namespace)?.address : null;
  const address = own ?? addresses[`/locales/${language}/${namespace}.json`];
  if (!address) throw new Error(`no catalogue ${language}/${namespace}`);
  return address;
}

interface Served {
  readonly address: string;
  readonly json: string;
}

const served = new Map<string, Served>();

/** A catalogue with texts of the agency, under an address that changes with its content. Null for an unknown one. */
export function servedCatalogue(language: Language, namespace: string): Served | null {
  const key = `${language}/${namespace}`;
  const known = served.get(key);
  if (known) return known;
  const catalogue = inForce(language)[namespace];
  if (!catalogue) return null;
  const json = JSON.stringify(catalogue);
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 16);
  const made = { address: `/texts/${hash}/${key}.json`, json };
  served.set(key, made);
  return made;
}

const hasAgencyTexts = (language: Language, namespace: Namespace): boolean =>
  Object.keys(ofAgency[language] ?? {}).some((key) => key.startsWith(`${namespace}:`));

function inForce(language: Language): Readonly<Record<string, unknown>> {
  const own = others?.[language] ?? cataloguesOf(language);
  const texts = ofAgency[language];
  if (!texts) return own;
  return Object.fromEntries(
    Object.entries(own).map(([namespace, catalogue]) => [
      namespace,
      withAgencyTexts(catalogue as Readonly<Record<string, unknown>>, namespace, texts),
    ]),
  );
}

function cataloguesOf(language: Language): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const [path, catalogue] of Object.entries(texts)) {
    const [, , folder, file] = path.split('/');
    if (folder === language && file) found[file.replace('.json', '')] = catalogue;
  }
  return found;
}
