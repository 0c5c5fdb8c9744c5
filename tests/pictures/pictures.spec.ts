import { axeFaults } from '../a11y/axe';
import { expect, type Language, signIn, test } from '../e2e/fixtures';
import { wordsOf } from '../e2e/words';
import { drawingOf, keepDrawing, keptDrawing } from './machine';

/**
 * Compares the kit and twelve pages with the committed pictures: on a phone and a desktop, light and dark, in both
 * reading directions. `npm run pictures` makes new ones; look at what changed before committing. Pages run no scripts,
 * so that nothing moves. Clock times and codes are made equal first. Half size shows every shift and keeps the pictures
 * small.
 */
test.use({ isMobile: false, hasTouch: false, deviceScaleFactor: 0.5 });

const SIZES = { phone: { width: 360, height: 720 }, desktop: { width: 1024, height: 720 } };
const SCHEMES = ['light', 'dark'] as const;
/** A pixel differs when its colour differs by 0.2 of 1. One pixel in a hundred may differ. */
const TOLERANCE = { threshold: 0.2, maxDiffPixelRatio: 0.01, scale: 'device' } as const;

for (const language of ['nl', 'ar'] as const satisfies Language[]) {
  test(`${language}: the kit and twelve pages match their pictures`, async ({ page }, info) => {
    test.setTimeout(180_000);
    const t = wordsOf(language);
    await page.route('**/assets/*.js', (route) => route.abort());
    // Both languages use the same page, since line height depends on the language.
    await page.goto('/nl');
    const drawing = await drawingOf(page);
    if (info.config.updateSnapshots === 'all') keepDrawing(drawing);
    if (drawing !== keptDrawing()) {
      const said =
        'letters are drawn otherwise here than where the pictures were made; npm run pictures makes them anew';
      info.annotations.push({ type: 'pictures not compared', description: said });
      return;
    }

    const looks = async (name: string, path?: string) => {
      if (path !== undefined) await page.goto(`/${language}${path}`);
      await page.waitForLoadState('load');
      await page.evaluate(evenOut, name === 'contact');
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await expect.soft(page).toHaveScreenshot([language, `${name}-${size}-${colorScheme}.png`], TOLERANCE);
        }
      }
    };

    await page.goto(`/${language}/kit`);
    await page.evaluate(evenOut, false);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await expect.soft(page).toHaveScreenshot([language, `kit-${size}.png`], { ...TOLERANCE, fullPage: true });
    }
    const figures = () => page.request.get(`/${language}/wait/figures.json`);
    await expect.poll(async () => (await figures()).status(), { timeout: 100_000 }).toBe(200);
    await looks('home', '');
    await looks('sign-in', '/sign-in');
    await looks('contact', '/contact');
    await looks('wait', '/wait');
    await looks('wait-answer', '/wait?procedure=family');
    await looks('not-found', '/nowhere');
    await signIn(page, 'amal', language);
    await looks('cases');
    await page.locator('main .cards a').first().click();
    await looks('case');
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await looks('search');
    await page.getByRole('button', { name: t('appointment:search.take') }).click();
    await looks('hold');
    await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
    await looks('booking');
    await looks('mandates', '/mandates');
  });
}

test('the picture in the README shows the page of a case', async ({ browser, page, stack }, info) => {
  test.setTimeout(180_000);
  await page.goto('/nl');
  if (info.config.updateSnapshots !== 'all' && (await drawingOf(page)) !== keptDrawing()) return;
  const viewport = { width: 360, height: 1000 };
  const phone = await browser.newPage({ baseURL: stack.origin, viewport, deviceScaleFactor: 2 });
  await phone.route('**/assets/*.js', (route) => route.abort());
  const figures = () => phone.request.get('/en/wait/figures.json');
  await expect.poll(async () => (await figures()).status(), { timeout: 100_000 }).toBe(200);
  await signIn(phone, 'amal', 'en');
  await phone.locator('main .cards a').first().click();
  await phone.evaluate(evenOut, false);
  await expect(phone).toHaveScreenshot('case-on-a-phone.png', TOLERANCE);
});

test('the kit passes axe in both reading directions', async ({ page }) => {
  for (const language of ['nl', 'ar']) {
    await page.goto(`/${language}/kit`);
    expect(await axeFaults(page, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])).toEqual([]);
  }
});

/** Makes every clock time equal, and every number on a page of counts, and hides codes and their pictures. */
async function evenOut(everyNumber: boolean): Promise<void> {
  // Autofocus has happened after two frames, and may have scrolled the page.
  for (const _ of ['first', 'second']) await new Promise(requestAnimationFrame);
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  scrollTo(0, 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').replace(/\p{Nd}{1,2}:\p{Nd}{2}/gu, '00:00');
    node.textContent = everyNumber ? text.replace(/\p{Nd}+/gu, '0') : text;
  }
  for (const secret of document.querySelectorAll<HTMLElement | SVGElement>('main .code, main .qr'))
    secret.style.visibility = 'hidden';
}
