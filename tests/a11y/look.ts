import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, type Response } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { foreignColours, moving, smallTargets, spilled, withTextSpacing } from './measures';

/** The standard's own rules; not those of style, nor what React writes in its own way (`charSet`, ids such as `:R1:`). */
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'attr-case': 'off', 'valid-id': ['error', { relaxed: true }], 'form-dup-name': 'off' },
});

/** What the server last answered to each page: that of a form that was sent is not the one of its address. */
const answers = new WeakMap<Page, Response>();
const watched = new WeakSet<Page>();

/** Keeps what the server answers to a page, for `isGood` to look at. Some pages may not be asked for a second time. */
export function keepAnswers(page: Page): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && (response.status() < 300 || response.status() >= 400)) answers.set(page, response);
  });
}

/**
 * What a page must have in every state: a title, one h1, valid HTML, nothing that axe finds, nothing lost on a screen of
 * 320 pixels (which is 400 %), with wide spacing, in forced colours or without motion, and targets that can be hit.
 *
 * @param axe whether axe looks too: it takes as long as all the rest, and finds the same in another language
 */
export async function isGood(page: Page, { axe = true } = {}): Promise<void> {
  const where = page.url();
  await page.waitForLoadState('load');
  await expect.soft(page, where).toHaveTitle(/\S · Zicht$/);
  // A page that is shown within another brings its own.
  await expect.soft(page.locator('h1:not([data-region] h1)'), where).toHaveCount(1);
  expect.soft(await invalid(page), where).toEqual([]);
  // What is closed holds words too.
  await page.evaluate(() => {
    for (const closed of document.querySelectorAll<HTMLDetailsElement>('main details')) closed.open = true;
  });
  // Within the page itself, as no page of ours has frames: a second page for each look takes longer than the look.
  const { violations } = axe ? await new AxeBuilder({ page }).setLegacyMode().analyze() : { violations: [] };
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      where,
    )
    .toEqual([]);
  expect.soft(await smallTargets(page), where).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  expect.soft(await spilled(page), where).toEqual([]);
  await withTextSpacing(page, async () => expect.soft(await spilled(page), `spaced ${where}`).toEqual([]));
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  expect.soft(await foreignColours(page), where).toEqual([]);
  expect.soft(await moving(page), where).toEqual([]);
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
  if (size) await page.setViewportSize(size);
}

async function invalid(page: Page): Promise<string[]> {
  const kept = answers.get(page);
  const same = kept && new URL(kept.url()).pathname === new URL(page.url()).pathname ? kept : null;
  const html = same ? await same.text() : await (await page.request.get(page.url())).text();
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
