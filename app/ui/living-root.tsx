import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Words, WordsProvider } from '~/i18n/use-t';
import { DraftProvider, type DraftValues } from './draft';

/** Prefix of ids within a living part, on the server and in the browser. */
export const ID_PREFIX = 'living-';

interface LivingRootProps extends Words {
  readonly draft: DraftValues | null;
  readonly children: ReactNode;
}

/** The providers of a living part, on the server and in the browser: texts, and the queries that refresh it. */
export function LivingRoot({ language, t, ownLanguage, draft, children }: LivingRootProps) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }));
  return (
    <WordsProvider language={language} t={t} ownLanguage={ownLanguage}>
      <DraftProvider value={draft}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </DraftProvider>
    </WordsProvider>
  );
}
