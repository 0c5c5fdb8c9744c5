import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Words, WordsProvider } from '~/i18n/use-t';

/** Prefix of ids within a living part, on the server and in the browser. */
export const ID_PREFIX = 'living-';

/** The providers of a living part, on the server and in the browser: texts, and the queries that refresh it. */
export function LivingRoot({ language, t, children }: Words & { readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }));
  return (
    <WordsProvider language={language} t={t}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </WordsProvider>
  );
}
