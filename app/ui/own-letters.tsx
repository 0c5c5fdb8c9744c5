import type { Language } from '~/model/language';
import ethiopic from './ethiopic.css?url';

/** Languages for which a page loads a font, since many devices have none. */
const OWN_LETTERS: ReadonlySet<Language> = new Set<Language>(['ti']);

export const OwnLetters = ({ language }: { readonly language: Language }) =>
  OWN_LETTERS.has(language) ? <link rel="stylesheet" href={ethiopic} /> : null;
