import type { Page } from '@playwright/test';
import { plannerList } from '../../mocks/demo-environment';
import { expect, test } from './fixtures';
import { mailSettings } from './mail-server';
import { book, onlyZms, toHold, toMove, toSearch } from './visits';
import { wordsOf } from './words';

const t = wordsOf('en');

/** Old tabs, bookmarks and hands that slip: each gets an answer in words, and nothing is lost. */
test.describe('an address that no page offers', () => {
  test('no day to look from, one that is over or one too far off: the first free times', async ({ page }) => {
    await toSearch(page);
    for (const query of ['from=2026-99-99', 'from=2026-02-30', 'from=2020-01-01', 'from=9999-12-31', 'month=2026-13']) {
      expect((await ask(page, query))?.status()).toBe(200);
      await expect(page.getByRole('heading', { name: t('appointment:search.first') })).toBeVisible();
    }
  });

  test('a month that is over or years away: the nearest one', async ({ page }) => {
    await toSearch(page);
    for (const [asked, shown] of [
      ['2001-01', 'March 2026'],
      ['2099-01', 'March 2027'],
    ] as const) {
      expect((await ask(page, `month=${asked}`))?.status()).toBe(200);
      await expect(page.getByRole('table')).toContainText(t('appointment:search.month', { month: shown }));
    }
  });

  test('more people than one appointment takes: how many may come, and what to do', async ({ page }) => {
    await toSearch(page);
    await expect(page.getByText(t('appointment:search.most', { most: '6' }))).toHaveCount(0);
    for (const persons of ['0', '-1', 'two', '6']) {
      await ask(page, `persons=${persons}`);
      await expect(page.getByRole('button', { name: t('appointment:search.take') })).toBeVisible();
      await expect(page.getByText(t('appointment:search.most', { most: '6' }))).toHaveCount(0);
    }
    await ask(page, 'persons=9');
    await expect(page.getByText(t('appointment:search.most', { most: '6' }))).toBeVisible();
  });
});

test('a time at a desk that is no more is answered with others', async ({ page }) => {
  await toSearch(page);
  const answer = await choose(page, 'GONE.1');
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('<ul class="slots">');
});

