import type { Browser, Locator, Page } from '@playwright/test';
import type { Agency } from '../../mocks/agency';
import { expect, type Language, signIn } from '../e2e/fixtures';
import { askCode, giveMandate, nameReference, referenceOf, somebody, typeCode } from '../e2e/looking';
import type { Stack } from '../e2e/stack';
import { wordsOf } from '../e2e/words';

/** What a function needs to bring a page into its states. */
export interface Scene {
  readonly browser: Browser;
  readonly stack: Stack;
  readonly agency: Agency;
  /** A page on a phone, with nobody signed in. */
  readonly page: Page;
  /** Opens an address in Dutch and in Arabic (`path` begins after the language) and checks the page. */
  readonly at: (page: Page, path: string) => Promise<void>;
  /** Checks the page as it is now, for example after a form was sent. */
  readonly here: (page: Page) => Promise<void>;
}

/** Brings a page into each of its states, by the file of its route. */
export type States = Readonly<Record<string, (scene: Scene) => Promise<void>>>;

const [nl, ar] = [wordsOf('nl'), wordsOf('ar')];

/** The path of the open page, after its language. */
export const pathOf = (page: Page) => page.url().replace(/^https?:\/\/[^/]+\/\w\w(?=\/|$)/, '');

/** Signs a person in and returns the path of their first case, after its language. */
export async function caseOf(page: Page, person: string, language: Language = 'ar'): Promise<string> {
  await signIn(page, person, language);
  const href = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
  return href.replace(/^\/\w\w/, '');
}

export const complains = (page: Page) =>
  expect(page.locator('main .notice--bad, main [aria-invalid=true]').first()).toBeVisible();

/** Expects the error summary to link to the field at fault. */
export async function leadsTo(page: Page, words: string, field: Locator): Promise<void> {
  await page.getByRole('alert').getByRole('link').filter({ hasText: words }).click();
  await expect(field).toBeFocused();
}

export const send = (page: Page) => page.locator('main form button[type=submit], main form .button').first().click();

/** Turns off the browser's own check, so that the server must refuse the input. */
export const unchecked = (page: Page) =>
  page.evaluate(() => {
    for (const form of document.forms) form.noValidate = true;
  });

export type Room = Pick<Scene, 'agency' | 'browser' | 'stack'>;

/** Opens a view-as session on the caller's page and returns the employee's page. */
export async function viewing({ agency, browser, stack }: Room, caller: Page): Promise<Page> {
  const { digits } = await askCode(caller, 'ar');
  const agent = await somebody(browser, stack, 'desk-1', 'nl', true);
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  // The caller's page reloads when the look begins, which would interrupt another navigation.
  await expect(caller.getByRole('button', { name: ar('helpdesk:caller.stop') })).toBeVisible();
  return agent;
}

/** Plans a draw of all times of two months, which opens today at this time. */
export async function planDraw(page: Page, time: string): Promise<void> {
  await page.getByLabel(nl('appointment:release.from')).fill('2026-03-03');
  await page.getByLabel(nl('appointment:release.until')).fill('2026-05-01');
  await page.getByLabel(nl('appointment:release.day')).fill('2026-03-02');
  await page.getByLabel(nl('appointment:release.time')).fill(time);
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
}

/** Runs `look` while a backend fails and the portal has nothing of it in its caches. */
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

/** Signs in a client on the given page and returns the page of an advisor with their mandate. */
export async function advisorOf({ agency, browser, stack }: Room, client: Page, person: string): Promise<Page> {
  await signIn(client, person, 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en', true);
  await giveMandate(client, advisor, referenceOf(agency, person), true);
  return advisor;
}
