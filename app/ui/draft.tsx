import { createContext, useContext } from 'react';

/** What the person typed into this page's form before their session ended: field name → values. */
export type DraftValues = Readonly<Record<string, readonly string[]>>;

const DraftContext = createContext<DraftValues | null>(null);

/** Every field of `ui/field.tsx` within it shows what was typed instead of its own value. */
export const DraftProvider = DraftContext.Provider;

export const useDraft = (): DraftValues | null => useContext(DraftContext);

/** The values that were typed into a field; undefined when it had none, or there is no draft. */
export const useTyped = (name: string): readonly string[] | undefined => useDraft()?.[name];
