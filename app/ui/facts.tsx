import type { ReactNode } from 'react';

/** Facts as term and value. A value of null is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([term, value]) =>
        value == null ? null : (
          <Fact term={term} key={term}>
            {value}
          </Fact>
        ),
      )}
    </dl>
  );
}

/** One of the facts of a list, where each is markup of its own. */
export const Fact = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);
