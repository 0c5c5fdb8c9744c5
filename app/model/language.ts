/** The languages that the portal speaks, in the order of the switcher. A language is one folder in locales/. */
export const LANGUAGES = ['nl', 'en', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const isLanguage = (text: string | undefined): text is Language =>
  (LANGUAGES as readonly string[]).includes(text ?? '');

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
