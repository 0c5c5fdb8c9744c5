import { createContext, type ReactNode, useContext } from 'react';
import type { Language } from '~/model/language';
import type { Translate } from './keys';

export interface Words {
  readonly language: Language;
  readonly t: Translate;
  /** The language of the agency's registry and planners. */
  readonly ownLanguage: Language;
}

const WordsContext = createContext<Words | null>(null);

interface Provided extends Omit<Words, 'ownLanguage'> {
  readonly ownLanguage?: Language;
  readonly children: ReactNode;
}

export function WordsProvider({ language, t, ownLanguage = 'nl', children }: Provided) {
  return <WordsContext.Provider value={{ language, t, ownLanguage }}>{children}</WordsContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside a WordsProvider');
  return words;
}

export const useT = (): Translate => useWords().t;
