import type { Page } from '@playwright/test';
import { codeIn, mailSettings } from '../../mocks/mail/server';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, test } from './fixtures';
import { DEEP, READERS } from './variants';
import { confirmAddress, onlyZms, toSearch } from './visits';
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
      const t = wordsOf('nl');
      await ask(page, 'nl', 'reader@example.org', ['00:00', '23:00']);
      await confirmAddress(page, 'nl', mail);
      await page.getByRole('button', { name: t('appointment:watch.stop') }).click();
      // Confirmed once, the address is not asked again.
      await ask(page, 'nl', 'reader@example.org');
      await expect(page.getByText(t('appointment:watch.byMail'))).toBeVisible();
      await expect(page.getByText(t('appointment:confirm.title'))).toHaveCount(0);
      await expect.poll(() => mail.received.length, PATIENCE).toBe(3);
      const [code, ...news] = mail.received;
      expect(code?.text).toContain(`${stack.origin}/nl/e-mail`);
      for (const { text } of news) expect(text).toContain(t('appointment:mail.signIn'));
      for (const { to, raw, text } of mail.received) {
        expect(to).toEqual(['reader@example.org']);
        expect(text).toContain(`${stack.origin}/nl/`);
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

  if (DEEP)
    test('without holds the offer says so and can still be taken', async ({ page, agency, mail }) => {
      await empty(agency.url, true);
      await ask(page, 'en', 'reader@example.org');
      await confirmAddress(page, 'en', mail);
      await empty(agency.url, false);
      await expect.poll(() => mail.received.length, PATIENCE).toBe(2);
      await page.reload();
      const offer = page.getByRole('status').filter({ hasText: en('appointment:search.offered') });
      await expect(offer).toContainText(en('appointment:search.offeredFree'));
      await offer.getByRole('button').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('appointment:hold.title'));
    });
});

test.describe('without JavaScript, with a mail server', () => {
  test.use({
    javaScriptEnabled: false,
    settings: async ({ mail }, use) => use({ ...SOON, ...mailSettings(mail) }),
  });
  const t = wordsOf('ar');
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  test('an address gets only a code until the code comes back', async ({ page, mail, stack }) => {
    await ask(page, 'ar', 'victim@example.org');
    await expect(page.getByText('victim@example.org')).toBeVisible();
    await expect(page.getByText(t('appointment:watch.byPortal'))).toBeVisible();
    await expect.poll(() => codeIn(mail), PATIENCE).not.toBe('');
    // Setting it again and an offer send nothing more.
    await ask(page, 'ar', 'victim@example.org');
    await expect
      .poll(async () => (await stack.query('select state from watch')).map(({ state }) => state), PATIENCE)
      .toEqual(['offered']);
    expect(await stack.query('select kind from outbox')).toEqual([]);
    expect(mail.received).toHaveLength(1);
    const right = codeIn(mail);
    await page.getByLabel(t('appointment:confirm.code')).fill(right === '111111' ? '222222' : '111111');
    await page.getByRole('button', { name: t('appointment:confirm.button') }).click();
    await expect(heading(page)).toHaveText(t('appointment:confirm.title'));
    await expect(page.getByText(t('appointment:confirm.wrong'))).toBeVisible();
    await page.getByRole('button', { name: t('appointment:confirm.again') }).click();
    await expect(page.getByText(t('appointment:confirm.sentAgain'))).toBeVisible();
    await expect.poll(() => mail.received.length, PATIENCE).toBe(2);
    await page.getByLabel(t('appointment:confirm.code')).fill(easternDigits(codeIn(mail)));
    await page.getByRole('button', { name: t('appointment:confirm.button') }).click();
    await expect(heading(page)).toHaveText(t('appointment:watch.title'));
    await expect(page.getByText(t('appointment:watch.byMail'))).toBeVisible();
    await page.goto('/ar/e-mail');
    await expect(page.getByText(t('appointment:confirm.none'))).toBeVisible();
  });

  if (DEEP)
    test('another address must be confirmed too', async ({ page, mail }) => {
      await ask(page, 'ar', 'one@example.org', ['00:00', '23:00']);
      await confirmAddress(page, 'ar', mail);
      await ask(page, 'ar', 'other@example.org', ['00:00', '23:00']);
      await expect(page.getByText('other@example.org')).toBeVisible();
      await expect(page.getByText(t('appointment:watch.byPortal'))).toBeVisible();
      await expect.poll(() => mail.received.at(-1)?.to, PATIENCE).toEqual(['other@example.org']);
    });
});

const easternDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));

/** Watches for any earlier time, day and night unless quiet hours are given. Replaces an older watch. */
async function ask(page: Page, language: Language, email: string, [from, until] = ['00:00', '00:00']): Promise<void> {
  const t = wordsOf(language);
  await toSearch(page, language);
  await page.getByRole('link', { name: t('appointment:search.watch') }).click();
  const change = page.getByText(t('appointment:watch.change'));
  if ((await change.count()) > 0) await change.click();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill(email);
  await page.getByLabel(t('appointment:watch.quietFrom'), { exact: true }).selectOption(from ?? '');
  await page.getByLabel(t('appointment:watch.quietUntil'), { exact: true }).selectOption(until ?? '');
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
