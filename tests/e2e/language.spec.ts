import { LANGUAGES } from '../../app/model/language';
import { expect, signIn, test } from './fixtures';
import { wordsOf } from './words';

test("an address without a language redirects to the reader's", async ({ browser, stack }) => {
  for (const [locale, language] of [
    ['ar-SY', 'ar'],
    ['en-GB', 'en'],
    ['pl-PL', 'nl'],
  ] as const) {
    const context = await browser.newContext({ baseURL: stack.origin, locale });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page).toHaveURL(`${stack.origin}/${language}`);
    await context.close();
  }
});

test('switching the language keeps the page', async ({ page }) => {
  const [en, ar] = [wordsOf('en'), wordsOf('ar')];
  await signIn(page, 'amal', 'en');
  await page.getByRole('link', { name: en('case:procedure.family') }).click();
  await page.locator('.languages summary').click();
  await page.getByRole('link', { name: 'العربية' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ar('case:stage.biometrics.name'));
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
});

test('a missing page says so in the language of its address', async ({ page }) => {
  for (const language of ['nl', 'en', 'ar'] as const) {
    const answer = await page.goto(`/${language}/nowhere`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(wordsOf(language)('trouble:notFound.title'));
  }
  expect((await page.goto('/xx'))?.status()).toBe(404);
});

test('public pages link to every language for search engines', async ({ page, stack }) => {
  await page.goto('/ar/wait?procedure=family');
  await expect(page.locator('meta[name=description]')).toHaveAttribute('content', wordsOf('ar')('home:lead'));
  const alternates = page.locator('link[rel=alternate][hreflang]');
  await expect(alternates).toHaveCount(LANGUAGES.length);
  for (const language of ['nl', 'fa', 'zh']) {
    const address = await page.locator(`link[hreflang=${language}]`).getAttribute('href');
    expect(address).toBe(`${stack.origin}/${language}/wait?procedure=family`);
    expect(await (await page.request.get(address ?? '')).text()).toContain(`<html lang="${language}"`);
  }
  // Search engines must not find personal pages.
  await signIn(page, 'amal', 'ar');
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
  await expect(alternates).toHaveCount(0);
});

test('Tigrinya pages name their own font first, for every text', async ({ page }) => {
  await page.goto('/ti');
  const first = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).fontFamily.split(',')[0]);
  for (const text of ['h1', 'h2', 'main p', 'main .button', '.languages summary'])
    expect(await first(text), text).toBe('"Noto Sans Ethiopic"');
});
