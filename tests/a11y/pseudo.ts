import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readCatalogues } from '../../app/i18n/read-catalogues';
import type { Language } from '../../app/model/language';

/** How much longer than English a text may get in another language. */
const LONGER = 1.4;
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'áá',
  e: 'ëë',
  i: 'ïï',
  o: 'øø',
  u: 'ûû',
  A: 'Åå',
  E: 'Éé',
  n: 'ñ',
  s: 'š',
};

/** Translates a text into the pseudo-language: accented, 40 % longer, between brackets; placeholders stay. */
function pseudo(text: string): string {
  const parts = text.split(/(\{\{.*?\}\})/);
  const accented = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replace(/[aeiouAEns]/g, (letter) => ACCENTED[letter] ?? letter),
  );
  const words = accented.join('').trimEnd();
  const lacking = Math.max(0, Math.ceil(text.trimEnd().length * LONGER) - words.length);
  const rest = 'ẽẽẽẽẽẽẽ '
    .repeat(Math.ceil(lacking / 8))
    .slice(0, lacking)
    .trimEnd();
  return `⟦${words}${rest}⟧${/\s*$/.exec(text)?.[0]}`;
}

/** Writes the pseudo-language into a folder for TEXTS_FROM, in the place of each language. */
export function writePseudo(folder: string, languages: readonly Language[]): void {
  const english = readCatalogues('locales').en ?? {};
  for (const language of languages) {
    mkdirSync(join(folder, language), { recursive: true });
    for (const [name, catalogue] of Object.entries(english))
      writeFileSync(join(folder, language, `${name}.json`), JSON.stringify(strange(catalogue, language)));
  }
}

/** Scripts fetch catalogues that are files of the build, so the browser gets the pseudo-language in their place. */
export async function servePseudo(page: Page, folder: string): Promise<void> {
  await page.route(/\/assets\/[a-z]+-[\w-]+\.json$/, (route) => {
    const [, name] = /\/assets\/([a-z]+)-/.exec(route.request().url()) ?? [];
    const [, language] = /^\/([a-z]{2})/.exec(new URL(page.url()).pathname) ?? [];
    return route.fulfill({ path: join(folder, language ?? 'en', `${name}.json`) });
  });
}

/** Translates every text, in as many plural forms as the language has. */
function strange(catalogue: unknown, language: Language): unknown {
  if (typeof catalogue === 'string') return pseudo(catalogue);
  if (typeof catalogue !== 'object' || catalogue === null) return catalogue;
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return Object.fromEntries(
    Object.entries(catalogue).flatMap(([key, value]) => {
      const [, base] = /^(.*)_other$/.exec(key) ?? [];
      if (base !== undefined) return forms.map((form) => [`${base}_${form}`, strange(value, language)]);
      return [[key, strange(value, language)]];
    }),
  );
}

/** Lists texts that stand in no catalogue: outside brackets, and not a name, a date or another language. */
export const unmarked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { lang } = document.documentElement;
    const every = (count: number, options: Intl.DateTimeFormatOptions) =>
      Array.from({ length: count }, (_, index) =>
        new Intl.DateTimeFormat([lang === 'en' ? 'en-GB' : `${lang}-u-ca-gregory`], {
          timeZone: 'UTC',
          ...options,
        }).format(Date.UTC(2026, index, index + 1)),
      );
    // Arabic pages name a month in both ways.
    const levantine = new Intl.DateTimeFormat('ar-SY-u-ca-gregory', { timeZone: 'UTC', month: 'long' });
    const months = Array.from({ length: 12 }, (_, index) => levantine.format(Date.UTC(2026, index, 1)));
    const ofDates = [
      ...(lang === 'ar' ? months : []),
      ...every(12, { month: 'long' }),
      ...every(12, { month: 'short' }),
      ...every(12, { day: 'numeric', month: 'long' }).map((date) => date.replace(/[\d\s]/g, '')),
      ...['long', 'short', 'narrow'].flatMap((weekday) => every(60, { weekday: weekday as 'long' })),
    ].sort((a, b) => b.length - a.length);
    const isHardCoded = (text: string) =>
      /\p{L}/u.test(ofDates.reduce((rest, word) => rest.replaceAll(word, ''), text));

    const apart = `script, style, noscript, [translate=no], bdi, [lang]:not(html)`;
    const blocks = new Map<Element, string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      let block = node.parentElement;
      if (!block || block.closest(apart)) continue;
      while (block.parentElement && getComputedStyle(block).display.startsWith('inline') && !block.matches('a, button'))
        block = block.parentElement;
      blocks.set(block, (blocks.get(block) ?? '') + node.textContent);
    }
    const attributes = [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')]
      .filter((element) => !element.closest(apart))
      .flatMap((element) =>
        ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
      );
    return [document.title, ...blocks.values(), ...attributes].flatMap((whole) => {
      // Brackets nest where one text is put into another.
      let text = whole;
      for (let before = ''; before !== text; ) {
        before = text;
        text = text.replace(/⟦[^⟦⟧]*⟧/g, '');
      }
      return isHardCoded(text) ? [whole.trim().slice(0, 120)] : [];
    });
  });

/** Lists elements with Western digits, on a page of a language that has its own. */
export const westernDigits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (
        /\d/.test(node.textContent ?? '') &&
        parent &&
        !parent.closest('script, style, noscript, [translate=no], bdi, [lang]:not(html), a[href^="tel:"]')
      )
        found.push(parent.outerHTML.slice(0, 160));
    }
    return found;
  });
