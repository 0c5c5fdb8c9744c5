import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Draws the eye: at most one a page. */
  readonly main?: boolean;
}

/** An independent part of a page with a heading. */
export function Section({ title, children, main }: SectionProps) {
  const id = useId();
  return (
    <section className={main ? 'card card--main' : 'card'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
