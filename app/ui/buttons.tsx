import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react';

interface Labelled {
  readonly label: string;
  /** For the less important of several buttons. */
  readonly quiet?: boolean;
}

const classOf = (quiet: boolean) => (quiet ? 'button button--quiet' : 'button');

export const Submit = ({ label, quiet = false, ...rest }: Labelled & ButtonHTMLAttributes<HTMLButtonElement>) => (
  <button className={classOf(quiet)} type="submit" {...rest}>
    {label}
  </button>
);

export const LinkButton = ({ label, quiet = false, ...rest }: Labelled & AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a className={classOf(quiet)} {...rest}>
    {label}
  </a>
);

/** A paragraph of one link, mostly to where the page belongs. */
export const LinkLine = ({ href, label }: { readonly href: string; readonly label: ReactNode }) => (
  <p>
    <a href={href}>{label}</a>
  </p>
);