test('who confirms in a second tab is shown the booking of the first, and told that it is the only one', async ({
  page,
  context,
  agency,
}) => {
  await toHold(page);
  const other = await context.newPage();
  await other.goto('/en/cases');
  await other.locator('main .cards a').first().click();
  await other.getByRole('link', { name: t('case:visit.book') }).click();
  await other.locator('.slots button').last().click();
  for (const tab of [page, other]) {
    await tab.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
    await tab.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(tab.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  }
  await expect(page.getByText(t('appointment:search.already'))).toHaveCount(0);
  await expect(other.getByText(t('appointment:search.already'))).toBeVisible();
  expect(new URL(other.url()).pathname).toBe(new URL(page.url()).pathname);
  const answer = await fetch(`${agency.url}/control/planner/bookings`);
  expect((await answer.json()).bookings).toHaveLength(1);
});

test('who moves to the very time that he has is shown what he has', async ({ page, stack }) => {
  const old = await book(page);
  const [row] = await stack.query(`select desk, slot ->> 'key' as key from hold where state = 'used'`);
  await page.getByRole('link', { name: t('appointment:booking.move'), exact: true }).click();
  await expect(page.getByText(t('appointment:search.movingMore'))).toBeVisible();
  const answer = await choose(page, `${row?.desk}.${row?.key}`);
  expect(answer.status).toBe(200);
  expect(answer.url).toBe(`${old}?already`);
  expect(answer.text).toContain(t('appointment:search.already'));
});

test('a move whose time to confirm is over leads back to the move, and the old one stands', async ({ page, stack }) => {
  const old = await book(page);
  await toMove(page);
  await stack.query(`update hold set expires_at = created_at, backend_until = created_at where state = 'held'`);
  await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.over'));
  await page.getByRole('link', { name: t('appointment:hold.again') }).click();
  await expect(page.getByText(t('appointment:search.movingMore'))).toBeVisible();
  await page.goto(old);
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
});

test('who is a little late still has the slot that the planner keeps for nobody else', async ({ page, stack }) => {
  const late = () => stack.query(`update hold set expires_at = created_at where state = 'held'`);
  await toHold(page);
  await late();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.over'));
  await page.getByRole('button', { name: t('appointment:hold.extend') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.title'));
  await expect(page.getByLabel(t('appointment:hold.givenName'))).toHaveValue('Amal');
  await late();
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
});

test('what is left of a cancelled booking leads to its page', async ({ page }) => {
  const address = await book(page);
  await page.goto(`${address}?cancel`);
  await page.getByRole('button', { name: t('appointment:booking.cancelYes') }).click();
  for (const rest of ['/fewer', '/card']) {
    await page.goto(`${address}${rest}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:booking.cancelled'));
  }
  for (const rest of ['', '/fewer', '/card', '/calendar']) {
    expect((await page.goto(`/en/bookings/nothing${rest}`))?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test.describe('where the planner gives no code', () => {
  test.use({
    settings: async ({ stack }, use) => {
      const planners = plannerList(stack.agency.url).filter(({ kind }) => kind === 'qmatic');
      await use({ PLANNERS: JSON.stringify(planners) });
    },
  });

  test('nobody is told to bring one, or to look for it in a mail', async ({ page }) => {
    const address = await book(page);
    await expect(page.getByText(t('appointment:booking.codeByMail'))).toHaveCount(0);
    await expect(page.getByText(t('appointment:booking.bringItem.passport'))).toBeVisible();
    await expect(page.getByText(t('appointment:booking.bringItem.code'))).toHaveCount(0);
    const file = await (await page.request.get(`${address}/calendar`)).text();
    expect(file).not.toContain(t('appointment:booking.codeUse'));
  });
});

test.describe('where the planner wants an address', () => {
  test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

  test('what the planner turns out to need is asked for at its field, which then is optional no more', async ({
    page,
  }) => {
    await toHold(page);
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: t('appointment:hold.needEmailHere') })
      .click();
    const email = page.getByLabel(t('appointment:hold.email'), { exact: true });
    await expect(email).toBeFocused();
    await email.fill('amal@example.org');
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  });
});

test.describe('with a mail server, without JavaScript', () => {
  test.use({
    javaScriptEnabled: false,
    settings: async ({ stack, mail }, use) => use({ ...onlyZms(stack), ...mailSettings(mail) }),
  });

  test('a mistake in what to look for costs nothing that was filled in', async ({ page }) => {
    await toSearch(page);
    await page.getByRole('link', { name: t('appointment:search.watch') }).click();
    await page.getByLabel(t('appointment:watch.before')).fill('2026-04-10');
    await page.getByRole('checkbox', { name: 'Tuesday' }).check();
    await page.getByLabel(t('appointment:search.part')).selectOption('morning');
    await page.getByLabel(t('appointment:watch.quietFrom'), { exact: true }).selectOption('20:00');
    // A browser takes it for an address.
    await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example');
    await page.getByRole('button', { name: t('appointment:watch.set') }).click();
    await expect(page.getByRole('alert')).toContainText(t('appointment:hold.badEmail'));
    await expect(page.getByLabel(t('appointment:watch.before'))).toHaveValue('2026-04-10');
    await expect(page.getByRole('checkbox', { name: 'Tuesday' })).toBeChecked();
    await expect(page.getByLabel(t('appointment:search.part'))).toHaveValue('morning');
    await expect(page.getByLabel(t('appointment:watch.quietFrom'), { exact: true })).toHaveValue('20:00');
    await expect(page.getByLabel(new RegExp(t('appointment:hold.email')))).toHaveValue('amal@example');
  });
});

/** The page that is open, with another question in its address. */
const ask = (page: Page, query: string) => page.goto(`${page.url().split('?')[0]}?${query}`);

/** Presses a time that the page does not show, as a tab that is open for long does. */
async function choose(page: Page, slot: string): Promise<{ status: number; url: string; text: string }> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(page.url(), { form: { slot }, headers: { origin } });
  return { status: answer.status(), url: answer.url(), text: await answer.text() };
}
