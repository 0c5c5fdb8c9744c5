import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, test } from './fixtures';
import { book, toHold, toSearch } from './visits';
import { wordsOf } from './words';

const en = wordsOf('en');
const LANGUAGES: readonly Language[] = ['nl', 'ar'];

for (const language of LANGUAGES) {
  test.describe(`${language}, JavaScript off`, () => {
    test.use({ javaScriptEnabled: false });
    const t = wordsOf(language);

    test('each day with free times in the month leads to them', async ({ page }) => {
      await toSearch(page, language);
      await page.getByRole('link', { name: t('appointment:search.asCalendar') }).click();
      const table = page.getByRole('table');
      await expect(table.getByRole('columnheader')).toHaveCount(7);
      await page.getByRole('link', { name: t('appointment:search.nextMonth') }).click();
      const day = table.getByRole('link').first();
      const free = Number(/\d+/.exec((await day.locator('small').textContent()) ?? '')?.[0]);
      await day.click();
      await expect(page.locator('.slots').first().getByRole('button')).toHaveCount(free);
    });
  });
}

for (const language of LANGUAGES) {
  test(`${language}: axe finds no fault from the search to a move`, async ({ page }) => {
    const t = wordsOf(language);
    await book(page, language);
    await isAccessible(page);
    await page.getByRole('link', { name: t('appointment:booking.move'), exact: true }).click();
    await page.getByText(t('appointment:search.filter')).click();
    await isAccessible(page);
    await page.getByRole('link', { name: t('appointment:search.asCalendar') }).click();
    await expect(page.getByRole('table')).toBeVisible();
    await isAccessible(page);
    await page.getByRole('link', { name: t('appointment:search.asList') }).click();
    await page.locator('.slots button').last().click();
    await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await isAccessible(page);
  });
}

async function isAccessible(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}

test('a search filters by weekday and part of the day', async ({ page }) => {
  await toSearch(page);
  await page.getByText(en('appointment:search.filter')).click();
  await page.getByRole('checkbox', { name: 'Tuesday' }).check();
  await page.getByLabel(en('appointment:search.part')).selectOption('morning');
  await page.getByRole('button', { name: en('appointment:search.show') }).click();
  const days = await page.getByRole('heading', { level: 3 }).allTextContents();
  expect(days.length).toBeGreaterThan(0);
  for (const day of days) expect(day).toContain('Tuesday');
  for (const time of await page.locator('.slots strong').allTextContents())
    expect(Number(time.slice(0, 2))).toBeLessThan(12);
  await page.getByText(en('appointment:search.filter')).click();
  await expect(page.getByRole('checkbox', { name: 'Tuesday' })).toBeChecked();
});

test('a person gets at most three holds in ten minutes', async ({ page }) => {
  await toHold(page);
  for (const turn of [1, 2, 3]) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('appointment:hold.title'));
    await page.getByRole('button', { name: en('appointment:hold.otherTime') }).click();
    if (turn < 3) await page.getByRole('button', { name: en('appointment:search.take') }).click();
  }
  await expect(page.getByText(en('appointment:search.tooMany'))).toBeVisible();
  await expect(page.locator('button[name=slot]')).toHaveCount(0);
});

test('a booking has a QR code and a card that names nobody', async ({ page }) => {
  await book(page);
  await expect(page.getByRole('img', { name: en('appointment:booking.qr') })).toBeVisible();
  const code = (await page.locator('.code').textContent()) ?? 'no code';
  const link = await page.getByRole('link', { name: en('appointment:booking.card') }).getAttribute('href');
  const card = await (await page.request.get(link ?? '')).text();
  expect(card).toContain(code);
  expect(card).toContain('<svg');
  expect(card).not.toMatch(/Haddad|Amal|<script|https?:/);
});

test('a printed booking fits on one page', async ({ page }) => {
  await book(page);
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  expect(pages(await page.pdf({ format: 'A4' }))).toBe(1);
});
