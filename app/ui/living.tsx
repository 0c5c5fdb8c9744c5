import { createContext, type ReactElement, useContext } from 'react';
import type { Namespace } from '~/i18n/keys';
import { useWords } from '~/i18n/use-t';
import type { Language } from '~/model/language';
import { LivingRoot } from './living-root';

/** A part of a page that lives on in the browser. Its props travel as JSON, so they are nothing but data. */
export interface LivingPart<Props> {
  /** By which the page names it to `entry.client.tsx`, which must know it. */
  readonly name: string;
  /** The catalogues that it needs beside `common`. */
  readonly namespaces: readonly Namespace[];
  readonly Component: (props: Props) => ReactElement;
}

/** What only the server has while it makes a page. */
export interface LivingServer {
  readonly nonce: string | undefined;
  /** The module that brings living parts to life. */
  readonly script: string;
  /** What the development server wants in every page, so that it reloads. */
  readonly reloaders: readonly string[];
  readonly catalogueAddress: (language: Language, namespace: Namespace) => string;
  /** The markup of a React root of its own. */
  readonly render: (root: ReactElement) => string;
  /** The page's living part, written by `Living` and read by `LivingScripts` at the page's end. */
  found: { readonly namespaces: readonly Namespace[]; readonly props: object } | null;
}

const LivingContext = createContext<LivingServer | null>(null);

/** Given by `entry.server.tsx` around every page. */
export const LivingProvider = LivingContext.Provider;

interface LivingProps<Props> {
  readonly part: LivingPart<Props>;
  readonly props: Props;
}

/**
 * Puts a living part into a page: its markup, whole and usable as it is. Only this is React in the browser, without a
 * router, which takes a third off what a page ships. On the server it is a root of its own too, since ids are told by the
 * place in their root. At most one a page. Where a page is only shown to somebody else, it is just its markup.
 */
export function Living<Props extends object>({ part: { name, namespaces, Component }, props }: LivingProps<Props>) {
  const { language, t } = useWords();
  const server = useContext(LivingContext);
  const root = (
    <LivingRoot language={language} t={t}>
      <Component {...props} />
    </LivingRoot>
  );
  if (!server) return <div data-living={name}>{root}</div>;
  server.found = { namespaces: ['common', ...namespaces], props };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React's own markup, of a root of its own
  return <div data-living={name} dangerouslySetInnerHTML={{ __html: server.render(root) }} />;
}

/** At the page's end: what its living part is brought to life by. Nothing, where none lives. */
export function LivingScripts() {
  const { language } = useWords();
  const server = useContext(LivingContext);
  if (!server?.found) return null;
  const props = JSON.stringify(server.found.props).replaceAll('<', '\\u003c');
  return (
    <>
      {server.found.namespaces.map((namespace) => (
        <link
          key={namespace}
          rel="preload"
          as="fetch"
          crossOrigin="anonymous"
          href={server.catalogueAddress(language, namespace)}
          data-catalogue={namespace}
        />
      ))}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: JSON that no `<` can end */}
      <script id="living-props" type="application/json" dangerouslySetInnerHTML={{ __html: props }} />
      <script type="module" src={server.script} nonce={server.nonce} />
    </>
  );
}

/** In every page's head: nothing, but in development. */
export function Reloaders() {
  const server = useContext(LivingContext);
  return server?.reloaders.map((address) => <script key={address} type="module" src={address} nonce={server.nonce} />);
}
