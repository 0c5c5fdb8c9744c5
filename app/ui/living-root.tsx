import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Words, WordsProvider } from '~/i18n/use-t';

/** Ids within a living part begin with this, on the server and in the browser alike. */
export const ID_PREFIX = 'living-';

/** What a living part has around it, on the server and in the browser: words, and the queries that renew it. */
export function LivingRoot({ language, t, children }: Words & { readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }));
  return (
    <WordsProvider language={language} t={t}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </WordsProvider>
  );
}
