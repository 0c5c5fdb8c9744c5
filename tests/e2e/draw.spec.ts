import type { Page } from '@playwright/test';
import { mailSettings } from '../../mocks/mail/server';
import { ROTTERDAM } from '../../mocks/zms/office';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, signIn, test } from './fixtures';
import { confirmDraw } from './looking';
import type { Stack } from './stack';
import { DEEP } from './variants';
import { confirmAddress, onlyZms, toSearch } from './visits';
import { wordsOf } from './words';

const PATIENCE = { timeout: 20_000 };
const nl = wordsOf('nl');

test.describe.configure({ timeout: 60_000 });
test.use({ settings: async ({ stack }, use) => use({ ...onlyZms(stack), WATCH_SECONDS: '1' }) });

/** Plans a draw as two employees, for all times of the next two months. */
async function plan(page: Page, stack: Stack): Promise<void> {
  await prepare(page);
  await confirmDraw(browserOf(page), stack);
}

async function prepare(page: Page): Promise<void> {
  await signIn(page, 'desk-1', 'nl', '/nl/staff/releases');
  await fillIn(page, '2026-05-01');
  await expect(page.getByText(nl('appointment:release.saved'))).toBeVisible();
}

async function fillIn(page: Page, until: string): Promise<void> {
  await page.getByLabel(nl('appointment:release.from')).fill('2026-03-03');
  await page.getByLabel(nl('appointment:release.until')).fill(until);
  await page.getByLabel(nl('appointment:release.day')).fill('2026-03-02');
  await page.getByLabel(nl('appointment:release.time')).fill('12:00');
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
}

function browserOf(page: Page) {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser');
  return browser;
}

/** Makes the window have opened this many minutes ago. */
async function openedAgo(stack: Stack, minutes: number): Promise<void> {
  await stack.query(`update release set opens_at = timestamptz '2026-03-02T09:00:00Z' - make_interval(mins => $1)`, [
    minutes,
  ]);
  // Otherwise a page of the two seconds before may be repeated.
  await stack.clearCaches();
}

async function axe(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
}

const narrow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('one employee alone plans no draw, and any planner can undo it', async ({ browser, page, stack }) => {
  await prepare(page);
  const states = async () => (await stack.query('select state from release')).map(({ state }) => state);
  const confirm = page.getByRole('button', { name: nl('appointment:release.confirm') });
  await expect(confirm).toHaveCount(0);
  const id = await page.locator('input[name=release]').inputValue();
  const headers = { origin: stack.origin };
  await page.request.post('/nl/staff/releases', { form: { release: id, do: 'confirm' }, headers });
  expect(await states()).toEqual(['prepared']);
  await confirmDraw(browser, stack);
  expect(await states()).toEqual(['planned']);
  await page.goto('/nl/staff/releases');
  await expect(page.getByText('Smit')).toHaveCount(0);
  await page.getByRole('button', { name: nl('appointment:release.undo') }).click();
  await expect(page.getByText(nl('appointment:release.undone'))).toBeVisible();
  expect(await states()).toEqual(['withdrawn']);
  const actions = await stack.query("select action from audit_event where action like '%-draw' order by seq");
  expect(actions.map(({ action }) => action)).toEqual(['plan-draw', 'confirm-draw', 'undo-draw']);
});

test('an undo is announced to tickets, and the times are free', async ({ page, browser, stack }) => {
  const staff = await browser.newContext({ baseURL: stack.origin });
  const planner = await staff.newPage();
  await plan(planner, stack);
  await openedAgo(stack, 1);
  await toSearch(page, 'nl');
  await page.getByRole('button', { name: nl('appointment:draw.take') }).click();
  await expect(page.getByText(nl('appointment:draw.title.ticket'))).toBeVisible();
  await planner.goto('/nl/staff/releases');
  await expect(rowOf(planner, nl('appointment:release.told'))).toHaveText('1');
  await expect(rowOf(planner, nl('appointment:release.people'))).toHaveText('1');
  await expect(rowOf(planner, nl('appointment:release.times'))).toHaveText(/^[1-9][\d.]*$/);
  await planner.getByRole('button', { name: nl('appointment:release.undo') }).click();
  await expect(planner.getByText(nl('appointment:release.undone'))).toBeVisible();
  await stack.clearCaches();
  await page.reload();
  await expect(page.getByText(nl('appointment:draw.title.withdrawn'), { exact: true })).toBeVisible();
  await expect(page.locator('.slots button').first()).toBeVisible();
  await staff.close();
});

