import results from '../../app/ui/accessibility-results.json' with { type: 'json' };
import { expect, test } from '../e2e/fixtures';
import { wordsOf } from '../e2e/words';
import { GROUPS } from './results';

test('the footer links to an accessibility statement with the test results', async ({ page }) => {
  const t = wordsOf('en');
  await page.goto('/en/contact');
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: t('common:accessibility') })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('common:accessibility'));
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(results.date));
  await expect(page.getByText(t('accessibility:tests.text', { date }))).toBeVisible();
  for (const group of GROUPS) {
    const row = page.locator('dl > div', { hasText: t(`accessibility:tests.group.${group}`) });
    await expect(row.getByRole('definition')).toHaveText(t('accessibility:tests.passed', results.groups[group]));
    expect(results.groups[group].all).toBeGreaterThan(0);
  }
});
