import type { Browser, Locator, Page } from '@playwright/test';
import type { Agency } from '../../mocks/agency';
import { expect, type Language, signIn } from '../e2e/fixtures';
import { askCode, giveMandate, nameReference, referenceOf, somebody, typeCode } from '../e2e/looking';
import type { Stack } from '../e2e/stack';
import { wordsOf } from '../e2e/words';

/** What leads a page into its states. */
export interface Scene {
  readonly browser: Browser;
  readonly stack: Stack;
  readonly agency: Agency;
  /** The browser of whoever the page is for, on a phone; nobody is signed in. */
  readonly page: Page;
  /** Goes to an address in Dutch and in Arabic (`path` begins after the language) and looks at the page there. */
  readonly at: (page: Page, path: string) => Promise<void>;
  /** Looks at the page that is there now, as after a form was sent. */
  readonly here: (page: Page) => Promise<void>;
}

/** Every state of some pages, by the file of their route. */
export type States = Readonly<Record<string, (scene: Scene) => Promise<void>>>;

const nl = wordsOf('nl');

/** The address of what is shown, after its language. */
export const pathOf = (page: Page) => page.url().replace(/^https?:\/\/[^/]+\/\w\w(?=\/|$)/, '');

/** The address of somebody's first case, who is signed in then. */
export async function caseOf(page: Page, person: string, language: Language = 'ar'): Promise<string> {
  await signIn(page, person, language);
  const href = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
  return href.replace(/^\/\w\w/, '');
}

export const complains = (page: Page) =>
  expect(page.locator('main .notice--bad, main [aria-invalid=true]').first()).toBeVisible();

/** A form came back, and a line of its summary leads to the field that is at fault. */
export async function leadsTo(page: Page, words: string, field: Locator): Promise<void> {
  await page.getByRole('alert').getByRole('link').filter({ hasText: words }).click();
  await expect(field).toBeFocused();
}

export const send = (page: Page) => page.locator('main form button[type=submit], main form .button').first().click();

/** So that what the browser itself would refuse comes to the server, as from one that does not know the rule. */
export const unchecked = (page: Page) =>
  page.evaluate(() => {
    for (const form of document.forms) form.noValidate = true;
  });

export type Room = Pick<Scene, 'agency' | 'browser' | 'stack'>;

/** An employee who looks along with the caller, whose page it is. */
export async function viewing({ agency, browser, stack }: Room, caller: Page): Promise<Page> {
  const { digits } = await askCode(caller, 'ar');
  const agent = await somebody(browser, stack, 'desk-1', 'nl', true);
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  return agent;
}

/** A draw of all times of two months, whose window opens today at that time. */
export async function planDraw(page: Page, time: string): Promise<void> {
  await page.getByLabel(nl('appointment:release.from')).fill('2026-03-03');
  await page.getByLabel(nl('appointment:release.until')).fill('2026-05-01');
  await page.getByLabel(nl('appointment:release.day')).fill('2026-03-02');
  await page.getByLabel(nl('appointment:release.time')).fill(time);
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
}

/** With a portal that remembers nothing of a backend that fails now; afterwards all is well. */
export async function withFault(
  agency: Agency,
  stack: Stack,
  api: Parameters<Agency['setFault']>[0],
  fault: Parameters<Agency['setFault']>[1],
  look: () => Promise<void>,
): Promise<void> {
  agency.setFault(api, fault);
  await stack.clearCaches();
  await look();
  agency.setFault(api, 'none');
  await stack.clearCaches();
}

export async function withPortal(stack: Stack, settings: Readonly<Record<string, string>>, look: () => Promise<void>) {
  await stack.restartPortal(settings);
  await look().finally(() => stack.restartPortal());
}

/** An advisor with one client, who has signed in on the page that is given. */
export async function advisorOf({ agency, browser, stack }: Room, client: Page, person: string): Promise<Page> {
  await signIn(client, person, 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en', true);
  await giveMandate(client, advisor, referenceOf(agency, person), true);
  return advisor;
}
