import { expect, SIZES, signIn, signInByForms, test } from './fixtures';
import { variants } from './variants';
import { wordsOf } from './words';

const en = wordsOf('en');

/** Screen, language and JavaScript. */
const READERS = variants(
  (['phone', 'desktop'] as const).flatMap((size) =>
    (['nl', 'en', 'ar'] as const).flatMap((language) => [true, false].map((script) => ({ size, language, script }))),
  ),
  // On a phone in Dutch with JavaScript and in Arabic without, on a desktop in English without and in Arabic with.
  [0, 5, 9, 10],
);

for (const { size, language, script } of READERS) {
  test.describe(`${size}, ${language}, JavaScript ${script ? 'on' : 'off'}`, () => {
    test.use({ ...SIZES[size], javaScriptEnabled: script });
    const t = wordsOf(language);

    test('sign in, see the case, book a visit and cancel it', async ({ page, agency }) => {
      await signInByForms(page, 'amal', language);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
      await page.getByRole('link', { name: t('case:procedure.family') }).click();

      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:stage.biometrics.name'));
      const steps = page.getByRole('region', { name: t('case:timeline.title') }).getByRole('listitem');
      await expect(steps.first()).toContainText(t('case:timeline.soFar', { number: 2 }));
      await expect(page.locator('[aria-current=step]')).toContainText(t('case:stage.biometrics.name'));
      const [byLaw = ''] = t('case:period.running', { count: 60, date: '#' }).split('#');
      await expect(page.getByText(byLaw).first()).toBeVisible();

      await page.getByRole('link', { name: t('case:visit.book') }).click();
      await page.getByRole('button', { name: t('appointment:search.take') }).click();

      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.title'));
      await expect(page.getByRole('listitem').filter({ hasText: 'Haddad' })).toBeVisible();
      await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
      await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();

      await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
      const [booked] = await bookingsAt(agency.url);
      expect(booked?.email).toBe('amal@example.org');
      await expect(page.getByText(booked?.code ?? 'no code')).toBeVisible();

      await page.getByRole('link', { name: t('appointment:booking.toCase') }).click();
      await expect(page.getByText(t('case:visit.booked'))).toBeVisible();
      await page.getByRole('link', { name: t('case:visit.see') }).click();

      await page.getByRole('link', { name: t('appointment:booking.cancel') }).click();
      await page.getByRole('button', { name: t('appointment:booking.cancelYes') }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:booking.cancelled'));
      expect(await bookingsAt(agency.url)).toHaveLength(0);
    });
  });
}

test('a family of five finds a time, with the case’s names', async ({ page, agency }) => {
  await signIn(page, 'garcia', 'en');
  await page.getByRole('link', { name: en('case:procedure.family') }).click();
  await page.getByRole('link', { name: en('case:visit.book') }).click();
  await expect(page.getByLabel(en('appointment:search.persons'))).toHaveValue('5');
  await page.getByRole('button', { name: en('appointment:search.take') }).click();
  await expect(page.locator('#details .people').getByRole('listitem')).toHaveCount(5);
  await page.getByRole('button', { name: en('appointment:hold.confirm') }).click();
  await expect(page.getByText(en('appointment:booking.bringItem.everyone'))).toBeVisible();
  expect((await bookingsAt(agency.url))[0]?.customers).toHaveLength(5);
});

test('an error shows at its field and in a summary; input stays', async ({ page }) => {
  await toHold(page);
  const email = page.getByLabel(new RegExp(en('appointment:hold.email')));
  await email.fill('amal@example');
  await page.getByLabel(new RegExp(en('appointment:hold.phone'))).fill('0612');
  await page.getByRole('button', { name: en('appointment:hold.confirm') }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toContainText(en('appointment:hold.badEmail'));
  await summary.getByRole('link').first().click();
  await expect(email).toBeFocused();
  await expect(page.getByLabel(new RegExp(en('appointment:hold.phone')))).toHaveValue('0612');
});

test('a second click, a reload and the back button keep one booking', async ({ page, agency }) => {
  await toHold(page);
  const hold = page.url();
  await page.getByRole('button', { name: en('appointment:hold.confirm') }).dblclick();
  await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
  await page.goto(hold);
  await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
  expect(await bookingsAt(agency.url)).toHaveLength(1);
});

test('the calendar file holds the visit and no name', async ({ page }) => {
  await toHold(page);
  await page.getByRole('button', { name: en('appointment:hold.confirm') }).click();
  const link = await page.getByRole('link', { name: en('appointment:booking.calendar') }).getAttribute('href');
  const file = await (await page.request.get(link ?? '')).text();
  expect(file).toMatch(/BEGIN:VEVENT[\s\S]*DTSTART;TZID=Europe\/Amsterdam:2026\d{4}T\d{6}\r\n/);
  expect(file).not.toContain('Haddad');
});

test.describe('more time', () => {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled });
      test('a hold can be extended, and what was typed stays', async ({ page }) => {
        await toHold(page);
        const kept = page.getByText(/We keep this time for you until/);
        const before = await kept.textContent();
        await page.getByLabel(new RegExp(en('appointment:hold.email'))).fill('amal@example.org');
        await page.getByRole('button', { name: en('appointment:hold.extend') }).click();
        await expect(kept).not.toHaveText(before ?? '');
        await expect(page.getByLabel(new RegExp(en('appointment:hold.email')))).toHaveValue('amal@example.org');
      });
    });
  }

  test('without a connection the page says so and keeps what was typed', async ({ page, context }) => {
    await toHold(page);
    const email = page.getByLabel(new RegExp(en('appointment:hold.email')));
    await email.fill('amal@example.org');
    // A running countdown shows that the page's scripts have loaded.
    await expect(page.getByRole('timer')).toBeVisible();
    await context.setOffline(true);
    const more = page.getByRole('button', { name: en('appointment:hold.extend') });
    await more.click();
    const failed = page.getByText(en('appointment:hold.notExtended').split('{{time}}')[0]?.trim() ?? '');
    await expect(failed).toBeVisible();
    await context.setOffline(false);
    await more.click();
    await expect(page.getByText(/You have more time now/)).toBeVisible();
    await expect(failed).toBeHidden();
    await expect(email).toHaveValue('amal@example.org');
  });
});

async function toHold(page: import('@playwright/test').Page): Promise<void> {
  await signIn(page, 'amal', 'en');
  await page.getByRole('link', { name: en('case:procedure.family') }).click();
  await page.getByRole('link', { name: en('case:visit.book') }).click();
  await page.getByRole('button', { name: en('appointment:search.take') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('appointment:hold.title'));
}

interface AgencyBooking {
  readonly code: string;
  readonly email: string;
  readonly customers: readonly unknown[];
}

async function bookingsAt(agency: string): Promise<AgencyBooking[]> {
  const answer: { bookings: (AgencyBooking & { cancelled?: boolean })[] } = await (
    await fetch(`${agency}/control/planner/bookings`)
  ).json();
  return answer.bookings.filter(({ cancelled }) => !cancelled);
}
