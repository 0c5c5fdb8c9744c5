import type { Resource } from 'i18next';
import type { Language } from '~/model/language';
import { createTranslate } from './instance';
import type { Namespace, Translate } from './keys';
import { type Catalogues, readCatalogues } from './read-catalogues';

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

const translators = new Map<Language, Translate>();

/** The translator of a language, one for the whole process. */
export function translatorOf(language: Language): Translate {
  let translate = translators.get(language);
  if (!translate) {
    translate = createTranslate(language, (others?.[language] as Resource[string]) ?? cataloguesOf(language));
    translators.set(language, translate);
  }
  return translate;
}

/** The address of a catalogue for the browser: a hashed, cacheable file. */
export function catalogueAddress(language: Language, namespace: Namespace): string {
  const address = addresses[`/locales/${language}/${namespace}.json`];
  if (!address) throw new Error(`no catalogue ${language}/${namespace}`);
  return address;
}

function cataloguesOf(language: Language): Record<string, Record<string, unknown>> {
  const found: Record<string, Record<string, unknown>> = {};
  for (const [path, catalogue] of Object.entries(texts)) {
    const [, , folder, file] = path.split('/');
    if (folder === language && file) found[file.replace('.json', '')] = catalogue;
  }
  return found;
}
