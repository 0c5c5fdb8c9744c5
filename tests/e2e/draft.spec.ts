import type { Page } from '@playwright/test';
import { isAllowed, RULES } from '../../app/model/policy';
import { ROUTES } from '../../app/model/route-policy';
import { Actor } from './actors';
import { expect, signIn, signInByForms, test } from './fixtures';
import { toHold } from './visits';
import { wordsOf } from './words';

const t = wordsOf('en');

/** Presses the button of the sign-in page that is open, and chooses a person at the provider. */
async function signInFromHere(page: Page, person: string): Promise<void> {
  await page.locator('main form button').click();
  await page.locator(`button[name=person][value=${person}]`).click();
}

test('a form whose session ended comes back filled in', async ({ page, stack }) => {
  await toHold(page);
  const address = page.url();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('sister@example.org');
  await page.getByLabel(new RegExp(t('appointment:hold.phone'))).fill('0612345678');
  await stack.forgetSessions();
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('identity:signIn.kept'))).toBeVisible();
  await signInFromHere(page, 'amal');
  await expect(page).toHaveURL(address);
  await expect(page.getByText(t('identity:draft.back'))).toBeVisible();
  await expect(page.getByLabel(new RegExp(t('appointment:hold.email')))).toHaveValue('sister@example.org');
  await expect(page.getByLabel(new RegExp(t('appointment:hold.phone')))).toHaveValue('0612345678');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  expect(await stack.query('select page from draft')).toEqual([]);
});

test('what was typed comes back to its person only', async ({ page, stack, browser }) => {
  await signIn(page, 'amal', 'en', '/en/mandates');
  await page.getByLabel(t('mandate:choose.number')).fill('002220647');
  await stack.forgetSessions();
  await page
    .locator('form', { has: page.locator('[name=office]') })
    .getByRole('button')
    .click();
  await expect(page.getByText(t('identity:signIn.kept'))).toBeVisible();
  await signInFromHere(page, 'farid');
  await expect(page.getByLabel(t('mandate:choose.number'))).toHaveValue('');
  await expect(page.getByText(t('identity:draft.back'))).toHaveCount(0);
  const elsewhere = await (await browser.newContext({ baseURL: stack.origin })).newPage();
  await signInByForms(elsewhere, 'amal', 'nl', '/nl/mandates');
  await expect(elsewhere.locator('[name=office]')).toHaveValue('002220647');
  await stack.query(`update draft set expires_at = expires_at - interval '31 minutes'`);
  await elsewhere.reload();
  await expect(elsewhere.locator('[name=office]')).toHaveValue('');
});

for (const [address, field] of [
  ['/en/mandates', 'office'],
  ['/en/helpdesk/with-me', 'width'],
] as const)
  test(`a form of ${address} does nothing for another person`, async ({ page, context, stack }) => {
    await signIn(page, 'amal', 'en', address);
    await signIn(await context.newPage(), 'farid', 'en', address);
    const form = page.locator('form', { has: page.locator(`[name=${field}]`) });
    await form.evaluate((element) => (element as HTMLFormElement).submit());
    await expect(page.getByText(t('identity:draft.other'))).toBeVisible();
    expect(await stack.query('select id from spoken_code union all select id from mandate')).toEqual([]);
  });

test('another’s form is kept for its person, and deletes nobody’s', async ({ page, context, stack }) => {
  const office = t('mandate:choose.number');
  const send = () =>
    page
      .locator('form', { has: page.locator('[name=office]') })
      .getByRole('button')
      .click();
  await signIn(page, 'farid', 'en', '/en/mandates');
  await page.getByLabel(office).fill('001000000');
  await stack.forgetSessions();
  await send();
  await expect(page.getByText(t('identity:signIn.kept'))).toBeVisible();
  await signInFromHere(page, 'amal');
  await expect(page).toHaveURL(/mandates/);
  await page.getByLabel(office).fill('002220647');
  const other = await context.newPage();
  await context.clearCookies();
  await signInByForms(other, 'farid', 'en', '/en/mandates');
  await expect(other.getByLabel(office)).toHaveValue('001000000');
  await send();
  await expect(page.getByText(t('identity:draft.other'))).toBeVisible();
  await expect(page.getByLabel(office)).toHaveValue('001000000');
  await context.clearCookies();
  await signInByForms(page, 'amal', 'en', '/en/mandates');
  await expect(page.getByLabel(office)).toHaveValue('002220647');
});

test('every signed-in form is kept, without its codes', async ({ stack }) => {
  const { name, value } = await stack.sessionOf('amal');
  await stack.forgetSessions();
  const actor = new Actor('amal', 'applicant', stack.origin, `${name}=${value}`);
  const patterns = Object.entries(ROUTES).flatMap(([pattern, { POST }]) =>
    POST && !isAllowed(RULES, 'anyone', POST) ? [pattern] : [],
  );
  expect(patterns.length).toBeGreaterThan(18);
  for (const pattern of patterns) {
    const path = pattern.replace(':lang', 'en').replaceAll(/:\w+/g, 'x');
    const { to } = await actor.ask('POST', path, { note: 'typed by Amal', code: '12345678', do: 'send' });
    expect(to, pattern).toMatch(/^\/en\/sign-in\?.*reason=kept/);
    const found = await stack.query(`select encode(fields, 'escape') as fields from draft where page = $1`, [
      path.slice('/en'.length),
    ]);
    expect(found, pattern).toHaveLength(1);
    expect(JSON.stringify(found)).not.toMatch(/typed by Amal/);
  }
  expect((await stack.query('select page from draft')).length).toBeLessThanOrEqual(5);
});

test('the page says when a form could not be kept', async ({ page, stack }) => {
  await signIn(page, 'amal', 'en', '/en/mandates');
  await page.getByLabel(t('mandate:choose.number')).fill('002220647');
  await page.context().clearCookies();
  await page
    .locator('form', { has: page.locator('[name=office]') })
    .getByRole('button')
    .click();
  await expect(page.getByText(t('identity:signIn.lost'))).toBeVisible();
  await signInFromHere(page, 'amal');
  await expect(page.getByText(t('identity:draft.lost'))).toBeVisible();
  expect(await stack.query('select page from draft')).toEqual([]);
  // A form without a mark goes to the address that says so, and is taken.
  await page.goto('/en/sessions?form-lost=1');
  await expect(page.getByText(t('identity:draft.lost'))).toBeVisible();
  await page.locator('main').evaluate((main) => {
    const form = Object.assign(document.createElement('form'), { method: 'post' });
    main.append(form);
    form.submit();
  });
  await expect(page.getByText(t('identity:draft.lost'))).toHaveCount(0);
  await expect(page.locator('a[href^="/nl/sessions"]')).toHaveAttribute('href', '/nl/sessions');
});

test('a page that leaves by itself keeps what was typed', async ({ page, stack }) => {
  await page.clock.install();
  await signIn(page, 'amal', 'en', '/en/mandates');
  await page.getByLabel(t('mandate:choose.number')).fill('002220647');
  await stack.forgetSessions();
  await page.clock.fastForward(16 * 60_000);
  await expect(page.getByText(t('identity:signIn.kept'))).toBeVisible();
  await signInFromHere(page, 'amal');
  await expect(page.getByLabel(t('mandate:choose.number'))).toHaveValue('002220647');
});
