import type { Page } from '@playwright/test';
import { expect, type Language, signIn } from '../e2e/fixtures';

/**
 * Takes an applicant through the main pages to a booked visit and calls `look` on each. Finds elements by class and
 * attribute, not by text, so it works in any language.
 */
export async function throughKeyPages(page: Page, language: Language, look: () => Promise<void>): Promise<void> {
  const lookAt = async (path: string) => {
    await page.goto(path);
    await page.evaluate(() => {
      for (const closed of document.querySelectorAll('main details')) (closed as HTMLDetailsElement).open = true;
    });
    await look();
  };
  for (const path of ['', '/contact', '/accessibility', '/wait', '/wait/record', '/sign-in?reason=expired', '/nowhere'])
    await lookAt(`/${language}${path}`);
  await signIn(page, 'amal', language);
  for (const path of ['cases', 'mandates', 'who-looked', 'helpdesk/with-me']) await lookAt(`/${language}/${path}`);
  await page.goto(`/${language}/cases`);
  const theCase = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
  for (const path of ['/watch', '/appointment', '/appointment?month=2026-03', '']) await lookAt(theCase + path);
  await page.goto(`${theCase}/appointment`);
  await page.locator('.card--answer button').click();
  await page.locator('[name=email]').fill('amal@example');
  await page.locator('button[value=confirm]:visible').click();
  await expect(page.locator('main [role=alert]')).toBeVisible();
  await look();
  await page.locator('[name=email]').fill('amal@example.org');
  await page.locator('button[value=confirm]:visible').click();
  await expect(page.locator('.notice--good')).toBeVisible();
  await look();
}
