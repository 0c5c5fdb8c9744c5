import type { Language } from '~/model/language';

/** From nought to nine, as they are said on the phone. */
const WORDS: Partial<Record<Language, string>> = {
  nl: 'nul een twee drie vier vijf zes zeven acht negen',
  de: 'null eins zwei drei vier fünf sechs sieben acht neun',
  en: 'zero one two three four five six seven eight nine',
  fr: 'zéro un deux trois quatre cinq six sept huit neuf',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve',
};

/** A code as words, in two groups; null in a language whose words are not known here. */
export function spokenCode(digits: string, language: Language): string | null {
  const words = WORDS[language]?.split(' ');
  if (!words) return null;
  const said = [...digits].map((digit) => words[Number(digit)] ?? '');
  return `${said.slice(0, 4).join(' ')} – ${said.slice(4).join(' ')}`;
}
