import type { Page } from '@playwright/test';
import { expect, signIn, signInByForms, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');

/** Goes to the provider's page, without choosing a person there. */
async function depart(page: Page): Promise<void> {
  await page.goto('/en/sign-in');
  await page.locator('main form button[type=submit]').click();
  await page.locator('button[name=person][value=amal]').waitFor();
}

test('two tabs can sign in at once', async ({ page, context }) => {
  const other = await context.newPage();
  await depart(page);
  await depart(other);
  for (const tab of [page, other]) {
    await tab.locator('button[name=person][value=amal]').click();
    await expect(tab).toHaveURL(/\/en\/cases$/);
  }
});

test('on a shared device the session is short and nothing lasts', async ({ page, context }) => {
  await page.goto('/en/sign-in');
  await page.getByLabel(t('identity:signIn.shared')).check();
  await page.locator('main form button[type=submit]').click();
  await page.locator('button[name=person][value=amal]').click();
  await expect(page).toHaveURL(/\/en\/cases$/);
  expect((await (await page.request.get('/en/still-here/now')).json()).seconds).toBeLessThanOrEqual(300);
  const lasting = (await context.cookies(page.url())).filter(({ expires }) => expires !== -1);
  expect(lasting.map(({ name }) => name)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a person sees where they are signed in, and signs out there', async ({ page, browser, stack }) => {
    const elsewhere = await (await browser.newContext({ baseURL: stack.origin })).newPage();
    await signInByForms(elsewhere, 'amal', 'en');
    await signIn(page, 'amal', 'en');
    await page.getByRole('link', { name: t('identity:sessions.title') }).click();
    await expect(page.getByText(t('identity:sessions.this'))).toHaveCount(1);
    await page.getByRole('button', { name: t('identity:sessions.end') }).click();
    await expect(page.getByText(t('identity:sessions.none'))).toBeVisible();
    await elsewhere.reload();
    await expect(elsewhere).toHaveURL(/sign-in\?.*reason=expired/);
  });
});

for (const script of [true, false])
  test.describe(`JavaScript ${script ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: script });

    test('the quick exit leads away and ends the session', async ({ page, context }) => {
      await context.route('https://www.wikipedia.org/**', (route) => route.fulfill({ body: 'Elsewhere' }));
      await signIn(page, 'amal', 'en');
      const { value = '' } = (await context.cookies()).find(({ name }) => name === '__Host-zicht') ?? {};
      await page.getByRole('button', { name: t('common:leave') }).click();
      await page.waitForURL('https://www.wikipedia.org/');
      const headers = { cookie: `__Host-zicht=${value}` };
      await expect
        .poll(async () => (await page.request.get('/en/cases', { headers, maxRedirects: 0 })).headers().location)
        .toContain('/en/sign-in');
    });
  });