test('a drawn draw is not undone, and the page says why', async ({ page, stack }) => {
  await plan(page, stack);
  await openedAgo(stack, 6);
  await expect
    .poll(async () => (await stack.query('select state from release'))[0]?.state, PATIENCE)
    .not.toBe('planned');
  const id = (await stack.query('select id from release'))[0]?.id;
  await page.goto('/nl/staff/releases');
  await expect(page.getByRole('button', { name: nl('appointment:release.undo') })).toHaveCount(0);
  const form = { release: String(id), do: 'undo' };
  const answer = await page.request.post('/nl/staff/releases', { form, headers: { origin: stack.origin } });
  expect(await answer.text()).toContain(nl('appointment:release.drawn'));
});

/** The value of a fact on a page of draws. */
const rowOf = (page: Page, name: string) =>
  page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');

test('a draw of a desk that no planner has is refused', async ({ page, stack }) => {
  await signIn(page, 'planner', 'nl', '/nl/staff/releases');
  const box = page.locator('input[name=desk]').first();
  await box.evaluate((input) => input.setAttribute('value', 'nowhere'));
  await box.check();
  await fillIn(page, '2026-05-01');
  await page
    .getByRole('alert')
    .getByRole('link', { name: nl('appointment:release.desk-unknown') })
    .click();
  await expect(page.locator('input[name=desk]').first()).toBeFocused();
  expect(await stack.query('select id from release')).toEqual([]);
});

test('times cannot be kept from people for years', async ({ page }) => {
  await signIn(page, 'planner', 'nl', '/nl/staff/releases');
  await fillIn(page, '2036-05-01');
  await page
    .getByRole('alert')
    .getByRole('link', { name: nl('appointment:release.tooLong', { days: '92' }) })
    .click();
  await expect(page.getByLabel(nl('appointment:release.until'))).toBeFocused();
});

test('planning a draw is audited; a time in the past is refused', async ({ page, stack }) => {
  await plan(page, stack);
  await axe(page);
  expect(await narrow(page)).toBe(true);
  expect(await stack.query(`select action from audit_event where action = 'plan-draw'`)).toHaveLength(1);
  await page.getByLabel(nl('appointment:release.from')).fill('2026-03-03');
  await page.getByLabel(nl('appointment:release.until')).fill('2026-05-01');
  await page.getByLabel(nl('appointment:release.day')).fill('2026-03-02');
  await page.getByLabel(nl('appointment:release.time')).fill('08:00');
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
  // The summary names the field and links to it, and the values stay.
  await page
    .getByRole('alert')
    .getByRole('link', { name: nl('appointment:release.inPast') })
    .click();
  await expect(page.getByLabel(nl('appointment:release.day'))).toBeFocused();
  await expect(page.getByLabel(nl('appointment:release.day'))).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel(nl('appointment:release.until'))).toHaveValue('2026-05-01');
  await axe(page);
  expect(await stack.query('select 1 from release')).toHaveLength(1);
});

