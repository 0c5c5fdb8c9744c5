import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { LANGUAGES } from '../../app/model/language';
import { expect, type Language, signIn, test } from '../e2e/fixtures';
import { wordsOf } from '../e2e/words';

/** Every page, in each direction of reading: axe finds nothing, one h1, a title, and no sideways scrolling at 320 px. */
for (const language of ['nl', 'en', 'ar'] as const satisfies Language[]) {
  const t = wordsOf(language);

  test(`${language}: pages without sign-in`, async ({ page }) => {
    for (const path of [
      '',
      '/sign-in',
      '/sign-in?reason=expired',
      '/signed-out',
      '/contact',
      '/accessibility',
      '/nowhere',
    ]) {
      await page.goto(`/${language}${path}`);
      await isGood(page);
    }
  });

  test(`${language}: from the cases to the cancelled visit`, async ({ page }) => {
    await signIn(page, 'amal', language);
    await isGood(page);
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await isGood(page);
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await isGood(page);
    await page.getByRole('button', { name: t('appointment:search.take') }).click();
    await isGood(page);
    await page.getByLabel(t('appointment:hold.vNumber')).fill('1');
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await isGood(page);
    await page.getByLabel(t('appointment:hold.vNumber')).fill('2811000137');
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
    await isGood(page);
    await page.getByRole('link', { name: t('appointment:booking.cancel') }).click();
    await isGood(page);
    await page.getByRole('button', { name: t('appointment:booking.cancelYes') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:booking.cancelled'));
    await isGood(page);
  });

  for (const person of [
    'yonas',
    'olena',
    'farid',
    'imani',
    'pedro',
    'sofia',
    'tomasz',
    'bao',
    'longname',
    'nocases',
    'fatou',
    'jun',
    'viktor',
  ]) {
    test(`${language}: the case of ${person}`, async ({ page }) => {
      await signIn(page, person, language);
      await isGood(page);
      const first = page.locator('main .cards a').first();
      if ((await first.count()) === 0) return;
      await first.click();
      await isGood(page);
    });
  }
}

/** The other languages: their letters, directions and long words, on the pages that everybody sees. */
for (const language of LANGUAGES.filter((one) => !['nl', 'en', 'ar'].includes(one))) {
  test(`${language}: the first pages, a case and its free times`, async ({ page }) => {
    const t = wordsOf(language);
    for (const path of ['', '/sign-in', '/contact', '/accessibility', '/wait']) {
      await page.goto(`/${language}${path}`);
      await isGood(page);
    }
    await signIn(page, 'amal', language);
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await isGood(page);
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await isGood(page);
  });
}

/** The standard's own rules; not those of style, nor what React writes in its own way (`charSet`, ids such as `:R1:`). */
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'attr-case': 'off', 'valid-id': ['error', { relaxed: true }], 'form-dup-name': 'off' },
});

async function isValid(page: Page): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  const { results } = await validator.validateString(html);
  const faults = results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
  expect(faults).toEqual([]);
}

async function isGood(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await expect(page).toHaveTitle(/\S · Zicht$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await isValid(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}
