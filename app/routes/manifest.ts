import { config } from '~/config/config.server';
import { themeInForce } from '~/config/theme.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { directionOf } from '~/model/language';

/** The web app manifest in the person's language. */
export function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const t = translatorOf(language);
  const page = themeInForce(config()).light['--zicht-color-page'];
  const manifest = {
    id: '/',
    name: `${t('common:name')} · ${config().AGENCY_NAME}`,
    short_name: t('common:name'),
    description: t('home:lead'),
    lang: language,
    dir: directionOf(language),
    start_url: `/${language}/cases`,
    scope: '/',
    // With the back button and address shown, people see where they are.
    display: 'minimal-ui',
    background_color: page,
    theme_color: page,
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      ...['192', '512'].flatMap((size) =>
        ['any', 'maskable'].map((purpose) => ({
          src: `/icon-${size}.png`,
          type: 'image/png',
          sizes: `${size}x${size}`,
          purpose,
        })),
      ),
    ],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=86400' },
  });
}
