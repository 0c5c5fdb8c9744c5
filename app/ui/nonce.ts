import { createContext, useContext } from 'react';

const NonceContext = createContext<string | undefined>(undefined);

/** Provides the page's nonce to `useNonce`. Only the server has one. */
export const NonceProvider = NonceContext.Provider;

export const useNonce = (): string | undefined => useContext(NonceContext);
