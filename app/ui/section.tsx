import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the reader must do, in the colour that nothing else has: at most one a page. */
  readonly main?: boolean;
  /** What the page is for, such as its answer: at most one a page. */
  readonly answer?: boolean;
  /** Not for this moment: its heading opens it. */
  readonly folded?: boolean;
  /** Its first words say what its heading would: the heading is for screen readers alone. */
  readonly unheaded?: boolean;
}

/** An independent part of a page with a heading. */
export function Section({ title, children, main, answer, folded, unheaded }: SectionProps) {
  const id = useId();
  const heading = (
    <h2 id={id} className={unheaded ? 'hidden' : undefined}>
      {title}
    </h2>
  );
  const kind = main ? ' card--main' : answer ? ' card--answer' : folded ? ' card--fold' : '';
  return (
    <section className={`card${kind}`} aria-labelledby={id}>
      {folded ? (
        <details>
          <summary>{heading}</summary>
          {children}
        </details>
      ) : (
        <>
          {heading}
          {children}
        </>
      )}
    </section>
  );
}
