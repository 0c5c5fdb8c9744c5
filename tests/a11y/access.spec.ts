import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../e2e/fixtures';
import { book, learned, toHold, toSearch } from '../e2e/visits';
import { wordsOf } from '../e2e/words';
import { tabStops, tabTo } from './measures';

/** What axe can't check: keyboard, focus, announcements, and the reader's own settings. */
const en = wordsOf('en');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a visit is booked by keyboard alone, with the focus visible', async ({ page }) => {
  await page.goto('/en');
  await tabTo(page, '.skip');
  await page.keyboard.press('Enter');
  await tabTo(page, 'main a.button');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(en('identity:signIn.title'));
  await tabTo(page, 'main button');
  await page.keyboard.press('Enter');
  // The sign-in provider's page is not ours to test.
  await page.locator('button[name=person][value=amal]').click();
  // Who has one application gets its page at once.
  await expect(heading(page)).toHaveText(en('case:stage.biometrics.name'));
  await tabTo(page, '.card--main a.button');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(en('appointment:search.title'));
  await tabTo(page, '.filter summary');
  await page.keyboard.press('Space');
  await tabTo(page, '.filter input[name=day]');
  await page.keyboard.press('Space');
  await tabTo(page, '.filter button');
  await page.keyboard.press('Enter');
  await page.waitForURL(/filter=1/);
  await tabTo(page, '.slots button');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(en('appointment:hold.title'));

  // Extending the hold keeps the focus on its button.
  await page.waitForLoadState('networkidle');
  await tabTo(page, 'button[value=extend]');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('status').filter({ hasText: en('appointment:hold.extended', { time: '' }).slice(0, 12) }),
  ).toBeVisible();
  await expect(page.locator('button[value=extend]')).toBeFocused();

  // Enter in a field sends the form. The error summary takes the focus and links to the field.
  await tabTo(page, '[name=email]');
  await page.keyboard.type('amal@example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await tabTo(page, '[role=alert] a');
  await page.keyboard.press('Enter');
  const field = page.getByLabel(new RegExp(en('appointment:hold.email')));
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(new RegExp(en('appointment:hold.badEmail')));
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('amal@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
});

test('the language switches by keyboard; Tab follows reading order in both directions', async ({ page }) => {
  await page.goto('/en/contact');
  for (const dir of ['ltr', 'rtl']) {
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    const stops = await tabStops(page);
    expect(stops.length).toBeGreaterThan(8);
    for (const [index, stop] of stops.entries()) {
      const before = stops[index - 1];
      if (!before || index === 1) continue; // the skip link stands above the page
      const follows = stop.place > before.place && (stop.y > before.y - 12 || stop.x > before.x);
      expect(follows, `${before.name} → ${stop.name}`).toBe(true);
    }
    if (dir === 'rtl') return;
    await tabTo(page, '.languages summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '.languages a[hreflang=ar]');
    await page.keyboard.press('Enter');
  }
});

test('the wait form’s error summary takes focus and links to its field', async ({ page, stack }) => {
  await learned(stack);
  await page.goto('/en/wait?procedure=none');
  await expect(page.getByRole('alert')).toBeFocused();
  await tabTo(page, '[role=alert] a');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(en('wait:form.procedure'))).toBeFocused();
});

test('an employee form’s error summary takes focus and links to its field', async ({ page }) => {
  const nl = wordsOf('nl');
  await signIn(page, 'desk-1', 'nl');
  for (const path of ['/nl/helpdesk', '/nl/helpdesk/call-back', '/nl/helpdesk/emergency']) {
    await page.goto(path);
    // The browser's own check would stop the form before the server sees it.
    await page.locator('main form').evaluate((form) => form.setAttribute('novalidate', ''));
    await page.getByLabel(nl('helpdesk:desk.reference')).fill('Z1-9999-9999');
    await page.getByLabel(nl('helpdesk:desk.callId')).fill('Amal Haddad');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeFocused();
    await tabTo(page, '[role=alert] a');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel(nl('helpdesk:desk.callId'))).toBeFocused();
  }
});

test('the month calendar leads by keyboard to a day and its times', async ({ page }) => {
  await toSearch(page);
  await tabTo(page, 'a[href*="month="]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toBeVisible();
  await tabTo(page, '.month ~ .buttons a');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toHaveAccessibleName(/April 2026/);
  await tabTo(page, '.month a');
  const day = await page.locator('.month a:focus').getAttribute('href');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.href.endsWith(day ?? 'no day'));
  await tabTo(page, '.slots button');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText(en('appointment:hold.title'));
});

test('the case page tabs in reading order, and folded parts open', async ({ page, stack }) => {
  await learned(stack);
  await toSearch(page);
  await page.goto(page.url().replace(/\/appointment.*/, ''));
  const stops = await tabStops(page);
  const folded = await page.locator('main summary:visible').count();
  expect(stops.length).toBeGreaterThan(8 + folded);
  for (const [index, stop] of stops.entries()) {
    const before = stops[index - 1];
    if (before) expect(stop.place, `${before.name} → ${stop.name}`).toBeGreaterThan(before.place);
  }
  await page.reload();
  if (folded === 0) return;
  await tabTo(page, 'main summary');
  await page.keyboard.press('Space');
  await expect(page.locator('main details').first()).toHaveAttribute('open', '');
});

