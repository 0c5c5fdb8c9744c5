import { LANGUAGES, type Language } from '~/model/language';

let shown: readonly Language[] = LANGUAGES;
let otherwise: Language = 'nl';

/** Takes the languages that the agency offers, for the whole process. @param fallback for readers of none of them */
export function takeLanguages(languages: readonly Language[], fallback: Language): void {
  shown = languages;
  otherwise = fallback;
}

/** In the order of the menu. */
export const shownLanguages = (): readonly Language[] => shown;

export const isShownLanguage = (text: string | undefined): text is Language =>
  (shown as readonly string[]).includes(text ?? '');

export const fallbackLanguage = (): Language => otherwise;

/** The language itself, or the fallback where the agency does not offer it. */
export const shownOr = (text: string | undefined): Language => (isShownLanguage(text) ? text : otherwise);
