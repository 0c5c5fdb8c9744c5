import { expect } from '@playwright/test';
import { test } from './page-of-script';

const PERSONAL = 'Amal Haddad';

test.beforeEach(({ script }) => script.open('signed-in', `<main>${PERSONAL}</main>`));

test('a page hides when the reader leaves it', async ({ page }) => {
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  await expect(page.getByText(PERSONAL)).toBeHidden();
});

test('a page from the browser’s back-forward cache reloads before it shows', async ({ page, script }) => {
  script.answer('/page', 204);
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect.poll(() => script.requests('/page')).toBe(2);
  await expect(page.getByText(PERSONAL)).toBeHidden();
});