test('a page announces each message once, and a running clock stays silent', async ({ page }) => {
  await page.clock.install();
  await toHold(page);
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('timer')).toBeVisible();
  expect(
    await page
      .locator('[role=status], [role=alert], [aria-live=polite]')
      .locator('[role=status], [role=alert]')
      .count(),
  ).toBe(0);
  const announced = await listening(page);
  await page.clock.runFor(20_000);
  expect(await announced()).toEqual([]);
  await page.clock.runFor(225_000);
  await page.clock.runFor(20_000);
  await expect.poll(announced).toEqual([en('appointment:hold.soon')]);
});

test('waits and free times renew without an announcement', async ({ page }) => {
  await page.clock.install();
  await toSearch(page);
  const times = page.url().replace(/\?.*/, '');
  for (const address of ['/en/contact', times]) {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    const announced = await listening(page);
    for (let renewed = 0; renewed < 3; renewed++) {
      const answer = page.waitForResponse(/\/contact\/now|\/appointment\/slots/);
      await page.clock.runFor(31_000);
      await (await answer).finished();
    }
    expect(await announced()).toEqual([]);
  }
});

/** Records what live regions announce from now on, when they change or appear. */
async function listening(page: Page): Promise<() => Promise<string[]>> {
  const heard = await page.evaluateHandle(() => {
    const announced: string[] = [];
    const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    const elementOf = (node: Node) => (node instanceof Element ? node : node.parentElement);
    new MutationObserver((changes) => {
      const changed = changes.map(({ target }) => elementOf(target)?.closest(live));
      const cameUp = changes.flatMap(({ addedNodes }) => [...addedNodes].map((node) => elementOf(node)?.closest(live)));
      for (const region of new Set([...changed, ...cameUp])) if (region) announced.push(region.textContent ?? '');
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return announced;
  });
  return () => heard.evaluate((all) => all);
}

test('the session-end warning leaves the focused control visible on the smallest screen', async ({ page }) => {
  await toHold(page);
  await page.setViewportSize({ width: 320, height: 256 });
  await page.locator('#session-end').evaluate((warning) => warning.classList.add('session-end--now'));
  expect((await page.locator('#session-end').boundingBox())?.height).toBeLessThanOrEqual(128);
  await tabTo(page, 'button[value=release]');
});

test('stages, months and charts have accessible names, with words before drawings', async ({ page, stack }) => {
  await learned(stack);
  await toSearch(page);
  const address = page.url();
  await page.getByRole('link', { name: en('appointment:search.asCalendar') }).click();
  await page.getByRole('link', { name: en('appointment:search.nextMonth') }).click();
  await expect(page.getByRole('table')).toHaveAccessibleName(/April 2026/);
  const days = await page.getByRole('table').getByRole('link').all();
  expect(days.length).toBeGreaterThan(3);
  for (const day of days) await expect(day).toHaveAccessibleName(/^\d+ .*day \d+\sApril/);
  await expect(page.getByRole('columnheader', { name: 'Monday', exact: true })).toBeVisible();

  await page.goto(address.replace(/\/appointment.*/, ''));
  const timeline = page.getByRole('region', { name: en('case:timeline.title') });
  await expect(timeline.locator('[aria-current=step]')).toHaveCount(1);
  await timeline.locator('.done > details > summary').click();
  const state = new RegExp([en('case:timeline.here'), en('case:timeline.toCome'), 'done'].join('|'), 'i');
  for (const step of await timeline.getByRole('listitem').all()) await expect(step).toHaveText(state);

  const wait = page.getByRole('region', { name: en('case:wait.title') });
  const range = (await wait.locator('.wait__dates').textContent()) ?? '';
  const picture = wait.getByRole('img').first();
  for (const date of range.match(/\d+ \w+ \d{4}|\w+ \d{4}/g) ?? ['no date'])
    await expect(picture).toHaveAccessibleName(new RegExp(date));
  const wordsFirst = await wait.evaluate((part) => {
    const [words, drawn] = [part.querySelector('.wait__dates'), part.querySelector('svg')];
    return words && drawn ? words.compareDocumentPosition(drawn) === Node.DOCUMENT_POSITION_FOLLOWING : false;
  });
  expect(wordsFirst).toBe(true);
  for (const drawing of await page.locator('main svg').all())
    expect(
      (await drawing.getAttribute('aria-hidden')) === 'true' || (await drawing.getAttribute('aria-label')),
    ).toBeTruthy();
});

test('a QR code stays dark on light in forced colours', async ({ page }) => {
  await book(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.locator('.qr')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(page.locator('.qr path')).toHaveCSS('fill', 'rgb(0, 0, 0)');
});
