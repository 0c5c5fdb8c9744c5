import { createContext, type ReactNode, useContext } from 'react';
import type { Language } from '~/model/language';
import type { Translate } from './keys';

export interface Words {
  readonly language: Language;
  readonly t: Translate;
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ language, t, children }: Words & { readonly children: ReactNode }) {
  return <WordsContext.Provider value={{ language, t }}>{children}</WordsContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside a WordsProvider');
  return words;
}

export const useT = (): Translate => useWords().t;
