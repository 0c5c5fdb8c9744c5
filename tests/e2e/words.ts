import { readdirSync, readFileSync } from 'node:fs';
import { createTranslate } from '../../app/i18n/instance';
import type { Translate } from '../../app/i18n/keys';
import type { Language } from '../../app/model/language';

/** Returns the texts of a language, so that a test names elements as their reader does. */
export function wordsOf(language: Language): Translate {
  const folder = new URL(`../../locales/${language}/`, import.meta.url);
  const catalogues = readdirSync(folder).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  ]);
  return createTranslate(language, Object.fromEntries(catalogues));
}
