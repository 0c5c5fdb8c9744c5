import { config } from '~/config/config.server';
import { logoPicture, themeSheet } from '~/config/theme.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';

/** The agency's colours and its mark, each under an address that changes with its content. */
export function loader({ request }: LoaderFunctionArgs) {
  const { pathname } = new URL(request.url);
  const [sheet, logo] = [themeSheet(config()), logoPicture(config())];
  if (pathname === sheet?.address) return lasting(sheet.css, 'text/css; charset=utf-8');
  if (pathname === logo?.address) return lasting(logo.svg, 'image/svg+xml');
  return new Response('Not found\n', { status: 404 });
}

const lasting = (body: string, type: string) =>
  new Response(body, { headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' } });
