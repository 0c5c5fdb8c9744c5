import type { ReactNode } from 'react';

/** One of a list of facts, each with markup of its own. */
export const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);
