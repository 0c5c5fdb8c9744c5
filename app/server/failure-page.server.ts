import { directionOf, isLanguage, type Language } from '~/model/language';
import type { Config } from '../config.server';

const words = import.meta.glob<Record<string, Record<string, string>>>('/locales/*/failure.json', {
  eager: true,
  import: 'default',
});

/**
 * The page for when the framework itself can't make one: plain HTML in the language of the address, with the agency's
 * telephone number. Depends on nothing that could be what failed.
 */
export function failurePage(
  pathname: string,
  why: 'broken' | 'busy',
  { AGENCY_NAME, AGENCY_PHONE }: Pick<Config, 'AGENCY_NAME' | 'AGENCY_PHONE'>,
): string {
  const [, first] = pathname.split('/');
  const language: Language = isLanguage(first) ? first : 'nl';
  const text = (key: string) => escaped(words[`/locales/${language}/failure.json`]?.[why]?.[key] ?? key);
  const phone = escaped(AGENCY_PHONE);
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text('title')}</title>
<h1>${text('title')}</h1>
<p>${text('body')}</p>
<p>${escaped(AGENCY_NAME)}: <a href="tel:${phone.replace(/[^+\d]/g, '')}"><bdi>${phone}</bdi></a></p>
</html>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
