import { test as base, expect, type Page } from '@playwright/test';
import type { Language } from '../../app/model/language';
import type { Agency } from '../../mocks/agency';
import { NOW, type Stack, startStack } from './stack';

export type { Language };
export { expect, NOW };

interface TestFixtures {
  /** The simulated agency behind this test's portal: `setFault`, `moveClock`, `world`. Reset before every test. */
  readonly agency: Agency;
  /** What the browser would not load or run, by the page's content security policy. Must stay empty: checked after every test. */
  readonly violations: string[];
  /** Whoever came with a browser of his own goes with it when the test is over. */
  readonly leaving: boolean;
}

/** Tests against a portal of the worker's own; `page.goto('/nl')` goes there. */
export const test = base.extend<TestFixtures, { readonly stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.origin),
  agency: [
    async ({ stack }, use) => {
      await stack.reset();
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
 * Signs somebody in as a person does: the portal's button, then the provider's page. Works without JavaScript.
 *
 * @param person the sign-in id of one of the agency's people, such as `amal`
 * @param to the path to be led to; the person's cases when left out
 */
export async function signIn(page: Page, person: string, language: Language = 'nl', to?: string): Promise<void> {
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
