import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, signIn, test } from './fixtures';
import { onlyPlanner, onlyZms, toHold, toSearch } from './visits';
import { wordsOf } from './words';

/** Opens the same page with JavaScript, which axe needs. It must have no faults and not scroll sideways. */
async function isGood(page: Page): Promise<void> {
  const context = page.context();
  const browser = context.browser();
  const copy = await browser?.newContext({
    storageState: await context.storageState(),
    viewport: page.viewportSize(),
    javaScriptEnabled: true,
  });
  const same = await copy?.newPage();
  if (!same) throw new Error('no browser');
  await same.goto(page.url());
  expect(await axeFaults(same)).toEqual([]);
  expect(await same.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(
    true,
  );
  await copy?.close();
}

/** Books the first free time for two people. */
async function bookForTwo(page: Page, language: Language): Promise<void> {
  const t = wordsOf(language);
  await toSearch(page, language, 'garcia');
  await page.goto(`${page.url()}?persons=2`);
  await page.getByRole('button', { name: t('appointment:search.take') }).click();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('two@example.org');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
}

test.describe('a group that becomes smaller, without JavaScript, in Arabic', () => {
  test.use({ javaScriptEnabled: false, settings: async ({ stack }, use) => use(onlyZms(stack)) });
  const t = wordsOf('ar');

  test('books a time for one nearby before it cancels the old', async ({ page, agency }) => {
    await bookForTwo(page, 'ar');
    const old = page.url();
    await page.getByRole('link', { name: t('appointment:booking.cancel') }).click();
    await page
      .getByRole('link', { name: t('appointment:booking.fewer') })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:fewer.title'));
    await expect(page.getByText(t('appointment:fewer.keepFine'))).toBeVisible();
    await page.getByRole('button', { name: t('appointment:search.show') }).click();
    await expect(page.getByText(t('appointment:fewer.near'))).toBeVisible();
    await isGood(page);
    await page.locator('.slots button').first().click();
    await expect(page.getByText(t('appointment:hold.newFirst'))).toBeVisible();
    await page.getByRole('checkbox').nth(1).uncheck();
    await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('one@example.org');
    await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
    // What the planner says of the desk, in the planner's language and without its mark-up.
    await expect(page.getByText('Meld u bij de balie op de tweede verdieping.')).toHaveAttribute('lang', 'nl');
    await expect(page.getByRole('link', { name: t('appointment:booking.fewer') })).toHaveCount(0);
    expect(agency.zms.booked().map(({ email, place }) => [email, place.persons])).toEqual([['one@example.org', 1]]);
    await page.goto(old);
    await expect(page.getByText(t('appointment:booking.movedTo'))).toBeVisible();
    // The form of a cancelled booking leads to what became of it.
    await page.goto(`${old}/fewer`);
    await expect(page.getByText(t('appointment:booking.movedTo'))).toBeVisible();
  });
});

test.describe('directions to a desk, without JavaScript, in Arabic', () => {
  test.use({ javaScriptEnabled: false });
  const t = wordsOf('ar');

  test('stand with each desk and appointment, in the language of each text', async ({ page }) => {
    await toSearch(page, 'ar');
    const list = page.locator('#access');
    await list.locator('summary').click();
    await expect(list.getByRole('heading', { name: 'Zwolle' })).toBeVisible();
    await expect(list.getByText(t('appointment:access.stepFree')).first()).toBeVisible();
    await expect(list.getByText('Free parking behind the building.')).toHaveAttribute('lang', 'en');
    await isGood(page);
    await page.getByRole('button', { name: t('appointment:search.take') }).click();
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByRole('heading', { name: t('appointment:access.title') })).toBeVisible();
    await expect(page.locator('main p[lang="en"]').first()).toBeVisible();
    await isGood(page);
  });
});

test.describe('a document that a courier brings, without JavaScript, in Arabic', () => {
  test.use({ javaScriptEnabled: false });
  const t = wordsOf('ar');

  test('the courier is offered before an appointment at a desk', async ({ page, agency }) => {
    await signIn(page, 'olena', 'ar');
    await page.locator('main .cards a').first().click();
    const links = page.locator('main section').first().getByRole('link');
    await expect(links).toHaveText([
      t('appointment:instead.courierGo', { name: 'Voorbeeldkoerier' }),
      t('case:visit.book'),
    ]);
    await expect(page.getByText(t('appointment:instead.courier'))).toBeVisible();
    await expect(page.getByText(t('case:stage.collect.now'))).toHaveCount(0);
    await isGood(page);
    expect((await fetch((await links.first().getAttribute('href')) ?? '')).status).toBe(200);
    expect(await links.first().getAttribute('href')).toContain(agency.url);
    // The courier stands before the free times too.
    await links.last().click();
    const choices = page.locator('main').locator('a.button, button');
    await expect(choices.first()).toHaveText(t('appointment:instead.courierGo', { name: 'Voorbeeldkoerier' }));
    await expect(page.getByText(t('appointment:instead.courier'))).toBeVisible();
    await expect(page.getByRole('button', { name: t('appointment:search.take') })).toBeVisible();
    await isGood(page);
  });
});

test.describe('a person who keeps taking slots, without JavaScript, in Arabic', () => {
  test.use({ javaScriptEnabled: false });
  const t = wordsOf('ar');

  test('must wait on every device, while a neighbour can choose', async ({ page, browser, stack }) => {
    const choose = async (on: Page, which: 'first' | 'last' = 'last') => {
      const answered = on.waitForResponse((response) => response.request().method() === 'POST');
      await on.locator('.slots button')[which]().click();
      return (await answered).status();
    };
    await toSearch(page, 'ar');
    const search = page.url();
    const early = await page.context().newPage();
    await early.goto(search);
    for (let time = 0; time < 3; time += 1) {
      expect(await choose(page)).toBe(302);
      await page.goto(search);
    }
    await expect(page.getByText(t('appointment:search.tooMany'))).toBeVisible();
    await expect(page.locator('.slots button')).toHaveCount(0);
    // A page that was opened before still has buttons.
    expect(await choose(early, 'first')).toBe(429);
    await expect(early.getByText(t('appointment:search.tooMany'))).toBeVisible();
    await isGood(page);
    for (const [person, isLimited] of [
      ['amal', true],
      ['family-biometrics', false],
    ] as const) {
      const other = await browser.newContext({ baseURL: stack.origin });
      const same = await other.newPage();
      await toSearch(same, 'ar', person);
      if (isLimited) await expect(same.locator('.slots button')).toHaveCount(0);
      else expect(await choose(same)).toBe(302);
      await other.close();
    }
    expect(await stack.query('select 1 from hold')).toHaveLength(4);
  });
});

test.describe('a town hall whose planner requires a date of birth', () => {
  test.use({ settings: async ({ stack }, use) => use(onlyPlanner(stack, 'jcc')) });
  const t = wordsOf('en');

  test('asks for it before it books', async ({ page, agency }) => {
    await toHold(page, 'en', 'olena');
    await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('olena@example.org');
    const confirm = page.getByRole('button', { name: t('appointment:hold.confirm') });
    const born = page.getByLabel(new RegExp(t('appointment:hold.usual.birthDate')));
    await confirm.click();
    await expect(page.getByText(t('appointment:hold.needAnswer')).first()).toBeVisible();
    expect(agency.jcc.booked()).toEqual([]);
    await isGood(page);
    await born.fill('1990-02-03');
    await confirm.click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
    expect(agency.jcc.booked()).toMatchObject([{ customers: [{ birthDate: expect.stringMatching(/^1990-02-03/) }] }]);
  });
});
