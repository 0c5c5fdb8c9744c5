import { expect, test } from './fixtures';
import { READERS } from './variants';
import { book, bookingsAt, onlyZms, toMove } from './visits';
import { wordsOf } from './words';

const en = wordsOf('en');

test.describe('with a planner that allows a second booking', () => {
  test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

  for (const [language, javaScriptEnabled] of READERS) {
    test.describe(`${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled });
      const t = wordsOf(language);

      test('a visit moves in one step, and the old booking is gone', async ({ page, agency }) => {
        const old = await book(page, language);
        const before = agency.zms.booked()[0]?.timestamp;
        await toMove(page, language);
        await expect(page.getByText(t('appointment:hold.newFirst'))).toBeVisible();
        await page.getByRole('button', { name: t('appointment:hold.confirmMove') }).click();
        await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
        expect(page.url()).not.toBe(old);
        expect(agency.zms.booked()).toHaveLength(1);
        expect(agency.zms.booked()[0]?.timestamp).not.toBe(before);
        await page.goto(old);
        await expect(page.getByText(t('appointment:booking.movedTo'))).toBeVisible();
      });
    });
  }

  test('the moved booking updates the same calendar entry', async ({ page }) => {
    await book(page);
    const file = async () => {
      const link = page.getByRole('link', { name: en('appointment:booking.calendar') });
      const text = await (await page.request.get((await link.getAttribute('href')) ?? '')).text();
      const field = (name: string) => new RegExp(`${name}:(.*)\\r\\n`).exec(text)?.[1];
      return {
        uid: field('UID'),
        sequence: Number(field('SEQUENCE')),
        start: field('DTSTART;TZID=Europe/Amsterdam'),
        method: field('METHOD'),
      };
    };
    const first = await file();
    await toMove(page);
    await page.getByRole('button', { name: en('appointment:hold.confirmMove') }).click();
    await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
    const second = await file();
    expect(second.uid).toBe(first.uid);
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(second.start).not.toBe(first.start);
    expect(second.method).toBe('PUBLISH');
    await page.getByRole('link', { name: en('appointment:booking.cancel') }).click();
    await page.getByRole('button', { name: en('appointment:booking.cancelYes') }).click();
    // No calendar removes an entry by a file, so the page says how to.
    await expect(page.getByText(en('appointment:booking.calendarByHand'))).toBeVisible();
    await expect(page.getByRole('link', { name: en('appointment:booking.calendar') })).toHaveCount(0);
  });

  test('a refused second booking keeps the old one, and the person chooses', async ({ page, agency }) => {
    await book(page);
    const before = agency.zms.booked()[0]?.timestamp;
    await toMove(page, 'en', 'amal@example.org');
    await page.getByRole('button', { name: en('appointment:hold.confirmMove') }).click();
    await expect(page.getByText(en('appointment:hold.secondRefused'))).toBeVisible();
    expect(agency.zms.booked().map(({ timestamp }) => timestamp)).toEqual([before]);
    await page.getByRole('checkbox', { name: en('appointment:hold.agree') }).check();
    await page.getByRole('button', { name: en('appointment:hold.confirmMove') }).click();
    await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
    expect(agency.zms.booked()).toHaveLength(1);
    expect(agency.zms.booked()[0]?.timestamp).not.toBe(before);
  });

  test('a search for an earlier time shows only earlier times', async ({ page }) => {
    await book(page);
    await page.getByRole('link', { name: en('appointment:booking.moveEarlier') }).click();
    // The booking has the first free time, so none comes before it.
    await expect(page.getByText(en('appointment:search.none'))).toBeVisible();
    await expect(page.getByRole('checkbox', { name: en('appointment:search.earlierOnly') })).toBeChecked();
  });
});

test.describe('with a planner that refuses a second booking', () => {
  test('the old booking is cancelled only after the person agrees', async ({ page, agency }) => {
    const old = await book(page);
    await toMove(page);
    await expect(page.getByText(en('appointment:hold.oldFirst'))).toBeVisible();
    await page.getByRole('button', { name: en('appointment:hold.confirmMove') }).click();
    await expect(page.getByRole('alert')).toContainText(en('appointment:hold.needAgree'));
    expect(await bookingsAt(agency)).toHaveLength(1);
    await page.getByRole('checkbox', { name: en('appointment:hold.agree') }).check();
    await page.getByRole('button', { name: en('appointment:hold.confirmMove') }).click();
    await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
    expect(await bookingsAt(agency)).toHaveLength(1);
    await page.goto(old);
    await expect(page.getByText(en('appointment:booking.movedTo'))).toBeVisible();
  });

  test('an unused hold is released, and the old booking stands', async ({ page, agency }) => {
    const old = await book(page);
    await toMove(page);
    await page.getByRole('button', { name: en('appointment:hold.otherTime') }).click();
    await page.getByRole('link', { name: en('appointment:search.keepIt') }).click();
    await expect(page).toHaveURL(old);
    await expect(page.getByText(en('appointment:booking.confirmed'))).toBeVisible();
    expect(await bookingsAt(agency)).toHaveLength(1);
  });
});
