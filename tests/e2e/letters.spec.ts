import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures';
import { giveMandate, referenceOf, somebody } from './looking';
import { wordsOf } from './words';

const t = wordsOf('en');
const DECISION = 'Beschikking op uw aanvraag';

/** Saves the decision letter of the case that is open. */
async function saved(page: Page): Promise<{ readonly name: string; readonly text: string }> {
  const letters = page.getByRole('region', { name: t('case:letters.title') });
  const [file] = await Promise.all([page.waitForEvent('download'), letters.getByRole('link').first().click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'latin1') };
}

test('a person and their advisor save the same decision letter', async ({ browser, page, stack, agency }) => {
  await signIn(page, 'sofia', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(page, advisor, referenceOf(agency, 'sofia'));
  await page.goto('/en/cases');
  await page.locator('main .cards a').first().click();
  await expect(page.getByRole('link', { name: DECISION })).toHaveCount(1);
  const own = await saved(page);
  expect(own.name).toMatch(/^Beschikking.op.uw.aanvraag\.pdf$/);
  expect(own.text).toContain(`${DECISION}: ${referenceOf(agency, 'sofia')}`);
  // The page stays, and a draft of the agency's is no letter.
  await expect(page.getByText('Concept van de beschikking')).toHaveCount(0);

  await advisor.goto('/en/advisor');
  await advisor.locator('table a').first().click();
  expect(await saved(advisor)).toEqual(own);
  await page.goto('/en/who-looked');
  await expect(page.locator('main')).toContainText(wordsOf('en')('audit:action.open-letter'));
});
