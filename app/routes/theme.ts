import { config } from '~/config/config.server';
import { themeSheet } from '~/config/theme.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';

/** The agency's theme, under an address that changes with its content. */
export function loader({ request }: LoaderFunctionArgs) {
  const sheet = themeSheet(config());
  if (sheet?.address !== new URL(request.url).pathname) return new Response('Not found\n', { status: 404 });
  return new Response(sheet.css, {
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
  });
}
