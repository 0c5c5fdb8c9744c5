import { createHash } from 'node:crypto';
import { expect, test } from './fixtures';
import { toSearch } from './visits';

test('every script file stands in the page with its hash', async ({ page }) => {
  const files = new Map<string, Promise<Buffer>>();
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script') files.set(new URL(answer.url()).pathname, answer.body());
  });
  await toSearch(page);
  await page.waitForLoadState('networkidle');
  const named = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel=modulepreload]')].map(
      (one) => [one.getAttribute('src') ?? one.getAttribute('href') ?? '', one.integrity] as const,
    ),
  );
  expect(files.size).toBeGreaterThan(0);
  expect(new Set(named.map(([address]) => address))).toEqual(new Set(files.keys()));
  for (const [address, integrity] of named) {
    const hash = createHash('sha384').update((await files.get(address)) ?? '');
    expect(integrity).toBe(`sha384-${hash.digest('base64')}`);
  }
});

test('the browser refuses a script file that was changed', async ({ page, context }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await context.route('**/assets/*.js', async (route) => {
    const answer = await route.fetch();
    const body = `${await answer.text()};document.documentElement.dataset.changed = 'yes';`;
    await route.fulfill({ response: answer, body });
  });
  await toSearch(page);
  await expect.poll(() => refused.join()).toMatch(/integrity/i);
  expect(await page.evaluate(() => document.documentElement.dataset.changed)).toBeUndefined();
});
