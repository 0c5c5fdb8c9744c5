import { expect, type Language, signIn, test } from '../e2e/fixtures';
import { DEEP, variants } from '../e2e/variants';
import { learned } from '../e2e/visits';
import { wordsOf } from '../e2e/words';

/** Each backend fails in turn: its own section says so, and the other sections stay. */
for (const language of variants<Language>(['ar', 'nl'], [0])) {
  const t = wordsOf(language);

  test.describe(language, () => {
    for (const fault of ['down', 'error', 'malformed', 'foreign'] as const) {
      test(`cases ${fault}: the page never claims that there are none`, async ({ page, agency }) => {
        agency.setFault('cases', fault);
        await signIn(page, 'amal', language);
        await expect(page.getByText(t('case:list.couldNotAsk'))).toBeVisible();
        await expect(page.getByText(t('case:list.none'))).toHaveCount(0);
        await expect(page.getByText('Haddad')).toHaveCount(0);
      });
    }

    test('a partial list of cases says that some are missing', async ({ page, agency }) => {
      agency.setFault('cases', 'partial');
      await signIn(page, 'viktor', language);
      await expect(page.getByText(t('trouble:section.partial'))).toBeVisible();
      await expect(page.locator('main .cards li').first()).toBeVisible();
    });

    test('catalogue down: only the timeline says that it is missing', async ({ page, agency }) => {
      agency.setFault('catalogue', 'down');
      await toCase(page, language);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:stage.biometrics.name'));
      await expect(page.getByRole('link', { name: t('case:visit.book') })).toBeVisible();
      const story = page.getByRole('region', { name: t('case:timeline.title') });
      await expect(story.getByText(t('trouble:section.down'))).toBeVisible();
    });

    test('statistics down: only the estimate is missing', async ({ page, agency, stack }) => {
      agency.setFault('statistics', 'down');
      // Without a stored estimate the portal has none to fall back on.
      await stack.query('truncate estimate');
      await stack.restartPortal();
      await toCase(page, language);
      const wait = page.getByRole('region', { name: t('case:wait.title') });
      await expect(wait.getByText(t('case:wait.couldNotAsk'))).toBeVisible();
      await expect(page.locator('[aria-current=step]')).toBeVisible();
    });

    test('queue down: numbers and opening hours are still shown', async ({ page, agency }) => {
      agency.setFault('queue', 'down');
      await page.goto(`/${language}/contact`);
      await expect(page.getByText(t('contact:couldNotAsk')).first()).toBeVisible();
      await expect(page.locator('main a[href="tel:+31880430430"]')).toBeVisible();
      await expect(page.getByText(new RegExp(t('contact:phone.openUntil', { time: '.*' }))).first()).toBeVisible();
    });

    test('sign-in provider down: the page says so', async ({ page, agency }) => {
      agency.setFault('identity', 'down');
      await page.goto(`/${language}/cases`);
      await page.locator('main form button').click();
      await expect(page.getByText(t('identity:signIn.unavailable'))).toBeVisible();
    });

    test('planner down while confirming: the page claims no booking', async ({ page, agency }) => {
      await toCase(page, language);
      await page.getByRole('link', { name: t('case:visit.book') }).click();
      await page.getByRole('button', { name: t('appointment:search.take') }).click();
      await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
      agency.setFault('planner', 'down');
      await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
      // The planner may have booked before the connection broke, so the page must not say that it failed.
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:booking.checking'));
      await expect(page.getByText(t('appointment:booking.confirmed'))).toHaveCount(0);
    });
  });

  async function toCase(page: import('@playwright/test').Page, chosen: Language): Promise<void> {
    await signIn(page, 'amal', chosen);
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
  }
}

test('a registry that goes down leaves what this session saw', async ({ page, agency, stack }) => {
  const t = wordsOf('en');
  await signIn(page, 'amal', 'en');
  const kept = () => stack.query('select about from kept_answer');
  const link = page.getByRole('link', { name: t('case:procedure.family') });
  await link.click();
  await expect(page.getByRole('link', { name: t('case:visit.book') })).toBeVisible();
  await expect.poll(async () => (await kept()).length).toBe(2);

  agency.setFault('cases', 'down');
  const note = page.getByText(t('trouble:section.kept', { time: '' }).replace(/\.$/, ''));
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:stage.biometrics.name'));
  await expect(note.first()).toHaveText(/\d{1,2}:\d\d/);
  // What needs the registry's word of now is withheld, and says so.
  await expect(page.getByRole('link', { name: t('case:visit.book') })).toHaveCount(0);
  await expect(page.getByText(t('case:visit.withheld'))).toBeVisible();
  expect(await (await page.request.get(`${page.url()}/appointment`)).text()).toContain(t('trouble:section.down'));
  await page.goto('/en/cases');
  await expect(note).toBeVisible();

  // It comes late: the page shows the kept answer, and fetches the new one by itself.
  agency.setFault('cases', 'slow');
  await stack.clearCaches();
  const started = Date.now();
  await link.click();
  await expect(note.first()).toBeVisible();
  expect(Date.now() - started).toBeLessThan(4_000);
  agency.setFault('cases', 'none');
  await expect(page.getByRole('link', { name: t('case:visit.book') })).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: t('common:signOut') }).click();
  await expect.poll(async () => (await kept()).length).toBe(0);
});

test('a slow backend delays only its own section', async ({ page, agency }) => {
  const t = wordsOf('en');
  await signIn(page, 'amal', 'en');
  agency.setFault('catalogue', 'slow');
  const started = Date.now();
  await page.getByRole('link', { name: t('case:procedure.family') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:stage.biometrics.name'));
  // The slow response takes ten seconds. A busy machine needs some of the eight for itself.
  expect(Date.now() - started).toBeLessThan(8_000);
  const story = page.getByRole('region', { name: t('case:timeline.title') });
  await expect(story.getByText(t('trouble:section.late'))).toBeVisible();
  agency.setFault('catalogue', 'none');
  // The browser requests the section again by itself.
  await expect(page.locator('[aria-current=step]')).toBeVisible({ timeout: 20_000 });
});

if (DEEP)
  test('broken statistics keep the last good range, while other procedures update', async ({ page, agency, stack }) => {
    const t = wordsOf('en');
    const figuresUpTo = (date: string) => t('case:wait.asOf', { date }).trim();
    await learned(stack);
    agency.moveClock({ advanceMinutes: 7 * 24 * 60 });
    await signIn(page, 'amal', 'en');
    const toCase = () => page.getByRole('link', { name: t('case:procedure.family') }).click();

    // Truncated responses: the portal learns nothing and loses nothing.
    agency.setFault('statistics', 'malformed');
    await stack.restartPortal();
    await page.goto('/en/cases');
    await toCase();
    const wait = page.getByRole('region', { name: t('case:wait.title') });
    await expect(wait.getByText(figuresUpTo('2 March 2026'))).toBeAttached();
    await expect(wait.locator('.wait__dates')).toHaveText(/20\d\d/);

    // Impossible counts of one procedure: the portal refuses them and updates the other procedures.
    agency.setFault('statistics', 'partial');
    await stack.restartPortal();
    const newer = () => stack.query(`select 1 from estimate where as_of = '2026-03-09'`);
    await expect.poll(async () => (await newer()).length, { timeout: 40_000 }).toBe(1);
    await page.reload();
    await expect(wait.getByText(figuresUpTo('2 March 2026'))).toBeAttached();
    await page.goto('/en/wait?procedure=study&month=2026-01&day=&stage=');
    await expect(page.getByText(figuresUpTo('9 March 2026')).first()).toBeVisible();
  });
