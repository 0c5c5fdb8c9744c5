/** The languages that the portal speaks, in the order of the switcher. A language is one folder in locales/. */
export const LANGUAGES = ['nl', 'en', 'ar', 'fa', 'uk', 'ru', 'tr', 'ti', 'so', 'fr', 'es', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (text: string | undefined): text is Language =>
  (LANGUAGES as readonly string[]).includes(text ?? '');

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set<Language>(['ar', 'fa']);

export const directionOf = (language: Language): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');
