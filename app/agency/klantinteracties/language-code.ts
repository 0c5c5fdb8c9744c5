import type { Language } from '~/model/language';

/** Three letters for each language, as the API writes Dutch (`nld`). */
const CODES: Readonly<Partial<Record<Language, string>>> = {
  nl: 'nld',
  en: 'eng',
  ar: 'ara',
  fa: 'fas',
  uk: 'ukr',
  ru: 'rus',
  tr: 'tur',
  ti: 'tir',
  so: 'som',
  de: 'deu',
  fr: 'fra',
  es: 'spa',
  zh: 'zho',
};

/** `und`: not determined, as ISO 639-2 has it. */
export const languageCode = (language: Language): string => CODES[language] ?? 'und';
