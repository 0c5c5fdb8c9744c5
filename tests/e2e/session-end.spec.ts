import { expect } from '@playwright/test';
import { test } from './page-of-script';

const PERSONAL = 'Amal Haddad';
const MINUTE = 60_000;
/** The session has ten minutes left when the page loads. */
const BODY = `<main><p>${PERSONAL}</p><input></main>
  <section id="session-end" data-seconds="600" data-here="/here" data-away="/away">
  <span data-time></span><form><button>Stay</button></form></section>`;

test.beforeEach(async ({ script }) => {
  // 204 keeps the browser on the page, so the test can read it.
  script.answer('/away', 204);
  script.answer('/here', {});
  await script.open('session-end', BODY);
});

test('asks the server before it warns', async ({ page, script }) => {
  const warning = page.locator('#session-end');
  script.answer('/here/now', { seconds: 300, at: '10:13' });
  await script.passes(8 * MINUTE);
  await expect.poll(() => script.requests('/here/now')).toBe(1);
  await expect(warning).not.toHaveClass(/--now/);
  script.answer('/here/now', { seconds: 120, at: '10:13' });
  await script.passes(3 * MINUTE);
  await expect(warning).toHaveClass(/--now/);
  await expect(warning).toContainText('10:13');
});

test('gives the focus back after more time was requested', async ({ page, script }) => {
  await page.locator('input').focus();
  script.answer('/here/now', { seconds: 100, at: '10:10' });
  await script.passes(8 * MINUTE);
  await expect(page.locator('#session-end')).toHaveClass(/--now/);
  script.answer('/here/now', { seconds: 900, at: '10:25' });
  await page.getByRole('button').click();
  await expect(page.locator('input')).toBeFocused();
  await expect(page.locator('#session-end')).not.toHaveClass(/--now/);
  expect(script.requests('/here')).toBe(1);
});

test('empties the page when the session is over', async ({ page, script }) => {
  script.answer('/here/now', { seconds: 0, at: '' });
  await script.passes(8 * MINUTE);
  await expect.poll(() => script.requests('/away')).toBe(1);
  expect(await page.content()).not.toContain(PERSONAL);
  await script.passes(MINUTE);
  expect(script.requests('/away')).toBe(1);
});

for (const answer of ['lost', 'hang', 500, 503, { type: 'about:blank', status: 500 }] as const)
  test(`empties the page in time without a usable answer: ${JSON.stringify(answer)}`, async ({ page, script }) => {
    script.answer('/here/now', answer);
    await script.passes(8 * MINUTE + 10_000);
    await expect(page.getByText(PERSONAL)).toBeVisible();
    await script.passes(2 * MINUTE - 5_000);
    await expect.poll(() => script.requests('/away')).toBe(1);
    expect(await page.content()).not.toContain(PERSONAL);
    // In two minutes it may send a request every twenty seconds.
    expect(script.requests('/here/now')).toBeLessThanOrEqual(8);
  });

test('after a sleep hides the page until the server confirms the session', async ({ page, script }) => {
  script.answer('/here/now', 'hang');
  await page.clock.fastForward(8 * 60 * MINUTE);
  await expect(page.getByText(PERSONAL)).toBeHidden();
  script.answer('/here/now', { seconds: 600, at: '19:00' });
  await script.background(false);
  await expect(page.getByText(PERSONAL)).toBeVisible();
});

test('polls at once on return from the background', async ({ page, script }) => {
  await script.background(true);
  script.answer('/here/now', { seconds: 0, at: '' });
  await script.background(false);
  await expect.poll(() => script.requests('/away')).toBe(1);
  expect(await page.content()).not.toContain(PERSONAL);
});
