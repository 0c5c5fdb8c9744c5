import type { Page } from '@playwright/test';
import { plannerList } from '../../mocks/demo-environment';
import { mailSettings } from '../../mocks/mail/server';
import { expect, test } from './fixtures';
import { book, onlyZms, toHold, toMove, toSearch } from './visits';
import { wordsOf } from './words';

const t = wordsOf('en');

/** Old tabs, bookmarks and typing errors get an answer in words, and lose nothing. */
test.describe('an address that no page links to', () => {
  test('with an invalid, past or far day shows the first free times', async ({ page }) => {
    await toSearch(page);
    for (const query of ['from=2026-99-99', 'from=2026-02-30', 'from=2020-01-01', 'from=9999-12-31', 'month=2026-13']) {
      expect((await ask(page, query))?.status()).toBe(200);
      await expect(page.getByRole('heading', { name: t('appointment:search.first') })).toBeVisible();
    }
  });

  test('with a month out of range shows the nearest one', async ({ page }) => {
    await toSearch(page);
    for (const [asked, shown] of [
      ['2001-01', 'March 2026'],
      ['2099-01', 'March 2027'],
    ] as const) {
      expect((await ask(page, `month=${asked}`))?.status()).toBe(200);
      await expect(page.getByRole('table')).toContainText(t('appointment:search.month', { month: shown }));
    }
  });

  test('with too many persons says how many may come', async ({ page }) => {
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

test('taking a slot at a closed desk shows other times', async ({ page }) => {
  await toSearch(page);
  const answer = await choose(page, 'GONE.1');
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('<ul class="slots">');
});

test('confirming in a second tab shows the booking of the first', async ({ page, context, agency }) => {
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

test('moving a booking to its present time changes nothing', async ({ page, stack }) => {
  const old = await book(page);
  const [row] = await stack.query(`select desk, slot ->> 'key' as key from hold where state = 'used'`);
  await page.getByRole('link', { name: t('appointment:booking.move'), exact: true }).click();
  await expect(page.getByText(t('appointment:search.movingMore'))).toBeVisible();
  const answer = await choose(page, `${row?.desk}.${row?.key}`);
  expect(answer.status).toBe(200);
  expect(answer.url).toBe(`${old}?already`);
  expect(answer.text).toContain(t('appointment:search.already'));
});

test('an expired hold leads back to the move, and the booking stands', async ({ page, stack }) => {
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

test('an expired hold can be extended while the planner keeps the slot', async ({ page, stack }) => {
  const late = () => stack.query(`update hold set expires_at = created_at where state = 'held'`);
  await toHold(page);
  await late();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.over'));
  await page.getByRole('button', { name: t('appointment:hold.extend') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.title'));
  await expect(page.locator('#details .people')).toContainText('Amal');
  await late();
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
});

test('a cancelled booking’s other pages lead to its page', async ({ page }) => {
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

test.describe('with a planner that gives no code', () => {
  test.use({
    settings: async ({ stack }, use) => {
      const planners = plannerList(stack.agency.url).filter(({ kind }) => kind === 'qmatic');
      await use({ PLANNERS: JSON.stringify(planners) });
    },
  });

  test('the booking mentions no code', async ({ page }) => {
    const address = await book(page);
    await expect(page.getByText(t('appointment:booking.codeByMail'))).toHaveCount(0);
    await expect(page.getByText(t('appointment:booking.bringItem.passport'))).toBeVisible();
    await expect(page.getByText(t('appointment:booking.bringItem.code'))).toHaveCount(0);
    const file = await (await page.request.get(`${address}/calendar`)).text();
    expect(file).not.toContain(t('appointment:booking.codeUse'));
  });
});

test.describe('with a planner that needs an email address', () => {
  test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

  test('the form asks for the email address at its field', async ({ page }) => {
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

  test('an invalid watch keeps what was filled in', async ({ page }) => {
    await toSearch(page);
    await page.getByRole('link', { name: t('appointment:search.watch') }).click();
    await page.getByLabel(t('appointment:watch.before')).fill('2026-04-10');
    await page.getByRole('checkbox', { name: 'Tuesday' }).check();
    await page.getByLabel(t('appointment:search.part')).selectOption('morning');
    await page.getByLabel(t('appointment:watch.quietFrom'), { exact: true }).selectOption('20:00');
    // A browser accepts this address, and the server does not.
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

/** Opens the current page with another query. */
const ask = (page: Page, query: string) => page.goto(`${page.url().split('?')[0]}?${query}`);

/** Posts a slot that the page does not show, as an old tab does. */
async function choose(page: Page, slot: string): Promise<{ status: number; url: string; text: string }> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(page.url(), { form: { slot }, headers: { origin } });
  return { status: answer.status(), url: answer.url(), text: await answer.text() };
}
