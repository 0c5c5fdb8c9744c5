import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, test } from './fixtures';
import { mailSettings } from './mail-server';
import { READERS } from './variants';
import { onlyZms, toSearch } from './visits';
import { wordsOf } from './words';

const en = wordsOf('en');
const SOON = { WATCH_SECONDS: '1' };
const PATIENCE = { timeout: 20_000 };

test.describe.configure({ timeout: 60_000 });

for (const [language, javaScriptEnabled] of READERS) {
  test.describe(`${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });
    const t = wordsOf(language);

    test('a person sets a watch, sees it and stops it', async ({ page }) => {
      await toSearch(page, language);
      await page.getByRole('link', { name: t('appointment:search.watch') }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:watch.title'));
      await page.getByRole('button', { name: t('appointment:watch.set') }).click();
      await expect(page.getByRole('heading', { name: t('appointment:watch.isSet') })).toBeVisible();
      // Axe needs scripts in the page.
      if (javaScriptEnabled) expect(await axeFaults(page)).toEqual([]);
      await page.getByRole('button', { name: t('appointment:watch.stop') }).click();
      await expect(page.getByRole('heading', { name: t('appointment:watch.isSet') })).toHaveCount(0);
    });
  });
}

test.describe('with a mail server', () => {
  test.use({ settings: async ({ mail }, use) => use({ ...SOON, ...mailSettings(mail) }) });

  test.describe('with a planner that keeps a slot', () => {
    test.use({ settings: async ({ stack, mail }, use) => use({ ...onlyZms(stack), ...SOON, ...mailSettings(mail) }) });

    test('a freed slot is held, and the mail about it names nobody', async ({ page, agency, mail, stack }) => {
      await ask(page, 'nl', 'reader@example.org');
      const t = wordsOf('nl');
      await expect.poll(() => mail.received.length, PATIENCE).toBe(2);
      for (const { to, raw, text } of mail.received) {
        expect(to).toEqual(['reader@example.org']);
        expect(text).toContain(`${stack.origin}/nl/cases`);
        expect(text).toContain(t('appointment:mail.signIn'));
        expect(`${raw} ${text}`).not.toMatch(/Amal|Haddad|2811000137|Rotterdam|\d\d:\d\d uur|vinger/i);
      }
      await page.reload();
      const offer = page.getByRole('status').filter({ hasText: t('appointment:search.offered') });
      await offer.getByRole('link').click();
      await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
      await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
      await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
      expect(agency.zms.booked()).toHaveLength(1);
    });
  });

  test('without holds the offer says so and can still be taken', async ({ page, agency, mail }) => {
    await empty(agency.url, true);
    await ask(page, 'en', 'reader@example.org');
    await expect.poll(() => mail.received.length, PATIENCE).toBe(1);
    await empty(agency.url, false);
    await expect.poll(() => mail.received.length, PATIENCE).toBe(2);
    await page.reload();
    const offer = page.getByRole('status').filter({ hasText: en('appointment:search.offered') });
    await expect(offer).toContainText(en('appointment:search.offeredFree'));
    await offer.getByRole('button').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('appointment:hold.title'));
  });
});

/** Watches for any earlier time, day and night. */
async function ask(page: Page, language: Language, email: string): Promise<void> {
  const t = wordsOf(language);
  await toSearch(page, language);
  await page.getByRole('link', { name: t('appointment:search.watch') }).click();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill(email);
  await page.getByLabel(t('appointment:watch.quietFrom'), { exact: true }).selectOption('00:00');
  await page.getByLabel(t('appointment:watch.quietUntil'), { exact: true }).selectOption('00:00');
  await page.getByRole('button', { name: t('appointment:watch.set') }).click();
  await expect(page.getByRole('heading', { name: t('appointment:watch.isSet') })).toBeVisible();
}

async function empty(agency: string, none: boolean): Promise<void> {
  const answer = await fetch(`${agency}/control/planner/empty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'BIO', empty: none }),
  });
  expect(answer.ok).toBe(true);
}
