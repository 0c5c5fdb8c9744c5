import type { LoaderFunctionArgs } from '~/framework/node.server';
import { servedCatalogue } from '~/i18n/catalogues.server';
import { isLanguage } from '~/model/language';

/** A catalogue with the agency's texts for the browser, under an address that changes with its content. */
export function loader({ params, request }: LoaderFunctionArgs) {
  const namespace = params.file?.replace(/\.json$/, '') ?? '';
  const served = isLanguage(params.language) ? servedCatalogue(params.language, namespace) : null;
  if (served?.address !== new URL(request.url).pathname) return new Response('Not found\n', { status: 404 });
  return new Response(served.json, {
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=31536000, immutable' },
  });
}
