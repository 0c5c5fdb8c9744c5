import type { Page } from '@playwright/test';
import { expect, type Language, signIn, test } from '../e2e/fixtures';
import { learned } from '../e2e/visits';
import { wordsOf } from '../e2e/words';

const LANGUAGES = ['nl', 'en', 'ar'] as const satisfies Language[];

/** People take this page to a counter or an advisor, so it must fit on one sheet. */
test('the case page prints on one A4 sheet, whatever the case holds', async ({ browser, stack }) => {
  await learned(stack);
  for (const person of ['amal', 'garcia', 'farid', 'yonas', 'imani', 'longname', 'fatou', 'olena']) {
    const page = await (await browser.newContext({ baseURL: stack.origin })).newPage();
    await signIn(page, person, 'nl');
    const path = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
    for (const language of LANGUAGES) {
      await page.goto(path.replace(/^\/nl/, `/${language}`));
      expect.soft(await sheets(page), `${person}, ${language}`).toBe(1);
    }
    await page.context().close();
  }
});

test('a booking for five prints on one A4 sheet, QR code included', async ({ page }) => {
  const t = wordsOf('nl');
  await signIn(page, 'garcia', 'nl');
  await page.locator('main .cards a').first().click();
  await page.getByRole('link', { name: t('case:visit.book') }).click();
  await page.getByRole('button', { name: t('appointment:search.take') }).click();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('lucia.garcia.martinez@example.org');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  await expect(page.locator('.qr')).toBeVisible();
  const address = page.url();
  for (const language of LANGUAGES) {
    await page.goto(address.replace('/nl/', `/${language}/`));
    expect.soft(await sheets(page), language).toBe(1);
  }
});

async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', margin: { top: '1cm', right: '1cm', bottom: '1cm', left: '1cm' } });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
