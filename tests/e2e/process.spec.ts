import { spawnSync } from 'node:child_process';
import { setInterval } from 'node:timers/promises';
import { expect, signIn, signInByForms, test } from './fixtures';
import { DEEP } from './variants';

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

if (DEEP)
  test('a rolling restart under load loses no request', async ({ stack }) => {
    const start = () => stack.anotherPortal({ DRAIN_NOTICE_SECONDS: '1' });
    const portals = [await start(), await start()];
    const isReady = [true, true];
    const under = new AbortController();
    const failed: string[] = [];
    let sent = 0;
    const asked: Promise<void>[] = [];
    /** What a balancer does: sends to processes that say that they are ready, in turn. */
    const load = async () => {
      for await (const _ of setInterval(25, null, { signal: under.signal })) {
        const n = isReady[sent % 2] ? sent % 2 : 1 - (sent % 2);
        sent += 1;
        const answer = portals[n]?.get('/en/contact', '');
        asked.push(Promise.resolve(answer).then(check, (error: unknown) => check({ status: 0, text: `${error}` })));
      }
    };
    const check = (answer: { status: number; text: string } | undefined) => {
      if (answer?.status !== 200) failed.push(`${answer?.status} ${answer?.text.slice(0, 80)}`);
    };
    const probe = async () => {
      for await (const _ of setInterval(100, null, { signal: under.signal }))
        for (const [n, portal] of portals.entries())
          isReady[n] = await portal.get('/readyz', '').then(
            ({ status }) => status === 200,
            () => false,
          );
    };
    const running = [load(), probe()].map((each) => each.catch(() => {}));
    for (const n of [0, 1]) {
      expect(await portals[n]?.stop()).toBe(0);
      portals[n] = await start();
      await expect.poll(() => isReady[n]).toBe(true);
    }
    under.abort();
    await Promise.all([...running, ...asked]);
    for (const portal of portals) await portal.stop();
    expect(failed).toEqual([]);
    expect(sent).toBeGreaterThan(100);
  });

test('the portal does not start without settings, and names all missing ones', () => {
  const { status, stderr } = spawnSync(process.execPath, ['build/server/index.js'], {
    env: { NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  for (const name of ['ORIGIN', 'SESSION_SECRET', 'OIDC_ISSUER', 'ZAKEN_URL', 'ZGW_SECRET'])
    expect(stderr).toContain(`${name}: is missing`);
});
