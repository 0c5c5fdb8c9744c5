import { expect } from '@playwright/test';
import { test } from './page-of-script';

const PERSONAL = 'Pedro Almeida';

test.describe('the guard of an advisor’s page', () => {
  const BODY = `<main><p>${PERSONAL}</p>
    <template id="mandate-ended"><section><h1 tabindex="-1">Ended</h1></section></template>
    <section id="mandate-unsure" role="alert" hidden data-alive="/alive"></section></main>`;

  test.beforeEach(async ({ script }) => {
    script.answer('/alive', 204);
    await script.open('mandate-guard', BODY);
  });

  for (const status of [401, 403, 404, 410])
    test(`empties it within two seconds after a ${status}`, async ({ page, script }) => {
      await script.passes(900);
      await expect(page.getByText(PERSONAL)).toBeVisible();
      script.answer('/alive', status);
      await script.passes(1_800);
      await expect(page.getByRole('heading', { name: 'Ended' })).toBeFocused();
      expect(await page.content()).not.toContain(PERSONAL);
      const before = script.requests('/alive');
      await script.passes(10_000);
      expect(script.requests('/alive')).toBe(before);
    });

  test('empties it before an ended session reloads it', async ({ page, script }) => {
    script.answer('/alive', 302);
    // 204 keeps the browser on the page, so the test can read it.
    script.answer('/page', 204);
    await script.passes(900);
    await expect.poll(() => script.requests('/page')).toBe(2);
    expect(await page.content()).not.toContain(PERSONAL);
  });

  for (const [why, answer] of [
    ['the network is lost', 'lost'],
    ['the server does not answer', 'hang'],
    ['the server fails', 500],
    ['the server is busy', 503],
  ] as const)
    test(`hides it within two seconds when ${why}, and shows it again`, async ({ page, script }) => {
      const unsure = page.locator('#mandate-unsure');
      await script.passes(900);
      script.answer('/alive', answer);
      await script.passes(2_000);
      await expect(page.getByText(PERSONAL)).toBeHidden();
      await expect(async () => {
        await script.passes(900);
        await expect(unsure).toHaveClass('session-end--now', { timeout: 100 });
      }).toPass();
      script.answer('/alive', 204);
      await script.passes(900);
      await expect(page.getByText(PERSONAL)).toBeVisible();
      await expect(unsure).not.toHaveClass('session-end--now');
    });

  test('sends no requests in the background and hides stale data on return', async ({ page, script }) => {
    await script.passes(900);
    await script.background(true);
    const before = script.requests('/alive');
    await script.passes(6_000);
    expect(script.requests('/alive')).toBe(before);
    script.answer('/alive', 'hang');
    await script.background(false);
    await expect(page.getByText(PERSONAL)).toBeHidden();
    script.answer('/alive', 410);
    await script.passes(900);
    await expect(page.getByRole('heading', { name: 'Ended' })).toBeFocused();
  });

  test('hides the page after the computer slept', async ({ page, script }) => {
    script.answer('/alive', 'hang');
    await page.clock.fastForward(8 * 3_600_000);
    await expect(page.getByText(PERSONAL)).toBeHidden();
  });
});

test('a reloaded client list keeps what its form holds', async ({ page, script }) => {
  script.answer('/alive', 204);
  await script.open(
    'mandate-guard',
    `<main><form method="get"><input name="q"></form>${PERSONAL}<section id="mandate-unsure" data-alive="/alive"></section></main>`,
  );
  await page.locator('input').fill('a&b');
  script.answer('/alive', 410);
  await script.passes(900);
  await page.waitForURL('**/page?q=a%26b');
});

test.describe('the guard of a caller’s page', () => {
  const BODY = `<main><p>${PERSONAL}</p>
    <section id="view-elsewhere" role="status" data-alive="/alive" data-over="/over" hidden>Elsewhere</section></main>`;

  test.beforeEach(async ({ script }) => {
    script.answer('/alive', 204);
    await script.open('view-as-guard', BODY);
    await script.passes(900);
  });

  for (const answer of [302, 401, 404, 410, 500, 503, 'lost', 'hang'] as const)
    test(`empties and leaves it within two seconds after: ${answer}`, async ({ page, script }) => {
      await expect(page.getByText(PERSONAL)).toBeVisible();
      script.answer('/alive', answer);
      // 204 keeps the browser on the page, so the test can read it.
      script.answer('/over', 204);
      await script.passes(1_900);
      await expect(page.getByText(PERSONAL)).toHaveCount(0);
      await script.passes(10_000);
      expect(script.requests('/over')).toBe(1);
    });

  test('keeps polling in the background', async ({ page, script }) => {
    await script.background(true);
    script.answer('/alive', 410);
    await script.passes(900);
    await page.waitForURL('**/over');
  });

  test('says that the view is open in another tab', async ({ page, script }) => {
    script.answer('/alive', 409);
    await script.passes(900);
    await expect(page.getByRole('heading', { name: 'Elsewhere' })).toBeVisible();
    await expect(page.getByText(PERSONAL)).toHaveCount(0);
    script.answer('/alive', 410);
    await script.passes(5_000);
    await expect(page.getByRole('heading', { name: 'Elsewhere' })).toBeVisible();
  });
});

test.describe('in a browser of 2018', () => {
  test.beforeEach(({ page }) =>
    page.addInitScript('delete AbortSignal.timeout; delete Element.prototype.replaceChildren'),
  );

  test('both guards work', async ({ page, script }) => {
    script.answer('/alive', 410);
    await script.open(
      'view-as-guard',
      '<main>x<p id="view-elsewhere" data-alive="/alive" data-over="/over"></p></main>',
    );
    await script.passes(900);
    await page.waitForURL('**/over');
    await script.open(
      'mandate-guard',
      '<main>x<template id="mandate-ended"><h1>Ended</h1></template><p id="mandate-unsure" data-alive="/alive"></p></main>',
    );
    await script.passes(900);
    await expect(page.locator('main')).toHaveText('Ended');
  });
});
