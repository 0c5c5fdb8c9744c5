import { test as base, devices, expect, type Page } from '@playwright/test';
import type { Language } from '../../app/model/language';
import type { Agency } from '../../mocks/agency';
import { NOW } from './cluster';
import { type MailServer, startMailServer } from './mail-server';
import { type Settings, type Stack, stackOfWorker, startStack } from './stack';

export type { Language };
export { expect, NOW };

const { defaultBrowserType: _, ...desktop } = devices['Desktop Chrome'];

/** For `test.use`: every test runs on a phone, and few on a desktop too. */
export const SIZES = { 'on a phone': {}, 'on a desktop': { ...desktop, viewport: { width: 1280, height: 800 } } };

interface TestFixtures {
  /** What the portal of a test is started with, beside what every test has: `test.use({ settings: … })`. */
  readonly settings: Settings;
  /** The simulated agency behind this test's portal: `setFault`, `moveClock`, `world`. Reset before every test. */
  readonly agency: Agency;
  /** A mail server with nothing received; the portal knows it only by `mailSettings`. */
  readonly mail: MailServer;
  /** What the browser would not load or run, by the page's content security policy. Must stay empty: checked after every test. */
  readonly violations: string[];
  /** Whoever came with a browser of his own goes with it when the test is over. */
  readonly leaving: boolean;
}

interface WorkerFixtures {
  readonly stack: Stack;
  readonly mailServer: MailServer;
}

/** Tests against a portal of the worker's own; `page.goto('/nl')` goes there. */
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
      // Pages that ask how things stand would go on asking for as long as the tests run.
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

/** Signs somebody in as a person does: the portal's button, then the provider's page. Works without JavaScript. */
export async function signInByForms(page: Page, person: string, language: Language = 'nl', to?: string): Promise<void> {
  await page.goto(`/${language}/sign-in${to === undefined ? '' : `?${new URLSearchParams({ to })}`}`);
  const { origin } = new URL(page.url());
  await page.locator('main form button[type=submit]').click();
  // Advisors' many clients stand in a closed list.
  const button = page.locator(`button[name=person][value="${person}"]`);
  const list = page.locator('details', { has: button });
  if ((await list.count()) > 0) await list.locator('summary').click();
  await button.click();
  await page.waitForURL((url) => url.origin === origin && !url.pathname.startsWith('/auth/'));
}
