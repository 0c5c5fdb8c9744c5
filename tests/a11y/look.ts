import { expect, type Page, type Response } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { directionOf, type Language } from '../../app/model/language';
import { axeFaults } from './axe';
import { foreignColours, loose, moving, smallTargets, spacedText, spilledHere } from './measures';

/**
 * The HTML standard's rules, without those of style and of what React writes its own way (`charSet`, ids such as
 * `:R1:`).
 */
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'attr-case': 'off', 'valid-id': ['error', { relaxed: true }], 'form-dup-name': 'off' },
});

/** 1280 x 1024 at 400 %. */
export const NARROW = { width: 320, height: 256 };

/** The last response of each page. The response to a form differs from what its address returns. */
const answers = new WeakMap<Page, Response>();
const watched = new WeakSet<Page>();

/** Keeps the responses of a page for `isGood`, since some pages can't be requested twice. */
export function keepAnswers(page: Page): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && (response.status() < 300 || response.status() >= 400)) answers.set(page, response);
  });
}

/**
 * Checks what every page must have in every state: language and direction, a title, one h1, large enough targets, and
 * nothing lost on a screen of 320 pixels (which is 400 %), with wide text spacing too.
 *
 * @param whole also checks what no language changes: valid HTML, axe, forced colours and reduced motion
 */
export async function isGood(page: Page, { whole = true } = {}): Promise<void> {
  const where = page.url();
  const language = (new URL(where).pathname.split('/')[1] ?? '') as Language;
  await page.waitForLoadState('load');
  const size = page.viewportSize();
  const narrow = size?.width === NARROW.width;
  const { title, headings, ...root } = await basics(page);
  const faults: Record<string, readonly string[]> = {};
  if (whole) {
    faults.html = await invalid(page);
    faults.axe = await axeFaults(page);
  }
  // One turn for several measures: a hundred pages are looked at, and each turn takes three processes.
  Object.assign(faults, await page.evaluate(`({ loose: (${loose})(), targets: (${smallTargets})() })`));
  if (!narrow) await page.setViewportSize(NARROW);
  Object.assign(
    faults,
    await page.evaluate(`(() => {
      const spilled = ${spilledHere};
      const found = { spilled: spilled() };
      const usual = (${spacedText})();
      found.spilledWhenSpaced = spilled();
      usual();
      return found;
    })()`),
  );
  if (whole) {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    Object.assign(faults, await page.evaluate(`({ colours: (${foreignColours})(), moving: (${moving})() })`));
    await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  }
  if (size && !narrow) await page.setViewportSize(size);
  const found = Object.fromEntries(Object.entries(faults).filter(([, each]) => each.length > 0));
  expect
    .soft({ ...root, headings, ...found }, where)
    .toEqual({ lang: language, dir: directionOf(language), headings: 1 });
  expect.soft(title, where).toMatch(/\S · Zicht$/);
}

/** Reads in one turn what every page has, and opens its folded parts, which hold text too. */
const basics = (page: Page) =>
  page.evaluate(() => {
    for (const closed of document.querySelectorAll<HTMLDetailsElement>('main details')) closed.open = true;
    const { lang, dir } = document.documentElement;
    // A page that is shown inside another brings its own h1.
    return { lang, dir, title: document.title, headings: document.querySelectorAll('h1:not([data-region] h1)').length };
  });

async function invalid(page: Page): Promise<string[]> {
  const kept = answers.get(page);
  const same = kept && new URL(kept.url()).pathname === new URL(page.url()).pathname ? kept : null;
  const html = same ? await same.text() : await (await page.request.get(page.url())).text();
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
