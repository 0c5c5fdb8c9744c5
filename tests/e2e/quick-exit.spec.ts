import { expect } from '@playwright/test';
import { test } from './page-of-script';

const PERSONAL = 'Amal Haddad';
const BODY = `<main><p>${PERSONAL}</p><input></main>
  <form id="quick-exit" method="post" action="/leave" data-to="/away"><button>Leave</button></form>`;

test.beforeEach(async ({ script }) => {
  // 204 keeps the browser on the page, so the test can read it.
  script.answer('/away', 204);
  script.answer('/leave', 'hang');
  await script.open('quick-exit', BODY);
});

test('the button empties the page, ends the session and leads away', async ({ page, script }) => {
  await page.getByRole('button').click();
  await expect.poll(() => script.requests('/away')).toBe(1);
  expect(script.requests('/leave')).toBe(1);
  expect(await page.content()).not.toContain(PERSONAL);
  expect(await page.title()).toBe('');
});

test('Shift pressed three times leaves; typing capitals does not', async ({ page, script }) => {
  await page.locator('input').pressSequentially('A');
  for (const key of ['Shift', 'Shift', 'B', 'Shift', 'Shift']) await page.keyboard.press(key);
  await expect(page.getByText(PERSONAL)).toBeVisible();
  await page.keyboard.press('Shift');
  await expect.poll(() => script.requests('/leave')).toBe(1);
  expect(await page.content()).not.toContain(PERSONAL);
});