for (const [language, javaScriptEnabled] of [
  ['ar', false],
  ['en', true],
] as const satisfies readonly (readonly [Language, boolean])[]) {
  test.describe(`${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });
    const t = wordsOf(language);

    test('a person takes one ticket, wins and books the offered slot', async ({ page, browser, agency, stack }) => {
      const staff = await browser.newContext({ baseURL: stack.origin });
      await plan(await staff.newPage(), stack);
      await staff.close();
      await toSearch(page, language);
      await expect(page.getByText(t('appointment:draw.title.before'))).toBeVisible();
      // Times that are drawn for are in no list.
      await expect(page.locator('.slots button')).toHaveCount(0);
      await openedAgo(stack, 1);
      // The portal repeats its answer to an equal request for two seconds.
      await expect(async () => {
        await page.reload();
        await page.getByText(t('appointment:draw.wishes')).click({ timeout: 500 });
      }).toPass(PATIENCE);
      await page.locator('#wishes input[name=day][value="3"]').check();
      if (javaScriptEnabled) await axe(page);
      await page.getByRole('button', { name: t('appointment:draw.take') }).click();
      await expect(page.getByText(t('appointment:draw.title.ticket'))).toBeVisible();
      await page.reload();
      await expect(page.getByRole('button', { name: t('appointment:draw.take') })).toHaveCount(0);
      if (javaScriptEnabled) await axe(page);
      expect(await stack.query('select 1 from ticket')).toHaveLength(1);
      await openedAgo(stack, 6);
      await expect(async () => {
        await page.reload();
        expect(await page.getByText(t('appointment:draw.title.offered')).count()).toBe(1);
      }).toPass(PATIENCE);
      if (javaScriptEnabled) await axe(page);
      // The deadline, in the words and digits of the language.
      const until = { ar: /، الساعة \d\d:\d\d\./, nl: /, \d\d:\d\d uur\./, en: /, \d\d:\d\d\./ }[language];
      await expect(page.getByText(until)).toBeVisible();
      // A Wednesday, as wished, and not the first free time.
      const [won] = await stack.query(`select extract(isodow from (offer ->> 'date')::date)::int as day from ticket`);
      expect(won).toEqual({ day: 3 });
      await page.getByRole('button', { name: t('appointment:search.take') }).click();
      await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
      await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
      await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
      expect(agency.zms.booked()).toHaveLength(1);
      await expect
        .poll(async () => (await stack.query('select state from ticket')).map(({ state }) => state), PATIENCE)
        .toEqual(['booked']);
    });
  });
}

test('losing a draw shows the next steps, and anyone can verify it', async ({ page, browser, stack }) => {
  const t = wordsOf('en');
  const staff = await browser.newContext({ baseURL: stack.origin });
  await plan(await staff.newPage(), stack);
  await staff.close();
  await openedAgo(stack, 1);
  await toSearch(page, 'en');
  await page.getByRole('button', { name: t('appointment:draw.take') }).click();
  await expect(page.getByText(t('appointment:draw.title.ticket'))).toBeVisible();
  // Leaves no time of these days for the draw, as if others had taken all.
  await stack.query(`update release set from_date = '2026-03-03', until_date = '2026-03-03', desks = '["none"]'`);
  await openedAgo(stack, 6);
  // The page also reloads by itself, which may interrupt a reload.
  await expect(async () => {
    await page.reload();
    expect(await page.getByText(t('appointment:draw.text.lost')).count()).toBe(1);
  }).toPass(PATIENCE);
  await expect(page.getByRole('link', { name: t('appointment:search.watch') })).toBeVisible();
  await axe(page);
  await page.getByText(t('appointment:draw.check')).click();
  const address = await page.getByRole('link', { name: t('appointment:draw.order') }).getAttribute('href');
  const drawn: { order: string[]; seed: string } = await (await page.request.get(address ?? '')).json();
  expect(drawn.order).toHaveLength(1);
  expect(drawn.seed).toMatch(/^[0-9a-f]{64}$/);
});

test.describe('without JavaScript', () => {
  test.use({
    javaScriptEnabled: false,
    settings: async ({ stack, mail }, use) => use({ ...onlyZms(stack), WATCH_SECONDS: '1', ...mailSettings(mail) }),
  });

  if (DEEP)
    test('an unused offer goes to the next person, who gets a mail', async ({ browser, agency, mail, stack }) => {
      const open = async () => (await browser.newContext({ baseURL: stack.origin })).newPage();
      await plan(await open(), stack);
      // Leaves one slot for two people: others have taken the rest of its day.
      const { diary } = agency.zms;
      const [only, ...later] = diary.free(ROTTERDAM, 'BIO', 1).filter(({ date }) => date > '2026-03-03');
      for (const { date, startTime } of later.filter((slot) => slot.date === only?.date))
        diary.take({ desk: ROTTERDAM, product: 'BIO', persons: 1, date, startTime }, null);
      await stack.query('update release set from_date = $1, until_date = $1', [only?.date]);
      await openedAgo(stack, 1);
      const pages = new Map<string, Page>();
      for (const person of ['family-biometrics', 'study-biometrics']) {
        const page = await open();
        await toSearch(page, 'nl', person);
        await page.getByLabel(new RegExp(nl('appointment:hold.email'))).fill(`${person}@example.org`);
        await page.getByRole('button', { name: nl('appointment:draw.take') }).click();
        await expect(page.getByText(nl('appointment:draw.title.ticket'))).toBeVisible();
        await expect(page.getByText(`${person}@example.org`)).toBeVisible();
        await confirmAddress(page, 'nl', mail);
        mail.forget();
        pages.set(`${person}@example.org`, page);
      }
      await openedAgo(stack, 6);
      await expect.poll(() => mail.received.length, PATIENCE).toBe(1);
      await stack.query(`update ticket set offer_until = timestamptz '2026-03-02T08:00:00Z' where state = 'offered'`);
      await expect.poll(() => mail.received.length, PATIENCE).toBe(2);
      const [first = '', second = ''] = mail.received.map(({ to }) => to.join());
      expect([first, second].sort()).toEqual([...pages.keys()].sort());
      for (const { raw, text } of mail.received) {
        expect(text).toContain(nl('appointment:mail.draw-offer.text'));
        expect(`${raw} ${text}`).not.toMatch(/Rotterdam|\d\d:\d\d uur|vinger|loting/i);
      }
      for (const [address, words] of [
        [first, nl('appointment:draw.title.missed')],
        [second, nl('appointment:draw.title.offered')],
      ] as const) {
        const page = pages.get(address);
        await page?.reload();
        expect(await page?.getByText(words).count()).toBe(1);
      }
      expect((await stack.query('select state from ticket order by place')).map(({ state }) => state)).toEqual([
        'missed',
        'offered',
      ]);
    });
});
