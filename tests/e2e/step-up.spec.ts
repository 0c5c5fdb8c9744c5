import { demoEnvironment } from '../../mocks/demo-environment';
import { expect, signIn, test } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

const nl = wordsOf('nl');
/** As `npm start` sets it. */
const { OIDC_ASSURANCE = '' } = demoEnvironment({ origin: 'http://localhost', agency: '', issuer: '', stepUp: true });

test.use({
  javaScriptEnabled: false,
  settings: { OIDC_ASSURANCE },
});

/** Makes every sign-in as old as that. */
const passed = (stack: Stack, minutes: number) =>
  stack.query('update session set created_at = created_at - make_interval(mins => $1)', [minutes]);

for (const [person, path] of [
  ['planner', '/nl/staff/releases'],
  ['desk-1', '/nl/staff/wait'],
  ['desk-1', '/nl/helpdesk/emergency'],
  ['adv-small', '/nl/advisor/feed'],
] as const)
  test(`${path} asks ${person} to sign in once more`, async ({ page, stack }) => {
    await signIn(page, person, 'nl', path);
    await expect(page.getByText(nl('identity:signIn.again'))).toBeVisible();
    await page.locator('main form button[type=submit]').click();
    expect(new URL(page.url()).origin).not.toBe(stack.origin);
    await expect(page.getByText('You sign in at level high.')).toBeVisible();
    await page.locator(`button[name=person][value=${person}]`).click();
    await expect(page).toHaveURL(stack.origin + path);
    await expect(page.locator('main form').first()).toBeVisible();
  });

test('a form that stood open too long comes back filled in', async ({ page, stack }) => {
  await signIn(page, 'planner', 'nl', '/nl/staff/releases');
  const again = async () => {
    await page.locator('main form button[type=submit]').click();
    await page.locator('button[name=person][value=planner]').click();
  };
  await again();
  await page.getByLabel(nl('appointment:release.from')).fill('2026-03-03');
  await page.getByLabel(nl('appointment:release.until')).fill('2026-05-01');
  await page.getByLabel(nl('appointment:release.day')).fill('2026-03-02');
  await page.getByLabel(nl('appointment:release.time')).fill('12:00');
  await passed(stack, 40);
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
  await expect(page.getByText(nl('identity:signIn.again'))).toBeVisible();
  expect(await stack.query('select 1 from release')).toEqual([]);
  await again();
  await expect(page.getByLabel(nl('appointment:release.until'))).toHaveValue('2026-05-01');
  await expect(page.getByLabel(nl('appointment:release.time'))).toHaveValue('12:00');
  await page.getByRole('button', { name: nl('appointment:release.plan') }).click();
  await expect(page.getByText(nl('appointment:release.saved'))).toBeVisible();
});

test('ending other sessions needs a fresh sign-in, by any means', async ({ page, stack }) => {
  await stack.sessionOf('amal');
  await signIn(page, 'amal', 'nl', '/nl/sessions');
  const end = page.getByRole('button', { name: nl('identity:sessions.end') });
  await expect(end).toHaveCount(1);
  await passed(stack, 11);
  await end.click();
  await expect(page.getByText(nl('identity:signIn.again'))).toBeVisible();
  await page.locator('main form button[type=submit]').click();
  await page.locator('button[name=person][value=amal]').click();
  await expect(page).toHaveURL(`${stack.origin}/nl/sessions`);
  await end.first().click();
  await expect(page.getByText(nl('identity:sessions.ended'))).toBeVisible();
});
