import { fileURLToPath } from 'node:url';
import { expect, signIn, test } from './fixtures';
import { wordsOf } from './words';

test('one press copies the reference, and the page says so once', async ({ page, context, stack, browser }) => {
  const t = wordsOf('nl');
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.origin });
  await signIn(page, 'amal', 'nl');
  await page.locator('main .cards a').first().click();
  const about = page.getByRole('region', { name: t('case:facts.title') });
  await about.getByRole('heading').click();
  const reference = await about.locator('dd bdi').first().textContent();
  const said = about.getByRole('status');
  await expect(said).toHaveText('');
  await about.getByRole('button', { name: t('case:facts.copy') }).click();
  await expect(said).toHaveText(t('case:facts.copied'));
  await expect(page.getByText(t('case:facts.copied'))).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(reference);
  expect(await page.locator('script[src]').count()).toBe(0);

  const { cookies } = await context.storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies(cookies);
  const page2 = await plain.newPage();
  await page2.goto(page.url());
  await expect(page2.getByRole('heading', { name: t('case:facts.title') })).toBeVisible();
  await expect(page2.getByRole('button', { name: t('case:facts.copy') })).toHaveCount(0);
  await plain.close();
});

test('a shared link to the expected wait reveals nothing of its sharer', async ({ page, stack }) => {
  await page.addInitScript(() => {
    navigator.share = async (shared) => {
      document.title = JSON.stringify(shared);
    };
  });
  await page.goto('/en/wait?procedure=family&month=2025-11&stage=review');
  await page.getByRole('button', { name: wordsOf('en')('wait:share') }).click();
  await expect(page).toHaveTitle(/^\{/);
  const shared = JSON.parse(await page.title());
  expect(shared.url.replace('?procedure=family', '')).toBe(`${stack.origin}/en/wait`);
  expect(JSON.stringify(shared)).not.toMatch(/2025|review/);
  await page.goto('/en/contact');
  // The desks are folded: people come with an appointment.
  await page.locator('main summary', { hasText: wordsOf('en')('contact:desks.title') }).click();
  await expect(page.getByRole('link', { name: wordsOf('en')('contact:desks.map') }).first()).toHaveAttribute(
    'href',
    /^https:\/\/www\.openstreetmap\.org\/search\?query=/,
  );
  // The agency's system has the number without spaces.
  const number = page.locator('main').getByRole('link', { name: '+31 88 043 0430', exact: true });
  await expect(number).toHaveAttribute('href', 'tel:+31880430430');
});

test.describe('with an agency’s theme', () => {
  test.use({ settings: { THEME_FILE: fileURLToPath(new URL('../../mocks/examples/theme.css', import.meta.url)) } });

  test('the agency’s colours replace ours in light and dark mode', async ({ page }) => {
    const colour = () =>
      page
        .locator('.button')
        .first()
        .evaluate((button) => getComputedStyle(button).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/en');
    expect(await colour()).toBe('rgb(91, 42, 134)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colour()).toBe('rgb(207, 174, 245)');
    const sheet = await page.request.get((await page.locator('link[href^="/theme/"]').getAttribute('href')) ?? '');
    expect(sheet.headers()['cache-control']).toContain('immutable');
    expect((await page.request.get('/theme/other.css')).status()).toBe(404);
  });
});
