import { useNonce } from './nonce';

/** Runs a module of enhance/ where it stands in the page. It takes its parameters from `data-` attributes. */
export function InlineScript({ code }: { readonly code: string }) {
  const nonce = useNonce();
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a text that our own build made, under the page's nonce
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: code }} />;
}
