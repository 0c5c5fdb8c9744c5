import { expect, NOW, test } from './fixtures';
import { DEEP, variants } from './variants';
import { book, bookingsAt, onlyZms, toMove } from './visits';
import { wordsOf } from './words';

const t = wordsOf('en');
// A restarted portal's clock starts anew: some minutes later, so that pending work is due.
const LATER = { ZICHT_NOW: NOW.replace('T09:00', 'T09:03') };

test.describe.configure({ timeout: 90_000 });

const POINTS = variants(
  ['move-begun', 'move-asked', 'move-booked', 'move-cancelling', 'move-cancel-asked', 'move-cancelled'] as const,
  // Both bookings stand, and a cancellation without a known result.
  [2, 4],
);

for (const point of POINTS) {
  test(`killed at ${point}: never without a visit, and finally exactly one`, async ({ page, agency, stack }) => {
    await stack.restartPortal({ ...onlyZms(stack), CRASH_AT: point });
    const old = await book(page);
    await toMove(page);
    const dead = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
    await dead;
    expect(agency.zms.booked().length).toBeGreaterThanOrEqual(1);

    await stack.restartPortal({ ...onlyZms(stack), ...LATER });
    await expect.poll(() => agency.zms.booked().length, { timeout: 30_000 }).toBe(1);
    // The pages must name the booking that the agency has, whichever of the two it is.
    await expect(async () => {
      await page.goto(old);
      const moved = page.getByText(t('appointment:booking.movedTo'));
      await expect(moved.or(page.getByText(t('appointment:booking.confirmed')))).toBeVisible({ timeout: 500 });
      if (await moved.isVisible()) await page.getByRole('link', { name: t('appointment:booking.seeOther') }).click();
      await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
    expect(agency.zms.booked()).toHaveLength(1);
  });
}

if (DEEP)
  test('a failing cancellation is shown, and the portal keeps trying', async ({ page, agency, stack }) => {
    await stack.restartPortal({ ...onlyZms(stack), CRASH_AT: 'move-booked' });
    const old = await book(page);
    await toMove(page);
    const dead = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
    await dead;
    agency.setFault('zms', 'error');
    await stack.restartPortal({ ...onlyZms(stack), ...LATER });
    await page.goto(old);
    await page.getByRole('link', { name: t('appointment:booking.seeOther') }).click();
    await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
    await expect(page.getByText(t('appointment:booking.movingOld'))).toBeVisible();
    expect(agency.zms.booked()).toHaveLength(2);
    agency.setFault('zms', 'none');
    await expect.poll(() => agency.zms.booked().length, { timeout: 60_000 }).toBe(1);
  });

test('killed between cancelling and booking, the portal makes the new booking', async ({ page, agency, stack }) => {
  await stack.restartPortal({ CRASH_AT: 'move-cancelled' });
  await book(page);
  await toMove(page);
  await page.getByRole('checkbox', { name: t('appointment:hold.agree') }).check();
  const dead = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
  await dead;
  await stack.restartPortal(LATER);
  await expect.poll(async () => (await bookingsAt(agency)).length, { timeout: 30_000 }).toBe(1);
});

if (DEEP)
  test('a confirmation without an answer is checked until its outcome is known', async ({ page, agency }) => {
    await book(page);
    await page.getByRole('link', { name: t('appointment:booking.cancel') }).click();
    await page.getByRole('button', { name: t('appointment:booking.cancelYes') }).click();
    await page.getByRole('link', { name: t('appointment:booking.toCase') }).click();
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await page.getByRole('button', { name: t('appointment:search.take') }).click();
    agency.setFault('planner', 'slow');
    await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:booking.checking'));
    agency.setFault('planner', 'none');
    await expect(async () => {
      await page.getByRole('link', { name: t('appointment:booking.lookAgain') }).click();
      await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
    expect(await bookingsAt(agency)).toHaveLength(1);
  });
