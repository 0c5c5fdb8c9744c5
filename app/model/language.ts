import ownNames from '../../locales/languages.json' with { type: 'json' };

export type Language = keyof typeof ownNames;

/** All languages, in the order of the switcher. Adding one takes a folder in locales/ and a line in languages.json. */
export const LANGUAGES = Object.keys(ownNames) as readonly Language[];

/** Each language's name in that language. */
export const OWN_NAME: Readonly<Record<Language, string>> = ownNames;

export const isLanguage = (text: string | undefined): text is Language =>
  (LANGUAGES as readonly string[]).includes(text ?? '');

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'ckb', 'fa', 'he', 'ps', 'ur', 'yi']);

export const directionOf = (language: Language): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');
