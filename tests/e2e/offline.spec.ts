import { readFileSync } from 'node:fs';
import { axeFaults } from '../a11y/axe';
import { expect, signIn, test } from './fixtures';
import { wordsOf } from './words';

test.use({ serviceWorkers: 'allow' });

const offlineTitle = (language: string): string =>
  JSON.parse(readFileSync(new URL(`../../locales/${language}/failure.json`, import.meta.url), 'utf8')).offline.title;

test('the offline page speaks the person’s language, and nothing personal is cached', async ({ page, stack }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await signIn(page, 'amal', 'ar');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.locator('main .cards a').first().click();
  await expect(heading).toHaveText(wordsOf('ar')('case:stage.biometrics.name'));
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  expect(await (await page.request.get('/service-worker.js')).text()).not.toMatch(/Amal|Haddad/);

  await stack.stopPortal();
  await page.reload();
  await expect(heading).toHaveText(offlineTitle('ar'));
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('a[href^="tel:"]')).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.goto('/ru/contact');
  await expect(heading).toHaveText(offlineTitle('ru'));

  await stack.restartPortal();
  await page.getByRole('link', { name: wordsOf('ru')('trouble:section.again') }).click();
  await expect(heading).toHaveText(wordsOf('ru')('common:contact'));
  await page.getByRole('button', { name: wordsOf('ru')('common:signOut') }).click();
  await expect(page).toHaveURL(/signed-out/);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

test('the web app manifest has the person’s language, direction and icons', async ({ page }) => {
  await page.goto('/fa/contact');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await page.request.get(address ?? '');
  expect(answer.headers()['content-type']).toBe('application/manifest+json');
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ lang: 'fa', dir: 'rtl', start_url: '/fa/cases', short_name: 'Zicht' });
  expect(manifest.description).toBe(wordsOf('fa')('home:lead'));
  expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(src);
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, type]);
  }
});
