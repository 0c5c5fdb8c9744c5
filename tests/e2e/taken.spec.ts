import type { Browser, Locator, Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');

test('taking a slot that is gone shows the nearest others', async ({ page, agency }) => {
  await toSearch(page, 'amal');
  const wanted = page.getByRole('button', { name: t('appointment:search.take') });
  const [desk = '', key = ''] = ((await wanted.getAttribute('value')) ?? '').split(/\.(.*)/s);
  await take(agency.url, desk, key);
  await wanted.click();
  await expect(page.getByText(t('appointment:search.taken'))).toBeVisible();
  const nearest = page
    .getByRole('status')
    .filter({ hasText: t('appointment:search.taken') })
    .getByRole('button');
  await expect(nearest).toHaveCount(3);
  await nearest.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.title'));
});

test('of two people who take one slot, one gets it', async ({ browser, stack }) => {
  const pages = await Promise.all(
    ['amal', 'family-biometrics'].map((person) => searching(browser, stack.origin, person)),
  );
  const wanted = pages.map((page) => page.getByRole('button', { name: t('appointment:search.take') }));
  const [mine, theirs] = await Promise.all(wanted.map((button) => button.getAttribute('value')));
  expect(mine).toBe(theirs);
  await Promise.all(wanted.map((button) => button.click()));
  const has = pages.map((page) => page.getByRole('heading', { name: t('appointment:hold.title') }));
  const offered = pages.map((page) => page.getByText(t('appointment:search.taken')));
  for (const page of pages) {
    const either = page.getByRole('heading', { name: t('appointment:hold.title') });
    await expect(either.or(page.getByText(t('appointment:search.taken')))).toBeVisible();
  }
  expect(await countVisible(has)).toBe(1);
  expect(await countVisible(offered)).toBe(1);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('no free times and no answer look different', async ({ page, agency, stack }) => {
  await fetch(`${agency.url}/control/planner/empty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'BIO' }),
  });
  await toSearch(page, 'amal');
  await expect(page.getByText(t('appointment:search.none'))).toBeVisible();
  agency.setFault('planner', 'down');
  await stack.clearCaches();
  await page.reload();
  await expect(page.getByText(t('appointment:search.couldNotAsk'))).toBeVisible();
  await expect(page.getByText(t('appointment:search.none'))).toHaveCount(0);
});

test('a desk that does not answer is named, and hides no other', async ({ page, agency }) => {
  agency.setFault('planner', 'partial');
  await toSearch(page, 'amal');
  await expect(page.getByText(t('appointment:search.deskMissing', { desks: 'Den Haag' }))).toBeVisible();
  await expect(page.getByRole('button', { name: t('appointment:search.take') })).toBeVisible();
});

async function toSearch(page: Page, person: string): Promise<void> {
  await signIn(page, person, 'en');
  await page.locator('main .cards a').first().click();
  await page.getByRole('link', { name: t('case:visit.book') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:search.title'));
}

/** Signs a person in with a browser context of their own and opens the free times. */
async function searching(browser: Browser, origin: string, person: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: origin })).newPage();
  await toSearch(page, person);
  return page;
}

async function countVisible(locators: readonly Locator[]): Promise<number> {
  const visible = await Promise.all(locators.map((locator) => locator.isVisible()));
  return visible.filter(Boolean).length;
}

async function take(agency: string, desk: string, key: string): Promise<void> {
  const answer = await fetch(`${agency}/control/planner/take`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ desk, key }),
  });
  expect(answer.ok).toBe(true);
}
