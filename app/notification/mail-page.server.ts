import { directionOf, type Language } from '~/model/language';
import { escaped } from '~/ui/escaped';

interface MailWords {
  readonly lines: readonly string[];
  readonly signIn: string;
  readonly link: string;
  readonly stop: string;
  readonly stopLink: string;
  readonly agency: string;
}

/** The look of a mail: readable in the dark, at any size, and in each mail program without pictures. */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
main{max-width:36em;margin:0 auto}
a{color:#154273}
small{color:#555}
@media (prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}a{color:#9cf}small{color:#bbb}}`;

/** A mail as simple HTML, in the direction of its language. */
export function mailPage(language: Language, words: MailWords): string {
  const { lines, signIn, link, stop, stopLink, agency } = words;
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>${STYLE}</style></head><body><main>
${lines.map((line) => `<p><strong>${escaped(line)}</strong></p>`).join('\n')}
<p>${escaped(signIn)}<br><a href="${escaped(link)}" dir="ltr">${escaped(link)}</a></p>
<hr><p><small>${escaped(stop)}<br><a href="${escaped(stopLink)}" dir="ltr">${escaped(stopLink)}</a></small></p>
<p><small>${escaped(agency)}</small></p>
</main></body></html>
`;
}
