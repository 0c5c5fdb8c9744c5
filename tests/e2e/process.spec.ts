import { expect, signIn, test } from './fixtures';

test('a person signs in and is led to the cases', async ({ page }) => {
  await signIn(page, 'amal', 'en');
  await expect(page).toHaveURL(/\/en\/cases/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('everything that a page loads comes from the portal itself', async ({ page, stack }) => {
  const origins = new Set<string>();
  await signIn(page, 'amal', 'en');
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto('/en/cases');
  await page.waitForLoadState('networkidle');
  expect([...origins]).toEqual([stack.origin]);
});

test('an answer about a person is kept by nobody', async ({ page }) => {
  await signIn(page, 'amal', 'en');
  const answer = await page.goto('/en/cases');
  expect(answer?.headers()['cache-control']).toBe('no-store');
});
