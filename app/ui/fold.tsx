import type { ReactNode } from 'react';

/** A few sentences that are not for this moment. The title opens them. */
export const Fold = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <details className="fold">
    <summary>{title}</summary>
    {children}
  </details>
);
