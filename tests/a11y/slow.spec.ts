import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../e2e/fixtures';
import { learned, toSearch } from '../e2e/visits';
import { wordsOf } from '../e2e/words';

/** 64 kbit/s, with 400 ms on the way for every request. */
const [BYTES_A_SECOND, LATENCY_MS] = [8_000, 400];
/** The page and its style sheets load one after the other. The spare time is for a busy machine. */
const [ROUND_TRIPS, SPARE_MS] = [2, 1_500];

const t = wordsOf('nl');

test('at 64 kbit/s a page is usable before its scripts load', async ({ page, stack }) => {
  await learned(stack);
  await toSearch(page, 'nl');
  const search = page.url();
  const session = await page.context().newCDPSession(page);
  const came = await slow(session);

  await page.goto(search.replace(/\/appointment.*/, ''));
  const bytes = came.bytes('Document') + came.bytes('Stylesheet');
  const most = (bytes / BYTES_A_SECOND) * 1000 + ROUND_TRIPS * LATENCY_MS + SPARE_MS;
  expect(bytes).toBeGreaterThan(5_000);
  await expect.poll(() => firstPaint(page), `${bytes} bytes`).toBeLessThanOrEqual(most);
  await expect(page.locator('.card--main a.button')).toBeInViewport();

  came.forget();
  await page.goto(search, { waitUntil: 'commit' });
  await page.getByRole('button', { name: t('appointment:search.take') }).click({ noWaitAfter: true });
  expect(came.scripts(), 'scripts of the search').toBe(0);
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click({ noWaitAfter: true });
  expect(came.scripts(), 'scripts of the form').toBe(0);
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
});

/** Slows the network down from now on, with an empty cache, and counts what has loaded. */
async function slow(session: CDPSession) {
  const types = new Map<string, string>();
  const done: { type: string; bytes: number }[] = [];
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    done.push({ type: types.get(requestId) ?? '', bytes: encodedDataLength }),
  );
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const pace = { downloadThroughput: BYTES_A_SECOND, uploadThroughput: BYTES_A_SECOND, latency: LATENCY_MS };
  await session.send('Network.emulateNetworkConditions', { offline: false, ...pace });
  return {
    bytes: (type: string) => done.filter((one) => one.type === type).reduce((sum, one) => sum + one.bytes, 0),
    scripts: () => done.filter(({ type }) => type === 'Script').length,
    forget: () => done.splice(0),
  };
}

/**
 * Milliseconds from the start of the navigation to the first words on the screen; infinite until the browser reports
 * it.
 */
const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY);
