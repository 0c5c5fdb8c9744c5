import { createHash } from 'node:crypto';
import type { Config } from '~/config/config.server';
import { themeInForce } from '~/config/theme.server';
import { directionOf, type Language } from '~/model/language';
import { escaped } from '~/ui/escaped';
import { cssOf, type Tokens } from '~/ui/theme';

const words = import.meta.glob<Record<string, Record<string, string>>>(
  ['/locales/*/failure.json', '/locales/*/trouble.json'],
  { eager: true, import: 'default' },
);

export type Why = 'broken' | 'busy' | 'tooMany' | 'maintenance' | 'unreadable' | 'offline';
type PageConfig = Pick<Config, 'AGENCY_NAME' | 'AGENCY_PHONE' | 'THEME_FILE'>;

/**
 * The page for when the framework can't render one: plain HTML with the agency's telephone number. It depends on
 * nothing that may have failed, and holds no personal data.
 *
 * @param values the text's placeholders
 */
export function failurePage(
  language: Language,
  why: Why,
  config: PageConfig,
  values?: Readonly<Record<string, string>>,
): string {
  if (values) return written(language, why, config, values);
  return madeFor(config, `${language} ${why}`, () => written(language, why, config, {}));
}

function written(language: Language, why: Why, config: PageConfig, values: Readonly<Record<string, string>>): string {
  const text = (file: string, group: string, key: string) => {
    const found = words[`/locales/${language}/${file}.json`]?.[group]?.[key] ?? key;
    return escaped(found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''));
  };
  const phone = escaped(config.AGENCY_PHONE);
  const title = text('failure', why, 'title');
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Zicht</title>
<style>${styleFor(config)}</style>
</head>
<body>
<main>
${EYE}
<h1>${title}</h1>
<p>${text('failure', why, 'body')}</p>
<p><a class="button" href="">${text('trouble', 'section', 'again')}</a></p>
<p><bdi>${escaped(config.AGENCY_NAME)}</bdi>: <a href="tel:${phone.replace(/[^+\d]/g, '')}"><bdi class="whole" dir="ltr">${phone}</bdi></a></p>
</main>
</body>
</html>
`;
}

/** The policy that allows such a page its style and nothing else. */
export function failurePolicy(config: PageConfig): string {
  return madeFor(config, 'policy', () => {
    const hash = createHash('sha256').update(styleFor(config)).digest('base64');
    return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  });
}

const made = new WeakMap<PageConfig, Map<string, string>>();

/** A busy portal refuses hundreds of requests a second, so a page and its policy are made once. */
function madeFor(config: PageConfig, name: string, make: () => string): string {
  const known = made.get(config) ?? new Map<string, string>();
  made.set(config, known);
  const text = known.get(name) ?? make();
  known.set(name, text);
  return text;
}

const EYE =
  '<svg viewBox="0 0 32 32" width="48" height="48" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#0b5f5b"/><path d="M4 16c4-6 8-8 12-8s8 2 12 8c-4 6-8 8-12 8s-8-2-12-8z" fill="#fff"/><circle cx="16" cy="16" r="5" fill="#0b5f5b"/></svg>';

const STYLE = `html{font:100%/1.5 var(--zicht-font);background:var(--zicht-color-page);color:var(--zicht-color-ink);color-scheme:light dark}
body{margin:0}
main{max-inline-size:34rem;margin-inline:auto;padding:2rem 1rem}
h1{font-size:1.625rem;line-height:1.25}
a{color:var(--zicht-color-action);display:inline-block;padding-block:.375rem}
.button{padding:.625rem 1.25rem;border-radius:.5rem;background:var(--zicht-color-action);color:var(--zicht-color-on-action);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid var(--zicht-color-ink);outline-offset:2px}
@media (forced-colors:active){rect,circle{fill:CanvasText}path{fill:Canvas}}`;

function styleFor(config: PageConfig): string {
  const { light, dark } = themeInForce(config);
  return cssOf({ light: used(light), dark: used(dark) }) + STYLE;
}

const used = (tokens: Tokens): Tokens =>
  Object.fromEntries(Object.entries(tokens).filter(([name]) => STYLE.includes(`var(${name})`)));
