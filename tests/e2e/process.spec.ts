import { spawnSync } from 'node:child_process';
import { expect, signIn, signInByForms, test } from './fixtures';

test('a person signs in and is led to the cases', async ({ page }) => {
  await signInByForms(page, 'amal', 'en');
  await expect(page).toHaveURL(/\/en\/cases/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a page loads everything from the portal itself', async ({ page, stack }) => {
  const origins = new Set<string>();
  await signIn(page, 'amal', 'en');
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto('/en/cases');
  await page.waitForLoadState('networkidle');
  expect([...origins]).toEqual([stack.origin]);
});

test('personal pages are not cached, and hashed files are cached for ever', async ({ page }) => {
  await signIn(page, 'amal', 'en');
  const answer = await page.goto('/en/cases');
  expect(answer?.headers()['cache-control']).toBe('no-store');
  const style = await page.locator('link[rel=stylesheet]').first().getAttribute('href');
  const file = await page.request.get(style ?? '', { headers: { 'accept-encoding': 'br' } });
  expect(file.headers()).toMatchObject({
    'cache-control': expect.stringContaining('immutable'),
    'content-encoding': 'br',
  });
});

test('a form on another site does nothing', async ({ page, stack }) => {
  await signIn(page, 'amal', 'en');
  const forged = await page.request.post('/en/sign-out', { headers: { origin: 'https://evil.example' } });
  expect(forged.status()).toBe(403);
  await page.goto(`${stack.origin}/en/cases`);
  await expect(page).toHaveURL(/\/en\/cases/);
});

test('a portal that is stopped finishes its open request', async ({ page, stack, agency }) => {
  await signIn(page, 'amal', 'en');
  agency.setFault('cases', 'slow');
  const answering = page.request.get('/en/cases');
  const reached = page.request.get('/livez');
  await reached;
  const ended = stack.stopPortal();
  expect((await answering).status()).toBe(200);
  expect(await ended).toBe(0);
});

test('the portal does not start without settings, and names all missing ones', () => {
  const { status, stderr } = spawnSync(process.execPath, ['build/server/index.js'], {
    env: { NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  for (const name of ['ORIGIN', 'SESSION_SECRET', 'OIDC_ISSUER', 'ZAKEN_URL', 'PLANNER_URL', 'AGENCY_TOKEN'])
    expect(stderr).toContain(`${name}: is missing`);
});
