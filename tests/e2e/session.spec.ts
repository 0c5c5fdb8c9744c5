import type { Page } from '@playwright/test';
import { expect, signIn, signInByForms, test } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

const t = wordsOf('en');

test('a visitor is sent to sign in and back to their page', async ({ page }) => {
  await page.goto('/en/cases');
  await expect(page).toHaveURL(/\/en\/sign-in\?to=/);
  await signInByForms(page, 'amal', 'en', '/en/cases');
  await expect(page).toHaveURL(/\/en\/cases$/);
});

test('each sign-in gets a new session id in a script-proof cookie', async ({ page, context }) => {
  const sessionCookie = async () => (await context.cookies()).find(({ name }) => name === '__Host-zicht');
  await signInByForms(page, 'amal', 'en');
  const first = await sessionCookie();
  expect(first).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  await page.getByRole('button', { name: t('common:signOut') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('identity:signedOut.title'));
  expect(await sessionCookie()).toBeUndefined();
  await signInByForms(page, 'amal', 'en');
  expect((await sessionCookie())?.value).not.toBe(first?.value);
});

test('after signing out neither the old cookie nor “back” shows anything', async ({ page, context }) => {
  await signIn(page, 'amal', 'en');
  await page.getByRole('link', { name: t('case:procedure.family') }).click();
  const address = page.url();
  const old = (await context.cookies()).filter(({ name }) => name === '__Host-zicht');
  await page.getByRole('button', { name: t('common:signOut') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('identity:signedOut.title'));
  await context.addCookies(old);
  await page.goto(address);
  await expect(page).toHaveURL(/sign-in/);
  await page.goBack();
  await page.goBack();
  await expect(page.getByText('Haddad')).toHaveCount(0);
});

test('an expired session says so and leads back after signing in', async ({ page, stack }) => {
  await signIn(page, 'amal', 'en');
  await page.getByRole('link', { name: t('case:procedure.family') }).click();
  const address = page.url();
  await stack.forgetSessions();
  await page.reload();
  await expect(page.getByText(t('identity:signIn.expired'))).toBeVisible();
  await page.locator('main form button').click();
  await page.locator('button[name=person][value=amal]').click();
  await expect(page).toHaveURL(address);
});

test.describe('a session that is about to end', () => {
  /** Takes this much idle time from the session, and moves the browser's clock along. */
  const passes = async (page: Page, stack: Stack, seconds: number) => {
    const by = `interval '${seconds} seconds'`;
    await stack.query(
      `update session set last_seen_at = last_seen_at - ${by}, idle_expires_at = idle_expires_at - ${by}`,
    );
    await page.clock.fastForward(seconds * 1000);
  };
  const warning = (page: Page) => page.getByRole('alert').filter({ hasText: t('common:session.soon') });

  test('warns, continues on request and keeps what was filled in', async ({ page, stack }) => {
    await page.clock.install();
    await signIn(page, 'amal', 'en');
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await page.goto(`${page.url()}/watch`);
    await page.getByLabel(t('appointment:watch.before')).fill('2026-03-20');
    await expect(warning(page)).toHaveCount(0);
    await passes(page, stack, 13.5 * 60);
    await expect(warning(page)).toBeVisible();
    await warning(page)
      .getByRole('button', { name: t('common:session.stay') })
      .click();
    await expect(warning(page)).toHaveCount(0);
    await expect(page.getByLabel(t('appointment:watch.before'))).toHaveValue('2026-03-20');
    // The focus returns to where it was.
    await expect(page.getByLabel(t('appointment:watch.before'))).toBeFocused();
  });

  test('replaces the page by itself when it has ended', async ({ page, stack }) => {
    await page.clock.install();
    await signIn(page, 'amal', 'en');
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await passes(page, stack, 16 * 60);
    await expect(page.getByText(t('identity:signIn.expired'))).toBeVisible();
  });

  test('is kept alive by other windows, but not by polling', async ({ page, stack }) => {
    await signIn(page, 'amal', 'en');
    const left = async () => (await (await page.request.get('/en/still-here/now')).json()).seconds;
    await stack.query(`update session set last_seen_at = last_seen_at - interval '10 minutes',
      idle_expires_at = idle_expires_at - interval '10 minutes'`);
    expect(await left()).toBeLessThan(301);
    expect(await left()).toBeLessThan(301);
    await page.reload();
    expect(await left()).toBeGreaterThan(800);
  });

  test('warns without JavaScript too', async ({ browser, stack }) => {
    const context = await browser.newContext({ baseURL: stack.origin, javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page, 'amal', 'en');
    await stack.query(`update session set idle_expires_at = idle_expires_at - interval '13.5 minutes'`);
    await page.reload();
    await expect(warning(page)).toBeVisible();
    const opened = context.waitForEvent('page');
    await warning(page)
      .getByRole('button', { name: t('common:session.stay') })
      .click();
    await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(t('common:session.still'));
    await context.close();
  });
});

test('foreign, missing and malformed cases get byte-equal responses', async ({ page, browser, stack }) => {
  await signIn(page, 'amal', 'en');
  const theirs = await (await browser.newContext({ baseURL: stack.origin })).newPage();
  await signIn(theirs, 'farid', 'en');
  const foreign = await theirs.locator('main .cards a').first().getAttribute('href');
  const missing = `/en/cases/${'A'.repeat(22)}`;
  const bodies = [];
  for (const path of [foreign ?? '', missing, '/en/cases/1', '/en/cases/%27%20or%201=1']) {
    const answer = await page.request.get(path);
    expect(answer.status()).toBe(404);
    bodies.push(strip(await answer.text(), path));
  }
  expect(new Set(bodies).size).toBe(1);
  await theirs.context().close();
});

test('a post from another site and a link cannot sign out', async ({ page, stack }) => {
  await signIn(page, 'amal', 'en');
  const answer = await page.request.post('/en/sign-out', { headers: { origin: 'https://evil.example' } });
  expect(answer.status()).toBe(403);
  await page.goto(`${stack.origin}/en/sign-out`);
  await page.goto('/en/cases');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:list.title'));
});

test('no address holds a reference, a number or a name', async ({ page }) => {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await signIn(page, 'amal', 'en');
  await page.getByRole('link', { name: t('case:procedure.family') }).click();
  const reference = (await page.locator('bdi[translate=no]').first().textContent()) ?? '';
  expect(reference).not.toBe('');
  expect(await page.title()).not.toContain(reference);
  expect(addresses.join('\n')).not.toMatch(new RegExp(`${reference}|Haddad|Amal|2811000137`, 'i'));
});

/** Removes what may differ between two equal pages: the nonce, and the address in the language switcher. */
const strip = (html: string, path: string) =>
  html
    .replaceAll(/nonce="[^"]*"/g, '')
    .replaceAll(/href="\/[a-z]{2}\/cases\/[^"]*"/g, '')
    .replaceAll(path, '');
