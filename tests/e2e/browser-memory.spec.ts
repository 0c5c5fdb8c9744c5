import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { expect, signInByForms, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');
const NAME = 'Amal Haddad';
/** The beginning of every ID token. */
const TOKEN = /eyJ[\w-]{10,}\./;

interface OwnBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly profile: string;
}

/** A browser with a profile on disk and a back-forward cache, which Playwright turns off otherwise. */
async function withBrowser(baseURL: string, settings: object, use: (own: OwnBrowser) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'zicht-profile-'));
  const { executablePath } = test.info().project.use.launchOptions ?? {};
  const context = await chromium.launchPersistentContext(profile, {
    baseURL,
    ...(executablePath ? { executablePath } : {}),
    ignoreDefaultArgs: ['--disable-back-forward-cache', '--disable-features=BackForwardCache'],
    ...settings,
  });
  try {
    await use({ context, page: context.pages()[0] ?? (await context.newPage()), profile });
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

test('after sign-out the browser remembers no number, name or token', async ({ stack, agency }) => {
  const person = agency.world.people.find(({ slug }) => slug === 'amal');
  const bsn = person && 'bsn' in person ? `${person.bsn}` : '';
  expect(bsn).toMatch(/^\d{9}$/);
  await withBrowser(stack.origin, {}, async ({ context, page, profile }) => {
    await signInByForms(page, 'amal', 'en');
    await page.locator('main .cards a').first().click();
    await page.getByRole('heading', { name: t('case:facts.title') }).click();
    await expect(page.getByText(NAME).first()).toBeVisible();
    await page
      .getByRole('button', { name: t('common:signOut') })
      .first()
      .click();
    await expect(page).toHaveURL(/signed-out/);
    const session = await context.newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    expect(entries.length).toBeGreaterThan(4);
    const visited = entries.map(({ url, userTypedURL, title }) => `${url} ${userTypedURL} ${title}`).join('\n');
    expect(visited).not.toContain(bsn);
    expect(visited).not.toContain(NAME);
    expect(visited).not.toMatch(TOKEN);
    await context.close();
    // Chromium has the History file among them, where it is not the headless shell.
    for (const file of await readdir(profile, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const content = await readFile(join(file.parentPath, file.name), 'latin1');
      const holds = [bsn, NAME, encodeURIComponent(NAME)].filter((canary) => content.includes(canary));
      expect([file.name, holds]).toEqual([file.name, []]);
    }
  });
});

test('without JavaScript "back" shows nothing once the server ended the session', async ({ stack }) => {
  await withBrowser(stack.origin, { javaScriptEnabled: false }, async ({ page }) => {
    await signInByForms(page, 'amal', 'en');
    await page.locator('main .cards a').first().click();
    await page.getByRole('heading', { name: t('case:facts.title') }).click();
    await expect(page.getByText(NAME).first()).toBeVisible();
    await page.goto('/en/sessions');
    await stack.forgetSessions();
    await page.goBack();
    await expect(page).toHaveURL(/\/en\/sign-in/);
    await expect(page.getByText(NAME)).toHaveCount(0);
  });
});
