import type { Page } from '@playwright/test';
import type { Offline } from '../../app/enhance/service-worker';
import { LANGUAGES } from '../../app/model/language';
import { expect, signIn, test } from '../e2e/fixtures';
import { somebody } from '../e2e/looking';
import { wordsOf } from '../e2e/words';
import { isGood, keepAnswers, NARROW } from './look';
import { fileOf, PAGES } from './route-table';
import { STATES_OF_APPLICANTS } from './states-of-applicants';
import { STATES_OF_PROFESSIONALS } from './states-of-professionals';

const STATES = { ...STATES_OF_APPLICANTS, ...STATES_OF_PROFESSIONALS };

test.describe.configure({ timeout: 240_000 });
// Each look would change the size twice otherwise.
test.use({ viewport: NARROW });

/** One test for each page of the route table. A page without states fails. */
for (const file of PAGES) {
  test(`${file} is accessible in every state and both reading directions`, async ({ agency, browser, page, stack }) => {
    const lead = STATES[file];
    if (!lead)
      throw new Error(`${file} is a page that no check looks at: give it its states in tests/a11y/states-of-*.ts`);
    let seen = 0;
    const look = async (shown: typeof page, how = {}) => {
      const shownBy = fileOf(new URL(shown.url()).pathname);
      if (shownBy === file) seen++;
      expect.soft(shownBy, shown.url()).toBe(file);
      await isGood(shown, how);
    };
    const here = (shown: typeof page) => look(shown);
    const at = async (shown: typeof page, path: string) => {
      keepAnswers(shown);
      for (const language of ['nl', 'ar']) {
        await shown.goto(`/${language}${path}`);
        await look(shown, { whole: language === 'nl' });
      }
    };
    page.setDefaultTimeout(20_000);
    keepAnswers(page);
    await lead({ agency, at, browser, here, page, stack });
    expect(seen).toBeGreaterThan(0);
  });
}

test('every state belongs to a page of the route table', () => {
  expect(Object.keys(STATES).filter((file) => !PAGES.includes(file))).toEqual([]);
});

/** People whose cases are in circumstances that no other test looks at, a few for each worker. */
for (const people of [
  ['yonas', 'olena', 'farid', 'imani'],
  ['pedro', 'sofia', 'tomasz', 'bao'],
  ['longname', 'fatou', 'jun', 'viktor'],
]) {
  test(`the cases of ${people.join(', ')} are accessible`, async ({ page }) => {
    keepAnswers(page);
    for (const person of people) {
      await signIn(page, person, 'nl');
      const path = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
      for (const language of ['nl', 'ar']) {
        await page.goto(path.replace(/^\/nl/, `/${language}`));
        await isGood(page, { whole: language === 'nl' });
      }
    }
  });
}

/** Other languages have other letters, directions and lengths of words. */
for (const language of LANGUAGES.filter((one) => !['nl', 'ar'].includes(one))) {
  test(`${language}: public pages, applications and free times are accessible`, async ({ page }) => {
    const t = wordsOf(language);
    for (const path of ['', '/contact']) {
      await page.goto(`/${language}${path}`);
      await isGood(page, { whole: false });
    }
    await signIn(page, 'amal', language);
    await isGood(page, { whole: false });
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await isGood(page, { whole: false });
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await isGood(page, { whole: false });
  });
}

test('a server error’s page is accessible', async ({ page, stack }) => {
  keepAnswers(page);
  await signIn(page, 'amal', 'nl');
  await stack.query('alter table mandate rename to mandate_away');
  try {
    for (const language of ['nl', 'ar']) await fails(page, 500, `/${language}/mandates`);
  } finally {
    await stack.query('alter table mandate_away rename to mandate');
  }
  await page.getByRole('link', { name: wordsOf('ar')('trouble:error.again') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wordsOf('ar')('mandate:title'));
});

test.describe('a portal that is full', () => {
  test.use({ settings: { MOST_AT_ONCE: '1' } });

  test('says so on an accessible page', async ({ agency, browser, page, stack }) => {
    keepAnswers(page);
    const caller = await somebody(browser, stack, 'farid', 'nl');
    const second = await caller.context().newPage();
    agency.setFault('cases', 'slow');
    for (const language of ['nl', 'ar']) {
      // Two requests of a signed-in person keep the only place, one after the other, while they wait for the slow cases.
      const asked = [caller, second].map((one) => one.waitForRequest(/cases/));
      const inside = [caller, second].map((one) => one.goto('/nl/cases'));
      await Promise.all(asked);
      await fails(page, 503, `/${language}`);
      await Promise.all(inside);
    }
  });
});

test('the offline page is accessible in every language', async ({ page }) => {
  keepAnswers(page);
  const worker = await (await page.request.get('/service-worker.js')).text();
  const data = /^const OFFLINE=(\{.*?"policy":"(?:[^"\\]|\\.)*"\});/s.exec(worker)?.[1] ?? '{"pages":{}}';
  const offline: Offline['pages'] = JSON.parse(data).pages;
  expect(Object.keys(offline).sort()).toEqual([...LANGUAGES].sort());
  for (const language of LANGUAGES) {
    await page.route(`**/${language}/cases`, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: offline[language] ?? '' }),
    );
    await page.goto(`/${language}/cases`);
    await isGood(page, { whole: language === 'nl' });
    await page.unrouteAll();
  }
});

test.describe('a portal in maintenance', () => {
  test.use({ settings: { MAINTENANCE_UNTIL: '2026-03-02T18:00:00Z' } });

  test('says so on an accessible page', async ({ page }) => {
    for (const language of ['nl', 'ar']) {
      await page.goto(`/${language}`);
      await isGood(page, { whole: language === 'nl' });
    }
  });
});

async function fails(page: Page, status: number, path: string): Promise<void> {
  expect((await page.goto(path))?.status()).toBe(status);
  await isGood(page, { whole: path.startsWith('/nl') });
}
