import { createContext, type ReactElement, useContext } from 'react';
import type { Namespace } from '~/i18n/keys';
import { useWords } from '~/i18n/use-t';
import type { Language } from '~/model/language';
import { type DraftValues, useDraft } from './draft';
import { LivingRoot } from './living-root';

/** A part of a page that is hydrated in the browser. Its props travel as JSON, so they are plain data. */
export interface LivingPart<Props> {
  /** Its name in the page, known to `entry.client.tsx`. */
  readonly name: string;
  /** The catalogues that it needs beside `common`. */
  readonly namespaces: readonly Namespace[];
  readonly Component: (props: Props) => ReactElement;
}

/** What only the server has while it renders a page. */
export interface LivingServer {
  readonly nonce: string | undefined;
  /** The module that hydrates living parts, then those that it imports. The hashes are in production builds only. */
  readonly scripts: readonly { readonly address: string; readonly integrity: string | undefined }[];
  readonly reloaders: readonly string[];
  readonly catalogueAddress: (language: Language, namespace: Namespace) => string;
  readonly render: (root: ReactElement) => string;
  /** The page's living part, set by `Living` and read by `LivingScripts` at the page's end. */
  found: {
    readonly namespaces: readonly Namespace[];
    readonly props: object;
    readonly draft: DraftValues | null;
  } | null;
}

const LivingContext = createContext<LivingServer | null>(null);

/** Provided by `entry.server.tsx` around every page. */
export const LivingProvider = LivingContext.Provider;

interface LivingProps<Props> {
  readonly part: LivingPart<Props>;
  readonly props: Props;
}

/**
 * Renders a living part: its complete markup, as a React root of its own. Only this part is React in the browser,
 * without a router, which saves a third of the script. It is a root on the server too, since ids depend on the position
 * in their root. At most one a page. In a view-as page it is only markup.
 */
export function Living<Props extends object>({ part: { name, namespaces, Component }, props }: LivingProps<Props>) {
  const { language, t, ownLanguage } = useWords();
  const server = useContext(LivingContext);
  const draft = useDraft();
  const root = (
    <LivingRoot language={language} t={t} ownLanguage={ownLanguage} draft={draft}>
      <Component {...props} />
    </LivingRoot>
  );
  if (!server) return <div data-living={name}>{root}</div>;
  server.found = { namespaces: ['common', ...namespaces], props, draft };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React's own markup, of a root of its own
  return <div data-living={name} dangerouslySetInnerHTML={{ __html: server.render(root) }} />;
}

/** At the page's end: the script that hydrates its living part. Nothing without one. */
export function LivingScripts() {
  const { language } = useWords();
  const server = useContext(LivingContext);
  if (!server?.found) return null;
  const { props, draft } = server.found;
  const [script, ...imported] = server.scripts;
  const json = JSON.stringify({ props, draft }).replaceAll('<', '\\u003c');
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
      <script id="living-props" type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
      {imported.map(({ address, integrity }) => (
        <link key={address} rel="modulepreload" href={address} integrity={integrity} nonce={server.nonce} />
      ))}
      <script type="module" src={script?.address} integrity={script?.integrity} nonce={server.nonce} />
    </>
  );
}

export function Reloaders() {
  const server = useContext(LivingContext);
  return server?.reloaders.map((address) => <script key={address} type="module" src={address} nonce={server.nonce} />);
}
