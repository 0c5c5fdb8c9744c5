import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../e2e/fixtures';
import { learned } from '../e2e/visits';
import { throughKeyPages } from './key-pages';
import { spilled } from './measures';

/** Removes from a style sheet what a WebView of 2018 does not understand. */
function asIn2018(css: string): string {
  const unknown =
    /(?<=[{;])(?:inset[\w-]*|(?:margin|padding|border|scroll-padding)-(?:inline|block)[\w-]*|gap|accent-color|color-scheme|forced-color-adjust|overflow-wrap:anywhere)(?::[^;}]*)?(?=[;}])/g;
  return css
    .replace(unknown, '')
    .replace(/@supports not \(inset: ?0\)/, '@media all')
    .replace(/(?<=^|[{}])[^{}@]*:(?:has\(|is\(|where\(|focus-visible)[^{}]*\{[^{}]*\}/g, '');
}

test.describe('a browser of 2018, without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('shows every page whole and books a visit in both reading directions', async ({ page, stack }) => {
    test.setTimeout(120_000);
    await learned(stack);
    let sheets = 0;
    await page.route(/\.css$/, async (route) => {
      const answer = await route.fetch();
      sheets++;
      await route.fulfill({ response: answer, body: asIn2018(await answer.text()) });
    });
    await throughKeyPages(page, 'nl', async () => expect.soft(await spilled(page), page.url()).toEqual([]));
    for (const language of ['nl', 'ar'] as const) {
      await page.goto(`/${language}/cases`);
      const theCase = await page.locator('main .cards a').first().getAttribute('href');
      await page.goto(theCase ?? '');
      await page.locator('.languages summary').click();
      expect.soft(await spilled(page), page.url()).toEqual([]);
      expect(await laidOut(page)).toEqual({ edge: true, skipHidden: true, bullets: true, menu: true, warning: true });
    }
    expect(sheets).toBeGreaterThan(1);
  });
});

test('inline scripts use only syntax that browsers of 2018 know', async ({ page }) => {
  await signIn(page, 'amal', 'en');
  const addresses = [page.url(), '/en', (await page.locator('main .cards a').first().getAttribute('href')) ?? ''];
  let scripts = 0;
  for (const address of addresses) {
    const html = await (await page.request.get(address)).text();
    for (const [, script = ''] of html.matchAll(/<script(?![^>]*type="module")[^>]*>([^<]+)</g)) {
      scripts++;
      expect(script).not.toMatch(/\?\.(?!\d)|\?\?|\.(?:at|replaceAll|flatMap|matchAll)\(/);
    }
  }
  expect(scripts).toBeGreaterThan(1);
});

/** Measures whether the layout still separates what a reader must tell apart. */
const laidOut = (page: Page) =>
  page.evaluate(() => {
    const box = (selector: string) => (document.querySelector(selector) as Element).getBoundingClientRect();
    const rightToLeft = document.dir === 'rtl';
    const [heading, item] = [box('h1'), document.querySelector('.timeline li') as Element];
    const words = document.createRange();
    words.selectNodeContents(item);
    const room = rightToLeft
      ? item.getBoundingClientRect().right - words.getBoundingClientRect().right
      : words.getBoundingClientRect().left - item.getBoundingClientRect().left;
    const items = [...document.querySelectorAll('.top nav li')].map((each) => each.getBoundingClientRect());
    const apart = items.every((one, index) => {
      const next = items[index + 1];
      return !next || next.top >= one.bottom || Math.max(next.left - one.right, one.left - next.right) >= 8;
    });
    const warning = document.querySelector('#session-end') as Element;
    warning.classList.add('session-end--now');
    return {
      edge: heading.left >= 8 && heading.right <= innerWidth - 8,
      skipHidden: box('.skip').bottom <= 0,
      bullets: room >= 24,
      menu: apart,
      warning: Math.round(warning.getBoundingClientRect().bottom) === innerHeight,
    };
  });
