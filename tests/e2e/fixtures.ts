import { test as base, devices, expect, type Page } from '@playwright/test';
import type { Language } from '../../app/model/language';
import type { Agency } from '../../mocks/agency';
import { type MailServer, startMailServer } from '../../mocks/mail/server';
import { NOW } from './cluster';
import { type Settings, type Stack, stackOfWorker, startStack } from './stack';

export type { Language };
export { expect, NOW };

const { defaultBrowserType: _, ...desktop } = devices['Desktop Chrome'];

/** For `test.use`: every test runs on a phone, and a few on a desktop too. */
export const SIZES = { phone: {}, desktop: { ...desktop, viewport: { width: 1280, height: 800 } } };

interface TestFixtures {
  /** Settings of this test's portal beside those of every test: `test.use({ settings: … })`. */
  readonly settings: Settings;
  /** The simulated agency behind this test's portal: `setFault`, `moveClock`, `world`. Reset before every test. */
  readonly agency: Agency;
  /** A mail server that has received nothing. The portal uses it only with `mailSettings`. */
  readonly mail: MailServer;
  /** What the page's content security policy blocked. Must be empty after every test. */
  readonly violations: string[];
  /** Closes the browser contexts that a test opened itself. */
  readonly leaving: boolean;
}

interface WorkerFixtures {
  readonly stack: Stack;
  readonly mailServer: MailServer;
}

/** Each worker has a portal of its own, which `page.goto('/nl')` opens. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  mailServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startMailServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  mail: async ({ mailServer }, use) => {
    mailServer.forget();
    await use(mailServer);
  },
  settings: [{}, { option: true }],
  baseURL: async ({ stack }, use) => use(stack.origin),
  agency: [
    async ({ stack, settings }, use) => {
      await stack.reset(settings);
      await use(stack.agency);
    },
    { auto: true },
  ],
  leaving: [
    async ({ browser, context }, use) => {
      await use(true);
      // Their pages would keep polling for as long as the tests run.
      await Promise.all(browser.contexts().map((other) => (other === context ? null : other.close())));
    },
    { auto: true },
  ],
  violations: [
    async ({ context }, use) => {
      const violations: string[] = [];
      context.on('console', (message) => {
        if (/content security policy|trusted ?types/i.test(message.text())) violations.push(message.text());
      });
      await use(violations);
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * Gives a browser the session of a person, and opens the page that a sign-in leads to.
 *
 * @param person the sign-in id of one of the agency's people, such as `amal`
 * @param to the path to go to; the person's first page when left out
 */
export async function signIn(page: Page, person: string, language: Language = 'nl', to?: string): Promise<void> {
  const stack = stackOfWorker();
  const { name, value } = await stack.sessionOf(person);
  const cookie = { name, value, domain: new URL(stack.origin).hostname, path: '/' };
  await page.context().addCookies([{ ...cookie, httpOnly: true, secure: true, sameSite: 'Lax' }]);
  await page.goto(to ?? `/${language}/cases`);
}

/** Signs a person in by the portal's button and the provider's page. Works without JavaScript. */
export async function signInByForms(page: Page, person: string, language: Language = 'nl', to?: string): Promise<void> {
  await page.goto(`/${language}/sign-in${to === undefined ? '' : `?${new URLSearchParams({ to })}`}`);
  const { origin } = new URL(page.url());
  await page.locator('main form button[type=submit]').click();
  // The provider's page folds the many clients of advisors.
  const button = page.locator(`button[name=person][value="${person}"]`);
  const list = page.locator('details', { has: button });
  if ((await list.count()) > 0) await list.locator('summary').click();
  await button.click();
  await page.waitForURL((url) => url.origin === origin && !url.pathname.startsWith('/auth/'));
}
